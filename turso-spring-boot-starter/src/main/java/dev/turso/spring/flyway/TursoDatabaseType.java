package dev.turso.spring.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.flywaydb.core.internal.database.sqlite.SQLiteDatabaseType;
import org.flywaydb.core.internal.jdbc.ExecutionTemplate;

/**
 * Lets Flyway open {@code jdbc:turso:} URLs itself, treats what it finds there as SQLite, and has
 * applications that start at once migrate one after the other.
 *
 * <p>Found by the service loader as a plugin of Flyway's.
 */
public final class TursoDatabaseType extends SQLiteDatabaseType {

  private static final String PREFIX = "jdbc:turso:";
  private static final Pattern KEY = Pattern.compile("hexkey=([^&#]*)", Pattern.CASE_INSENSITIVE);

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

  /** What Flyway must not show of a URL in logs and messages: passwords, and the key of the file. */
  @Override
  public List<Pattern> getJDBCCredentialsPatterns() {
    List<Pattern> patterns = new ArrayList<>(super.getJDBCCredentialsPatterns());
    patterns.add(KEY);
    return patterns;
  }

  /** Before SQLite's own type, which goes by the product's name. */
  @Override
  public int getPriority() {
    return 1;
  }

  @Override
  public boolean handlesDatabaseProductNameAndVersion(
      String productName, String productVersion, Connection connection) {
    try {
      return MigrationTurn.isOurs(connection);
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Flyway reads its history, migrates and writes its history in one such template: whoever begins it has
   * the writer's turn, also among processes.
   */
  @Override
  public ExecutionTemplate createTransactionalExecutionTemplate(
      Connection connection, boolean rollbackOnException) {
    return new MigrationTurn(
        super.createTransactionalExecutionTemplate(connection, rollbackOnException), connection);
  }
}
