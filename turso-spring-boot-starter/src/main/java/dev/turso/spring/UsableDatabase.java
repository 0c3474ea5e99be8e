package dev.turso.spring;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.vtab.SqlLibrary;
import org.springframework.beans.factory.ObjectProvider;

/** Opens databases for beans. */
public final class UsableDatabase {

  private UsableDatabase() {}

  /**
   * Opens a database, adds libraries, and looks into it: whether a file is a database, and its key the right
   * one, shows when it is read.
   *
   * @throws dev.turso.error.DatabaseException if it cannot be used
   */
  public static Database open(
      String location, Options options, ObjectProvider<SqlLibrary> libraries) {
    Database database = Database.open(location, options);
    boolean usable = false;
    try {
      libraries.orderedStream().forEach(database::add);
      look(database, options);
      usable = true;
      return database;
    } finally {
      if (!usable) {
        database.close();
      }
    }
  }

  private static void look(Database database, Options options) {
    try (Session session = database.connect()) {
      session.busyTimeout(options.busyTimeoutMillis());
      try (Statement statement = session.prepare("SELECT 1 FROM sqlite_schema LIMIT 1");
          Rows rows = statement.query()) {
        rows.next();
      }
    }
  }
}
