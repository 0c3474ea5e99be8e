package dev.turso.cli;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;

/** What this is. */
public final class Versions {

  private Versions() {}

  /** The program's version. */
  public static String program() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0-SNAPSHOT" : version;
  }

  /** The SQLite level and the engine's own version, as {@code --version} shows them. */
  static String line() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect();
        Statement statement = session.prepare("SELECT sqlite_version(), sqlite_source_id()");
        Rows rows = statement.query()) {
      rows.next();
      return rows.getText(0) + " " + rows.getText(1);
    }
  }
}
