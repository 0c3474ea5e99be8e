package dev.turso.cdc.read;

import dev.turso.Session;
import dev.turso.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A cursor that is taken in parts: the keys are divided among cursors of their own, {@code name[0/8]} to
 * {@code name[7/8]}.
 *
 * <p>The whole cursor stays as a failed one whose message says so. Otherwise a reader of another process
 * that takes it whole, and that waits for its lease, would make it anew and read everything again.
 */
final class CursorParts {

  private CursorParts() {}

  static List<String> names(String cursor, int parts) {
    List<String> names = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      names.add(cursor + "[" + i + "/" + parts + "]");
    }
    return names;
  }

  static boolean exist(Session session, String cursor, int parts) {
    return CursorStore.read(session, names(cursor, parts).get(0)) != null;
  }

  /** Makes the parts where the whole cursor stands, or where a new one would; all or none. */
  static void split(Session session, String cursor, int parts, ReaderOptions.Start start) {
    session.execute("BEGIN IMMEDIATE");
    try {
      if (!exist(session, cursor, parts)) {
        splitInTransaction(session, cursor, parts, start);
      }
      session.execute("COMMIT");
    } finally {
      if (session.inTransaction()) {
        session.execute("ROLLBACK");
      }
    }
  }

  private static void splitInTransaction(
      Session session, String cursor, int parts, ReaderOptions.Start start) {
    long now = System.currentTimeMillis();
    CursorStore.Stored whole = CursorStore.read(session, cursor);
    if (whole == null) {
      boolean fromBeginning = start == ReaderOptions.Start.BEGINNING;
      String state = start == ReaderOptions.Start.SNAPSHOT ? "snapshot" : "active";
      LogPosition at = fromBeginning ? LogPositions.pruned(session) : LogPositions.newest(session);
      CursorStore.insert(session, cursor, at, state, now);
      whole = new CursorStore.Stored(at, null, 0, 0, state, null);
    }
    if (whole.failed()) {
      throw new ChangeLogException(
          ChangeLogException.Reason.NOT_RETAINED,
          "cursor " + cursor + " has failed: " + whole.message());
    }
    if (whole.owner() != null && whole.leaseUntil() > now) {
      throw new ChangeLogException(
          ChangeLogException.Reason.LEASE_LOST,
          "another reader takes the cursor "
              + cursor
              + " whole; it can be taken in parts once that one has stopped");
    }
    for (String part : names(cursor, parts)) {
      CursorStore.insert(session, part, whole.position(), whole.state(), now);
    }
    try (Statement statement =
        session.prepare(
            "UPDATE turso_cdc_cursor SET state = 'failed', owner = NULL, lease_until = 0,"
                + " fence = fence + 1, updated = ?, message = ? WHERE name = ?")) {
      String message = "it is taken in " + parts + " parts, each under a cursor of its own";
      statement.bind(1, now).bind(2, message).bind(3, cursor).run();
    }
  }
}
