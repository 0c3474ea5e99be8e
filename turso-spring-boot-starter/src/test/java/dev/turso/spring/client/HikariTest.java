package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.PreparedStatement;
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

  /** What a driver refuses as unsupported makes the pool close the connection. */
  @Test
  void whatHibernateAsksForAtItsStartCostsNoConnection() throws Exception {
    try (HikariDataSource pool = pool();
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TestDatabase.PILOT);
      connection.createBlob().free();
      connection.createClob().free();
      NClob name = connection.createNClob();
      name.setString(1, "Æsa Þórsdóttir");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO pilot (name, rank) VALUES (?, 'captain')")) {
        insert.setNClob(1, name);
        insert.executeUpdate();
      }
      try (ResultSet rows = statement.executeQuery("SELECT name, NULL FROM pilot")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getNClob("name").getSubString(1, 3)).isEqualTo("Æsa");
        assertThat(rows.getObject(1, NClob.class).length()).isEqualTo(14);
        assertThat(rows.getNClob(2)).isNull();
      }
      assertThat(connection.isClosed()).isFalse();
    }
  }
}
