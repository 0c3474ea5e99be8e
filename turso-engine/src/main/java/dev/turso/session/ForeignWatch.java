package dev.turso.session;

import dev.turso.error.DatabaseException;
import dev.turso.error.MisuseException;

/**
 * Notices commits of other processes: one cheap look at the log's index every {@value #MILLIS}
 * milliseconds, and only while somebody listens.
 */
final class ForeignWatch implements Runnable {

  private static final long MILLIS = 50;

  private final SharedDatabase database;

  ForeignWatch(SharedDatabase database) {
    this.database = database;
  }

  @Override
  public void run() {
    try (Connection connection = database.connect()) {
      AttachedDatabase main = connection.database(0);
      long seen = main.pager.database().foreignCommits();
      while (database.awaitLook(MILLIS)) {
        seen = look(connection, main, seen);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (MisuseException e) {
      // The database was closed before the first look.
      return;
    } finally {
      database.watchEnded();
    }
  }

  private long look(Connection connection, AttachedDatabase main, long seen) {
    try {
      main.pager.beginRead();
      main.pager.endRead();
      long now = main.pager.database().foreignCommits();
      if (now != seen) {
        database.foreignCommit(connection.freshCatalog());
      }
      return now;
    } catch (DatabaseException e) {
      // Busy or damaged: whoever uses the database will be told; the next look may succeed.
      return seen;
    }
  }
}
