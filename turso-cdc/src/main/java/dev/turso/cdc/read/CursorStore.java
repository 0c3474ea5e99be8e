package dev.turso.cdc.read;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of {@code turso_cdc_cursor}. */
final class CursorStore {

  private static final String ADVANCE =
      "UPDATE turso_cdc_cursor SET epoch = ?, change_id = ?, state = 'active', lease_until = ?,"
          + " updated = ? WHERE name = ? AND owner = ? AND fence = ? AND state <> 'failed'";

  /** A cursor as stored. */
  record Stored(
      LogPosition position,
      @Nullable String owner,
      long leaseUntil,
      long fence,
      String state,
      @Nullable String message) {

    boolean failed() {
      return state.equals("failed");
    }

    boolean inSnapshot() {
      return state.equals("snapshot");
    }
  }

  private CursorStore() {}

  static @Nullable Stored read(Session session, String name) {
    try (Statement statement =
        session.prepare(
            "SELECT epoch, change_id, owner, lease_until, fence, state, message"
                + " FROM turso_cdc_cursor WHERE name = ?")) {
      statement.bind(1, name);
      try (Rows rows = statement.query()) {
        return rows.next()
            ? new Stored(
                new LogPosition(rows.getLong(0), rows.getLong(1)),
                rows.getText(2),
                rows.getLong(3),
                rows.getLong(4),
                String.valueOf(rows.getText(5)),
                rows.getText(6))
            : null;
      }
    }
  }

  static void insert(Session session, String name, LogPosition position, String state, long now) {
    try (Statement statement =
        session.prepare("INSERT INTO turso_cdc_cursor VALUES (?, ?, ?, NULL, 0, 0, ?, NULL, ?)")) {
      statement
          .bind(1, name)
          .bind(2, position.epoch())
          .bind(3, position.change())
          .bind(4, state)
          .bind(5, now)
          .run();
    }
  }

  /** Makes somebody the owner; returns the number that fences former owners off. */
  static long own(Session session, String name, String owner, long until, long now) {
    try (Statement statement =
        session.prepare(
            "UPDATE turso_cdc_cursor SET owner = ?, fence = fence + 1, lease_until = ?, updated = ?"
                + " WHERE name = ? RETURNING fence")) {
      statement.bind(1, owner).bind(2, until).bind(3, now).bind(4, name);
      try (Rows rows = statement.query()) {
        return rows.next() ? rows.getLong(0) : -1;
      }
    }
  }

  /** Lengthens a lease, and moves the cursor over what nobody wanted; false if it was lost. */
  static boolean renew(
      Session session,
      String name,
      String owner,
      long fence,
      @Nullable LogPosition passed,
      long until,
      long now) {
    try (Statement statement =
        session.prepare(
            "UPDATE turso_cdc_cursor SET lease_until = ?, updated = ?,"
                + " epoch = iif(?6 > change_id, ?7, epoch), change_id = max(change_id, ?6)"
                + " WHERE name = ?3 AND owner = ?4 AND fence = ?5")) {
      statement
          .bind(1, until)
          .bind(2, now)
          .bind(3, name)
          .bind(4, owner)
          .bind(5, fence)
          .bind(6, passed == null ? 0 : passed.change())
          .bind(7, passed == null ? 0 : passed.epoch());
      return statement.run() == 1;
    }
  }

  static void release(Session session, String name, String owner, long fence) {
    try (Statement statement =
        session.prepare(
            "UPDATE turso_cdc_cursor SET owner = NULL, lease_until = 0"
                + " WHERE name = ? AND owner = ? AND fence = ?")) {
      statement.bind(1, name).bind(2, owner).bind(3, fence).run();
    }
  }

  /** Puts a cursor somewhere, whatever state it is in. */
  static boolean move(
      Session session, String name, String owner, long fence, LogPosition to, String state) {
    try (Statement statement =
        session.prepare(
            "UPDATE turso_cdc_cursor SET epoch = ?, change_id = ?, state = ?, message = NULL"
                + " WHERE name = ? AND owner = ? AND fence = ?")) {
      statement
          .bind(1, to.epoch())
          .bind(2, to.change())
          .bind(3, state)
          .bind(4, name)
          .bind(5, owner)
          .bind(6, fence);
      return statement.run() == 1;
    }
  }

  /** Advances in the transaction of a session; false if the caller is not the owner any more. */
  static boolean advance(
      Session session,
      String name,
      String owner,
      long fence,
      LogPosition to,
      long until,
      long now) {
    try (Statement statement = session.prepare(ADVANCE)) {
      statement
          .bind(1, to.epoch())
          .bind(2, to.change())
          .bind(3, until)
          .bind(4, now)
          .bind(5, name)
          .bind(6, owner)
          .bind(7, fence);
      return statement.run() == 1;
    }
  }

  /** Advances in the transaction of a JDBC connection, likewise. */
  static boolean advance(
      Connection connection,
      String name,
      String owner,
      long fence,
      LogPosition to,
      long until,
      long now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setLong(1, to.epoch());
      statement.setLong(2, to.change());
      statement.setLong(3, until);
      statement.setLong(4, now);
      statement.setString(5, name);
      statement.setString(6, owner);
      statement.setLong(7, fence);
      return statement.executeUpdate() == 1;
    }
  }
}
