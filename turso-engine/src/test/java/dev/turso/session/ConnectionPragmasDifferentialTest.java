package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.DatabaseException;
import dev.turso.error.ResultCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pragmas by which a connection limits itself, and the journal of a database that needs none. */
class ConnectionPragmasDifferentialTest {

  private static final List<String> PAGES =
      List.of(
          "PRAGMA max_page_count",
          "PRAGMA max_page_count = 20",
          "CREATE TABLE t(a INTEGER PRIMARY KEY, b)",
          "INSERT INTO t VALUES (1, zeroblob(30000))",
          "INSERT INTO t VALUES (2, zeroblob(100000))",
          "SELECT count(*), sum(length(b)) FROM t",
          "BEGIN",
          "INSERT INTO t VALUES (3, 'small')",
          "WITH n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
              + " INSERT INTO t SELECT 10 + i, zeroblob(9000) FROM n",
          "SELECT count(*), sum(length(b)) FROM t",
          "COMMIT",
          "PRAGMA max_page_count = 2",
          "PRAGMA max_page_count = -7",
          "PRAGMA max_page_count = 0x100",
          "PRAGMA max_page_count = nonsense",
          "PRAGMA max_page_count = 99999999999",
          "INSERT INTO t VALUES (2, zeroblob(100000))",
          "SELECT count(*), sum(length(b)) FROM t",
          "PRAGMA integrity_check");

  private static final List<String> JOURNALS =
      List.of(
          "PRAGMA journal_mode",
          "PRAGMA journal_mode = off",
          "PRAGMA journal_mode",
          "PRAGMA journal_mode = wal",
          "PRAGMA journal_mode = delete",
          "CREATE TABLE t(a PRIMARY KEY)",
          "BEGIN",
          "INSERT INTO t VALUES (1)",
          "SAVEPOINT s",
          "INSERT INTO t VALUES (2)",
          "PRAGMA journal_mode = memory",
          "RELEASE s",
          "COMMIT",
          "SELECT * FROM t",
          "PRAGMA journal_mode = memory",
          "PRAGMA journal_mode = nonsense");

  @TempDir Path directory;

  @Test
  void thePagesAreLimitedAsInSqlite() throws SQLException {
    assertThat(answers("jdbc:turso:" + directory.resolve("ours.db"), PAGES))
        .isEqualTo(answers("jdbc:sqlite:" + directory.resolve("native.db"), PAGES));
  }

  @Test
  void aDatabaseInMemoryHasTheJournalModesOfSqlite() throws SQLException {
    assertThat(answers("jdbc:turso::memory:", JOURNALS))
        .isEqualTo(answers("jdbc:sqlite::memory:", JOURNALS));
  }

  @Test
  void aRowThatDoesNotFitEndsTheTransactionAndNoPageIsLost() throws SQLException {
    List<String> script =
        new ArrayList<>(List.of("PRAGMA page_size = 1024", "PRAGMA max_page_count = 40"));
    script.add("CREATE TABLE t(a)");
    script.add("BEGIN");
    for (int i = 0; i < 45; i++) {
      script.add("INSERT INTO t VALUES (zeroblob(" + (700 + 97 * (i % 9)) + "))");
    }
    script.add("PRAGMA integrity_check");
    script.add("SELECT count(*) FROM t");
    script.add("COMMIT");
    script.add("PRAGMA integrity_check");
    assertThat(answers("jdbc:turso:" + directory.resolve("fits.db"), script))
        .isEqualTo(answers("jdbc:sqlite:" + directory.resolve("native-fits.db"), script));
  }

  @Test
  void otherConnectionsHaveLimitsOfTheirOwn() {
    Path file = directory.resolve("two.db");
    try (Database database = Database.open(file.toString(), Options.DEFAULT);
        Session limited = database.connect();
        Session other = database.connect()) {
      limited.execute("CREATE TABLE t(a)");
      limited.execute("PRAGMA max_page_count = 5");
      other.execute("INSERT INTO t VALUES (zeroblob(100000))");
      assertThatThrownBy(() -> limited.execute("INSERT INTO t VALUES (zeroblob(10000))"))
          .isInstanceOfSatisfying(
              DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.FULL));
      limited.execute("INSERT INTO t VALUES ('fits into the last page')");
      assertThat(AllRows.of(limited, "SELECT count(*) FROM t")).hasToString("[[2]]");
    }
  }

  @Test
  void whatWouldChangeEveryRowIsRefusedWhereAWhereIsRequired() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(a)");
      session.execute("INSERT INTO t VALUES (1), (2)");
      session.execute("CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET a = a + 1; END");
      session.execute("PRAGMA require_where = on");
      assertThat(AllRows.of(session, "PRAGMA i_am_a_dummy")).hasToString("[[1]]");
      assertThatThrownBy(() -> session.execute("DELETE FROM t"))
          .hasMessageContaining("DELETE without a WHERE clause is not allowed");
      assertThatThrownBy(() -> session.execute("UPDATE t SET a = 1"))
          .hasMessageContaining("UPDATE without a WHERE clause is not allowed");
      session.execute("INSERT INTO t VALUES (3)");
      session.execute("DELETE FROM t WHERE true");
      session.execute("PRAGMA i_am_a_dummy = off");
      session.execute("DELETE FROM t");
    }
  }

  private static List<String> answers(String url, List<String> script) throws SQLException {
    List<String> answers = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : script) {
        answers.add(sql + ": " + answer(statement, sql));
      }
    }
    return answers;
  }

  private static String answer(Statement statement, String sql) {
    try {
      if (!statement.execute(sql)) {
        return "done";
      }
      try (ResultSet rows = statement.getResultSet()) {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            text.append(rows.getString(i)).append('|');
          }
        }
        return text.toString();
      }
    } catch (SQLException e) {
      return "error " + e.getErrorCode();
    }
  }
}
