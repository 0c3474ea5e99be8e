package dev.turso.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** A database as the workloads see it: a JDBC address and the settings that make engines comparable. */
enum Engine {
  SQLITE("jdbc:sqlite:", "NORMAL"),
  TURSO("jdbc:turso:", "NORMAL"),
  SQLITE_FULL("jdbc:sqlite:", "FULL"),
  TURSO_FULL("jdbc:turso:", "FULL");

  private static final int CACHE_KIBIBYTES = 256 * 1024;

  private final String prefix;
  private final String synchronous;

  Engine(String prefix, String synchronous) {
    this.prefix = prefix;
    this.synchronous = synchronous;
  }

  /** {@code sqlite-full} is {@link #SQLITE_FULL}. */
  static Engine named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean isOurs() {
    return this == TURSO || this == TURSO_FULL;
  }

  Connection connect(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection(prefix + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = " + synchronous);
      statement.execute("PRAGMA cache_size = -" + CACHE_KIBIBYTES);
    }
    return connection;
  }
}
