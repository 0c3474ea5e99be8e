package dev.turso.cdc.read;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.record.RowImages;

/** Finds positions in the log and says whether one is there. */
final class LogPositions {

  private static final int COMMIT = 2;

  private LogPositions() {}

  /** After the newest row. */
  static LogPosition newest(Session session) {
    try (Statement statement =
            session.prepare(
                "SELECT change_id, change_type, \"after\" FROM turso_cdc"
                    + " ORDER BY change_id DESC LIMIT 1");
        Rows rows = statement.query()) {
      return rows.next() ? new LogPosition(epoch(rows), rows.getLong(0)) : LogPosition.START;
    }
  }

  private static long epoch(Rows row) {
    byte[] about = row.getLong(1) == COMMIT ? row.getBlob(2) : null;
    return about == null ? 0 : RowImages.values(about)[0].asLong();
  }

  /** Refuses a position from which the log cannot be read without a gap. */
  static void check(Session session, LogPosition position) {
    if (position.change() == 0) {
      return;
    }
    try (Statement statement =
        session.prepare(
            "SELECT change_id, change_type, \"after\" FROM turso_cdc WHERE change_id >= ?"
                + " ORDER BY change_id LIMIT 1")) {
      statement.bind(1, position.change());
      try (Rows rows = statement.query()) {
        if (rows.next() && rows.getLong(0) == position.change()) {
          long epoch = epochOfTransactionAt(session, position.change());
          if (position.epoch() != 0 && epoch != 0 && epoch != position.epoch()) {
            throw unknown(position);
          }
          return;
        }
      }
    }
    if (position.equals(pruned(session))) {
      return;
    }
    LogPosition newest = newest(session);
    if (position.change() > newest.change()) {
      throw unknown(position);
    }
    throw new ChangeLogException(
        ChangeLogException.Reason.NOT_RETAINED,
        "the changes after " + position + " are not retained any more");
  }

  /** A position may be within a transaction, whose COMMIT row tells the epoch. */
  private static long epochOfTransactionAt(Session session, long change) {
    try (Statement statement =
        session.prepare(
            "SELECT change_id, change_type, \"after\" FROM turso_cdc"
                + " WHERE change_id >= ? AND change_type = 2 ORDER BY change_id LIMIT 1")) {
      statement.bind(1, change);
      try (Rows rows = statement.query()) {
        return rows.next() ? epoch(rows) : 0;
      }
    }
  }

  /** After the last row that retention removed. */
  static LogPosition pruned(Session session) {
    try (Statement statement =
            session.prepare("SELECT value FROM turso_cdc_settings WHERE name = 'pruned'");
        Rows rows = statement.query()) {
      String text = rows.next() ? rows.getText(0) : null;
      return text == null ? LogPosition.START : LogPosition.parse(text);
    }
  }

  private static ChangeLogException unknown(LogPosition position) {
    return new ChangeLogException(
        ChangeLogException.Reason.UNKNOWN_POSITION,
        "the log does not have the position " + position + ": it was lost or is of another file");
  }
}
