package dev.turso.cdc.kafka;

import dev.turso.Database;
import dev.turso.Session;
import dev.turso.Statement;

/**
 * Makes sure that everything committed so far has reached the disk: by a small commit with a sync of its
 * own, after which all earlier ones are in the file, too, whatever their writers' {@code synchronous}.
 * For one thread.
 */
final class DurableCommit implements AutoCloseable {

  private static final int BUSY_MILLIS = 5000;

  private final Session session;
  private final String name;

  /**
   * @param name of a cursor
   */
  DurableCommit(Database database, String name) {
    this.session = database.connect();
    this.name = name;
    session.busyTimeout(Math.max(session.busyTimeout(), BUSY_MILLIS));
    session.execute("PRAGMA synchronous = FULL");
  }

  /** Commits that the cursor is alive. */
  void run() {
    try (Statement statement =
        session.prepare("UPDATE turso_cdc_cursor SET updated = ? WHERE name = ?")) {
      statement.bind(1, System.currentTimeMillis()).bind(2, name).run();
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
