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

  /** Some of a second file, which a pragma without a name means as well. */
  private static final List<String> TWO_FILES =
      List.of(
          "ATTACH '%s' AS b",
          "CREATE TABLE t(x)",
          "CREATE TABLE b.u(x)",
          "PRAGMA journal_mode = wal",
          "PRAGMA b.journal_mode",
          "INSERT INTO t VALUES (1)",
          "INSERT INTO b.u VALUES (1)",
          "PRAGMA wal_checkpoint",
          "PRAGMA b.wal_checkpoint",
          "BEGIN",
          "PRAGMA wal_checkpoint",
          "SELECT count(*) FROM t",
          "PRAGMA wal_checkpoint",
          "PRAGMA b.wal_checkpoint",
          "PRAGMA journal_mode = delete",
          "PRAGMA b.journal_mode = delete",
          "COMMIT",
          "PRAGMA journal_mode = persist",
          "PRAGMA journal_mode",
          "PRAGMA b.journal_mode",
          "PRAGMA wal_checkpoint",
          "BEGIN",
          "PRAGMA journal_mode = delete",
          "INSERT INTO t VALUES (2)",
          "PRAGMA main.journal_mode = truncate",
          "PRAGMA main.journal_mode = wal",
          "PRAGMA b.journal_mode = truncate",
          "PRAGMA journal_mode = wal",
          "COMMIT",
          "PRAGMA journal_mode",
          "PRAGMA b.journal_mode",
          "PRAGMA b.journal_mode = off",
          "PRAGMA journal_mode",
          "SELECT count(*) FROM t, b.u");

  private static final List<String> SIZES =
      List.of(
          "PRAGMA page_size = 512",
          "CREATE TABLE t(id INTEGER PRIMARY KEY, x)",
          "CREATE INDEX i ON t(x)",
          "WITH c(n) AS (VALUES(1) UNION ALL SELECT n+1 FROM c WHERE n < 200)"
              + " INSERT INTO t SELECT n, zeroblob(n) FROM c",
          "PRAGMA auto_vacuum = 1",
          "PRAGMA page_size = 4096",
          "PRAGMA page_size",
          "PRAGMA auto_vacuum",
          "VACUUM",
          "PRAGMA page_size",
          "PRAGMA auto_vacuum",
          "SELECT count(*), sum(length(x)) FROM t",
          "DELETE FROM t WHERE id % 2",
          "PRAGMA freelist_count",
          "PRAGMA integrity_check",
          "BEGIN",
          "DELETE FROM t WHERE id > 150",
          "SAVEPOINT s",
          "DELETE FROM t",
          "ROLLBACK TO s",
          "COMMIT",
          "PRAGMA freelist_count",
          "PRAGMA integrity_check",
          "PRAGMA auto_vacuum = 2",
          "DELETE FROM t WHERE id % 3",
          "PRAGMA page_size = 65536",
          "VACUUM",
          "PRAGMA page_size",
          "PRAGMA auto_vacuum",
          "PRAGMA integrity_check",
          "PRAGMA page_size = 1000",
          "VACUUM",
          "PRAGMA page_size",
          "PRAGMA journal_mode = wal",
          "PRAGMA page_size = 1024",
          "PRAGMA auto_vacuum = 0",
          "VACUUM",
          "PRAGMA page_size",
          "PRAGMA auto_vacuum",
          "PRAGMA page_size = 1024",
          "VACUUM INTO '%s'",
          "ATTACH '%s' AS v",
          "PRAGMA v.page_size",
          "PRAGMA v.auto_vacuum",
          "SELECT count(*), sum(length(x)) FROM v.t",
          "PRAGMA page_size = 2048",
          "VACUUM v",
          "PRAGMA v.page_size",
          "PRAGMA v.integrity_check",
          "SELECT count(*), sum(length(x)) FROM v.t");

  @TempDir Path directory;

  @Test
  void vacuumGivesThePageSizeAndAutoVacuumThatWereAskedFor() throws SQLException {
    assertThat(answers("jdbc:turso:" + directory.resolve("ours.db"), SIZES))
        .isEqualTo(answers("jdbc:sqlite:" + directory.resolve("native.db"), SIZES));
    List<String> inMemory = SIZES.subList(0, SIZES.indexOf("VACUUM INTO '%s'"));
    assertThat(answers("jdbc:turso::memory:", inMemory))
        .isEqualTo(answers("jdbc:sqlite::memory:", inMemory));
  }

  @Test
  void whatIsSaidOfNoDatabaseIsSaidOfAll() throws SQLException {
    assertThat(answers("jdbc:turso:" + directory.resolve("ours.db"), TWO_FILES))
        .isEqualTo(answers("jdbc:sqlite:" + directory.resolve("native.db"), TWO_FILES));
  }

  @Test
  void aKeptJournalIsDeletedWhenItIsKeptNoLonger() throws SQLException {
    Path file = directory.resolve("kept.db");
    Path journal = directory.resolve("kept.db-journal");
    List<String> script = List.of("CREATE TABLE t(x)", "INSERT INTO t VALUES (1)");
    for (String kept : List.of("persist", "truncate")) {
      try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file);
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = " + kept);
        for (String sql : script) {
          answer(statement, sql);
        }
        assertThat(journal).exists();
        statement.execute("PRAGMA journal_mode = delete");
        assertThat(journal).doesNotExist();
      }
    }
  }

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

  @Test
  void aNameThatNoFileCanHaveIsAnErrorOfItsOwn() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      assertThatThrownBy(() -> session.execute("ATTACH 'file:a%00b.db' AS x"))
          .isInstanceOfSatisfying(
              DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.CANTOPEN));
      assertThatThrownBy(() -> session.execute("ATTACH 'file://elsewhere/a.db' AS x"))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("invalid uri authority: elsewhere");
    }
  }

  private static List<String> answers(String url, List<String> script) throws SQLException {
    List<String> answers = new ArrayList<>();
    String second = url.substring(url.lastIndexOf(':') + 1) + "-second.db";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : script) {
        String text = sql.replace("%s", second);
        answers.add(sql + ": " + answer(statement, text));
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
