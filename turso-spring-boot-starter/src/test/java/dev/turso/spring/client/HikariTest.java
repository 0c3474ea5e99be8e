package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class HikariTest {

  private static HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(TestDatabase.url());
    config.setMaximumPoolSize(2);
    return new HikariDataSource(config);
  }

  @Test
  void aConnectionComesBackAsItWentOut() throws Exception {
    try (HikariDataSource pool = pool()) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(TestDatabase.PILOT);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      }
      for (int i = 0; i < 3; i++) {
        try (Connection connection = pool.getConnection();
            Statement statement = connection.createStatement()) {
          assertThat(connection.isReadOnly()).isFalse();
          assertThat(connection.getAutoCommit()).isTrue();
          assertThat(connection.isValid(1)).isTrue();
          statement.execute("INSERT INTO pilot (name) VALUES ('p" + i + "')");
        }
      }
      assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void whatWasNotCommittedIsRolledBackOnReturn() throws Exception {
    try (HikariDataSource pool = pool()) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(TestDatabase.PILOT);
        connection.setAutoCommit(false);
        statement.execute("INSERT INTO pilot (name) VALUES ('ghost')");
      }
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM pilot")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isZero();
      }
    }
  }
}
