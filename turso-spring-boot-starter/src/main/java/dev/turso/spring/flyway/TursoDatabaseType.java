package dev.turso.spring.flyway;

import java.sql.Connection;
import org.flywaydb.core.internal.database.sqlite.SQLiteDatabaseType;

/**
 * Lets Flyway open {@code jdbc:turso:} URLs itself, and treats what it finds there as SQLite.
 *
 * <p>Found by the service loader as a plugin of Flyway's.
 */
public final class TursoDatabaseType extends SQLiteDatabaseType {

  private static final String PREFIX = "jdbc:turso:";

  @Override
  public String getName() {
    return "Turso";
  }

  @Override
  public boolean handlesJDBCUrl(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public String getDriverClass(String url, ClassLoader classLoader) {
    return "dev.turso.jdbc.TursoDriver";
  }

  /** Connections are SQLite's by their product name, whoever opened them. */
  @Override
  public boolean handlesDatabaseProductNameAndVersion(
      String productName, String productVersion, Connection connection) {
    return false;
  }
}
