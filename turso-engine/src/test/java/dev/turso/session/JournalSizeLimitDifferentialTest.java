package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
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

/** What {@code journal_size_limit} leaves of journals and logs, and a checkpoint that does nothing. */
class JournalSizeLimitDifferentialTest {

  private static final String FILL =
      "WITH RECURSIVE g(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM g WHERE x < 1000)"
          + " INSERT INTO t SELECT x, zeroblob(500) FROM g";

  private static final List<String> SETTINGS =
      List.of(
          "PRAGMA journal_size_limit",
          "PRAGMA journal_size_limit = 5000",
          "ATTACH ':memory:' AS other",
          "PRAGMA other.journal_size_limit",
          "PRAGMA other.journal_size_limit = -7",
          "PRAGMA other.journal_size_limit(7)",
          "PRAGMA main.journal_size_limit",
          "PRAGMA journal_size_limit = nonsense",
          "PRAGMA journal_size_limit = 0x100",
          "PRAGMA journal_size_limit = 99999999999");

  private static final List<String> JOURNAL =
      List.of(
          "PRAGMA journal_mode = persist",
          "CREATE TABLE t(a, b)",
          FILL,
          "PRAGMA journal_size_limit = 20000",
          "UPDATE t SET a = a + 1",
          "PRAGMA journal_size_limit = 28",
          "UPDATE t SET a = a + 1",
          "PRAGMA journal_size_limit = 0",
          "UPDATE t SET a = a + 1",
          "PRAGMA integrity_check");

  private static final List<String> LOG =
      List.of(
          "PRAGMA journal_mode = wal",
          "PRAGMA synchronous = normal",
          "PRAGMA wal_autocheckpoint = 0",
          "PRAGMA journal_size_limit = 50000",
          "CREATE TABLE t(a, b)",
          "PRAGMA wal_checkpoint(noop)",
          FILL,
          "PRAGMA wal_checkpoint = NOOP",
          "PRAGMA wal_checkpoint",
          "PRAGMA wal_checkpoint(noop)",
          "INSERT INTO t VALUES (1, 2)",
          "PRAGMA wal_checkpoint(noop)",
          FILL,
          "PRAGMA journal_size_limit = 0",
          "PRAGMA wal_checkpoint(restart)",
          "INSERT INTO t VALUES (1, 2)",
          "INSERT INTO t VALUES (1, 2)",
          "PRAGMA journal_size_limit = -1",
          FILL,
          "PRAGMA wal_checkpoint(restart)",
          "INSERT INTO t VALUES (1, 2)",
          "PRAGMA wal_checkpoint(truncate)",
          "PRAGMA wal_checkpoint(noop)",
          "BEGIN",
          "SELECT count(*) FROM t",
          "PRAGMA wal_checkpoint(noop)",
          "COMMIT",
          "PRAGMA integrity_check");

  @TempDir Path directory;

  @Test
  void everyDatabaseHasALimitOfItsOwn() throws Exception {
    check(SETTINGS, "-journal");
  }

  @Test
  void aJournalThatPersistsIsCutToTheLimit() throws Exception {
    check(JOURNAL, "-journal");
  }

  @Test
  void aLogThatBeganAnewIsCutByItsFirstCommit() throws Exception {
    check(LOG, "-wal");
  }

  /** Under FULL the log reaches ahead of its commits, but not past the limit. */
  @Test
  void aDurableLogDoesNotReachPastTheLimit() throws Exception {
    Path file = directory.resolve("full.db");
    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : LOG.subList(2, 7)) {
        statement.execute(sql);
      }
      statement.execute("PRAGMA wal_checkpoint(restart)");
      for (int i = 0; i < 20; i++) {
        statement.execute("UPDATE t SET a = a + 1 WHERE rowid = " + i);
        assertThat(size(file, "-wal")).isNotEqualTo(" long");
      }
    }
  }

  private void check(List<String> statements, String suffix) throws Exception {
    assertThat(answers("turso", statements, suffix))
        .isEqualTo(answers("sqlite", statements, suffix));
  }

  private List<String> answers(String engine, List<String> statements, String suffix)
      throws Exception {
    Path file = directory.resolve(engine + ".db");
    List<String> answers = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:" + engine + ":" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = delete");
      for (String sql : statements) {
        answers.add(sql + " -> " + answer(statement, sql) + size(file, suffix));
      }
    }
    return answers;
  }

  private static String answer(Statement statement, String sql) {
    StringBuilder answer = new StringBuilder();
    try {
      if (statement.execute(sql)) {
        ResultSet rows = statement.getResultSet();
        while (rows.next()) {
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            answer.append(rows.getString(i)).append(' ');
          }
        }
      }
      return answer.toString();
    } catch (SQLException e) {
      return e.getMessage().contains("locked") ? "locked" : "error " + e.getErrorCode();
    }
  }

  /** What was never limited is as long as each engine likes. */
  private static String size(Path file, String suffix) throws Exception {
    Path beside = Path.of(file + suffix);
    long size = Files.exists(beside) ? Files.size(beside) : 0;
    return size > 100_000 ? " long" : " " + size;
  }
}
