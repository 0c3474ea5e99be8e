package dev.turso.spring.flyway;

import dev.turso.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import org.flywaydb.core.internal.jdbc.ExecutionTemplate;

/** A transaction of Flyway's that has the writer's turn from its beginning. */
final class MigrationTurn implements ExecutionTemplate {

  /** Another application may be in the midst of a long migration. */
  private static final int WAIT_MILLIS = 600_000;

  private static final String PREFIX = "jdbc:turso:";

  private final ExecutionTemplate transaction;
  private final Connection connection;

  MigrationTurn(ExecutionTemplate transaction, Connection connection) {
    this.transaction = transaction;
    this.connection = connection;
  }

  /** Whether a connection is of this database's driver, in whatever it is wrapped. */
  static boolean isOurs(Connection connection) throws SQLException {
    String url = connection.getMetaData().getURL();
    return url != null && url.startsWith(PREFIX) && connection.isWrapperFor(Session.class);
  }

  @Override
  public <T> T execute(Callable<T> work) {
    return transaction.execute(() -> {
      begin();
      return work.call();
    });
  }

  private void begin() throws SQLException {
    Session session = connection.unwrap(Session.class);
    if (session.inTransaction() || connection.getAutoCommit()) {
      return;
    }
    int before = session.busyTimeout();
    session.busyTimeout(WAIT_MILLIS);
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
    } finally {
      session.busyTimeout(before);
    }
  }
}
