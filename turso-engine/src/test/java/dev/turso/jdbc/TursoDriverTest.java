package dev.turso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver as its callers use it. */
class TursoDriverTest {

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:turso::memory:");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<Object> rows(String sql) throws SQLException {
    List<Object> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          found.add(rows.getObject(i));
        }
      }
    }
    return found;
  }

  @Test
  void eachStorageClassComesBackAsItsJavaType() throws SQLException {
    assertThat(rows("SELECT 1, 3000000000, 1.5, 'text', x'0102', NULL"))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(1, 3000000000L, 1.5, "text", new byte[] {1, 2}, null);
  }

  @Test
  void everyRowOfABatchAnswersWithItsKeyUnderTheColumnsName() throws SQLException {
    execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)");
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO t (a) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
      for (String a : List.of("x", "y", "z")) {
        insert.setString(1, a);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
      try (ResultSet keys = insert.getGeneratedKeys()) {
        assertThat(keys.getMetaData().getColumnLabel(1)).isEqualTo("id");
        for (long id = 1; id <= 3; id++) {
          assertThat(keys.next()).isTrue();
          assertThat(keys.getLong("id")).isEqualTo(id);
        }
        assertThat(keys.next()).isFalse();
      }
    }
  }

  @Test
  void aMultiRowInsertAnswersWithEveryKey() throws SQLException {
    execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)");
    try (Statement insert = connection.createStatement()) {
      assertThat(
              insert.executeUpdate(
                  "INSERT INTO t (a) VALUES ('x'), ('y')", Statement.RETURN_GENERATED_KEYS))
          .isEqualTo(2);
      ResultSet keys = insert.getGeneratedKeys();
      assertThat(keys.next()).isTrue();
      assertThat(keys.next()).isTrue();
      assertThat(keys.getLong(1)).isEqualTo(2);
    }
  }

  @Test
  void everyStatementOfAStringRuns() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean rows =
          statement.execute(
              "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2); SELECT a FROM t; -- and nothing");
      assertThat(rows).isFalse();
      assertThat(statement.getUpdateCount()).isZero();
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(2);
      assertThat(statement.getMoreResults()).isTrue();
      ResultSet result = statement.getResultSet();
      assertThat(result.next()).isTrue();
      assertThat(result.getInt("a")).isEqualTo(1);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
    }
  }

  @Test
  void errorsHaveTheirJdbcClassStateAndPrimaryCode() throws SQLException {
    execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE NOT NULL, CHECK (b <> 'no'))");
    execute("INSERT INTO t VALUES (1, 'x')");
    assertError(
        "INSERT INTO t VALUES (2, 'x')",
        SQLIntegrityConstraintViolationException.class,
        "23505",
        19,
        "UNIQUE constraint failed: t.b");
    assertError(
        "INSERT INTO t VALUES (1, 'y')",
        SQLIntegrityConstraintViolationException.class,
        "23505",
        19,
        "UNIQUE constraint failed: t.a");
    assertError(
        "INSERT INTO t VALUES (3, NULL)",
        SQLIntegrityConstraintViolationException.class,
        "23502",
        19,
        "NOT NULL constraint failed: t.b");
    assertError(
        "INSERT INTO t VALUES (3, 'no')",
        SQLIntegrityConstraintViolationException.class,
        "23514",
        19,
        "CHECK constraint failed: b <> 'no'");
    assertError(
        "SELECT * FROM missing",
        SQLSyntaxErrorException.class,
        "42S02",
        1,
        "no such table: missing");
    assertError(
        "SELECT missing FROM t",
        SQLSyntaxErrorException.class,
        "42S22",
        1,
        "no such column: missing");
    assertError(
        "SELEC 1", SQLSyntaxErrorException.class, "42000", 1, "near \"SELEC\": syntax error");
  }

  private void assertError(
      String sql, Class<? extends SQLException> type, String state, int code, String message) {
    assertThatThrownBy(() -> execute(sql))
        .isInstanceOf(type)
        .hasMessage(message)
        .satisfies(e -> {
          assertThat(((SQLException) e).getSQLState()).isEqualTo(state);
          assertThat(((SQLException) e).getErrorCode()).isEqualTo(code);
        });
  }

  @Test
  void aFailedBatchSaysHowFarItCame() throws SQLException {
    execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      for (int a : new int[] {1, 2, 1, 3}) {
        insert.setInt(1, a);
        insert.addBatch();
      }
      assertThatThrownBy(insert::executeBatch)
          .isInstanceOf(BatchUpdateException.class)
          .satisfies(e -> {
            BatchUpdateException failure = (BatchUpdateException) e;
            assertThat(failure.getUpdateCounts()).containsExactly(1, 1);
            assertThat((Throwable) failure.getNextException())
                .isInstanceOf(SQLIntegrityConstraintViolationException.class);
          });
    }
  }

  @Test
  void withoutAutoCommitATransactionLastsUntilCommitOrRollback() throws SQLException {
    execute("CREATE TABLE t (a)");
    connection.setAutoCommit(false);
    execute("INSERT INTO t VALUES (1)");
    connection.rollback();
    assertThat(rows("SELECT COUNT(*) FROM t")).containsExactly(0);
    execute("INSERT INTO t VALUES (2)");
    Savepoint savepoint = connection.setSavepoint("half way");
    execute("INSERT INTO t VALUES (3)");
    connection.rollback(savepoint);
    connection.commit();
    connection.setAutoCommit(true);
    assertThat(rows("SELECT a FROM t")).containsExactly(2);
  }

  @Test
  void aReadOnlyConnectionRefusesToWriteAndCanBeSwitchedBack() throws SQLException {
    execute("CREATE TABLE t (a)");
    connection.setReadOnly(true);
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES (1)"))
        .isInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("25006"));
    connection.setReadOnly(false);
    execute("INSERT INTO t VALUES (1)");
    assertThat(rows("SELECT a FROM t")).containsExactly(1);
  }

  @Test
  void aStatementThatRunsTooLongIsStopped() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() ->
              statement
                  .executeQuery(
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                          + " SELECT COUNT(*) FROM n")
                  .next())
          .isInstanceOfAny(SQLTimeoutException.class);
    }
    assertThat(rows("SELECT 1")).containsExactly(1);
  }

  @Test
  void aSecondWriterWaitsAndThenSaysThatItMayBeTriedAgain() throws SQLException {
    String url = "jdbc:turso:mem:second-writer?busy_timeout=100";
    try (Connection first = DriverManager.getConnection(url);
        Connection second = DriverManager.getConnection(url);
        Statement one = first.createStatement();
        Statement two = second.createStatement()) {
      one.execute("CREATE TABLE t (a)");
      one.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> two.execute("INSERT INTO t VALUES (1)"))
          .isInstanceOf(SQLTransactionRollbackException.class)
          .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(5));
      one.execute("COMMIT");
      two.execute("INSERT INTO t VALUES (1)");
    }
  }

  @Test
  void javaTimeUuidAndDecimalsGoInAndComeBackEqual() throws SQLException {
    execute("CREATE TABLE t (a, b, c, d, e, f NUMERIC, g)");
    LocalDate date = LocalDate.of(2026, 11, 22);
    LocalDateTime dateTime = LocalDateTime.of(2026, 11, 22, 10, 30, 15, 123_000_000);
    Instant instant = Instant.parse("2026-11-22T10:30:15.123Z");
    OffsetDateTime offset = OffsetDateTime.parse("2026-11-22T10:30:15.123+02:00");
    UUID uuid = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setObject(1, date);
      insert.setObject(2, dateTime);
      insert.setObject(3, instant);
      insert.setObject(4, offset);
      insert.setObject(5, uuid);
      insert.setBigDecimal(6, new BigDecimal("12.50"));
      insert.setTimestamp(7, Timestamp.valueOf(dateTime));
      insert.executeUpdate();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM t")) {
      row.next();
      assertThat(row.getObject(1, LocalDate.class)).isEqualTo(date);
      assertThat(row.getObject(2, LocalDateTime.class)).isEqualTo(dateTime);
      assertThat(row.getObject(3, Instant.class)).isEqualTo(instant);
      assertThat(row.getObject(4, OffsetDateTime.class)).isEqualTo(offset);
      assertThat(row.getObject(5, UUID.class)).isEqualTo(uuid);
      assertThat(row.getBigDecimal(6)).isEqualByComparingTo("12.5");
      assertThat(row.getTimestamp(7)).isEqualTo(Timestamp.valueOf(dateTime));
    }
  }

  @Test
  void everyDateFormOfSqliteIsRead() throws SQLException {
    for (String text :
        List.of("2026-11-22", "2026-11-22 10:30", "2026-11-22T10:30:15", "2026-11-22 10:30:15.5")) {
      try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
        statement.setString(1, text);
        ResultSet row = statement.executeQuery();
        row.next();
        assertThat(row.getTimestamp(1).toLocalDateTime().toLocalDate())
            .isEqualTo(LocalDate.of(2026, 11, 22));
      }
    }
  }

  @Test
  void metadataTellsTablesColumnsKeysAndIndexes() throws SQLException {
    execute(
        "CREATE TABLE parent (id INTEGER CONSTRAINT pk PRIMARY KEY, name VARCHAR(20) NOT NULL)");
    execute("CREATE TABLE child (a INTEGER, b REFERENCES parent ON DELETE CASCADE)");
    execute("CREATE UNIQUE INDEX child_a ON child (a)");
    execute("CREATE VIEW v AS SELECT * FROM parent");
    var metaData = connection.getMetaData();
    assertThat(metaData.getDatabaseProductName()).isEqualTo("SQLite");
    List<String> tables = new ArrayList<>();
    try (ResultSet rows = metaData.getTables(null, null, "%", null)) {
      while (rows.next()) {
        tables.add(rows.getString("TABLE_NAME") + " " + rows.getString("TABLE_TYPE"));
      }
    }
    assertThat(tables).containsExactly("child TABLE", "parent TABLE", "v VIEW");
    try (ResultSet rows = metaData.getColumns(null, null, "parent", "name")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("TYPE_NAME")).isEqualTo("VARCHAR");
      assertThat(rows.getInt("COLUMN_SIZE")).isEqualTo(20);
      assertThat(rows.getString("IS_NULLABLE")).isEqualTo("NO");
    }
    try (ResultSet rows = metaData.getPrimaryKeys(null, null, "parent")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("COLUMN_NAME")).isEqualTo("id");
      assertThat(rows.getString("PK_NAME")).isEqualTo("pk");
    }
    try (ResultSet rows = metaData.getImportedKeys(null, null, "child")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("PKTABLE_NAME")).isEqualTo("parent");
      assertThat(rows.getString("PKCOLUMN_NAME")).isEqualTo("id");
      assertThat(rows.getInt("DELETE_RULE")).isZero();
    }
    try (ResultSet rows = metaData.getIndexInfo(null, null, "child", false, false)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("INDEX_NAME")).isEqualTo("child_a");
      assertThat(rows.getBoolean("NON_UNIQUE")).isFalse();
    }
  }

  @Test
  void resultMetadataKnowsWhereAColumnComesFrom() throws SQLException {
    execute("CREATE TABLE t (id INTEGER PRIMARY KEY, price DECIMAL(10, 2))");
    try (PreparedStatement statement = connection.prepareStatement("SELECT price AS p FROM t")) {
      var metaData = statement.getMetaData();
      assertThat(metaData.getColumnLabel(1)).isEqualTo("p");
      assertThat(metaData.getColumnName(1)).isEqualTo("price");
      assertThat(metaData.getTableName(1)).isEqualTo("t");
      assertThat(metaData.getColumnTypeName(1)).isEqualTo("DECIMAL");
      assertThat(metaData.getPrecision(1)).isEqualTo(10);
      assertThat(metaData.getScale(1)).isEqualTo(2);
    }
  }

  @Test
  void whatMakesNoSenseIsRefusedByName() {
    assertThatThrownBy(() -> connection.prepareCall("call x"))
        .isInstanceOf(SQLFeatureNotSupportedException.class)
        .hasMessageContaining("prepareCall");
    assertThatThrownBy(() ->
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:turso::memory:?nonsense=1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("nonsense");
  }
}
