package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.DatabaseException;
import org.junit.jupiter.api.Test;

/** Texts that are deep, wide or long end with rows or with an error of SQL, never with the stack. */
class StatementLimitsTest {

  private static final int[] DEPTHS = {100, 490, 990, 1100, 20_000};

  /** What is repeated before, in the middle, and behind as often. */
  private static final String[][] NESTED = {
    {"(", "1", ")"},
    {"CASE WHEN 1 THEN ", "1", " END"},
    {"NOT ", "1", ""},
    {"- ", "1", ""},
    {"", "1", "+1"},
    {"", "'a'", "||'a'"},
    {"", "1", " AND 1"},
    {"", "0", " OR 0"},
    {"", "'a' LIKE 'b'", " OR 'a' LIKE 'b%'"},
    {"(SELECT ", "1", ")"},
    {"EXISTS(SELECT 1 WHERE ", "1", ")"},
    {"1 IN (", "1", ")"},
    {"abs(", "1", ")"},
    {"", "1", " ISNULL"},
    {"", "1", " BETWEEN 0 AND 1"},
    {"", "'a'", " COLLATE NOCASE"},
    {"", "'{}'", "->'a'"},
    {"(1 AND (", "1", "))"},
  };

  @Test
  void expressionsOfAnyDepthGiveARowOrAnErrorOfSql() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      for (String[] shape : NESTED) {
        for (int depth : DEPTHS) {
          String sql =
              "SELECT " + shape[0].repeat(depth) + shape[1] + shape[2].repeat(depth) + " AS x";
          String answer = answer(session, sql);
          String limit = ".*(Recursion limit|Expression tree is too large|nested too deep).*";
          boolean endsWell = answer.equals("1 rows") || answer.matches(limit);
          assertThat(endsWell).as("%s x %d: %s", shape[0] + shape[2], depth, answer).isTrue();
        }
      }
    }
  }

  @Test
  void queriesOfAnyDepthGiveARowOrAnErrorOfSql() {
    String[][] shapes = {
      {"SELECT * FROM (", "SELECT 1", ")"},
      {"WITH x AS (", "SELECT 1", ") SELECT * FROM x"},
      {"SELECT 1 FROM (", "SELECT 1", ") AS a, (SELECT 2) AS b"},
    };
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      for (String[] shape : shapes) {
        for (int depth : DEPTHS) {
          String sql = shape[0].repeat(depth) + shape[1] + shape[2].repeat(depth);
          String answer = answer(session, sql);
          boolean endsWell = answer.equals("1 rows") || answer.contains("Recursion limit");
          assertThat(endsWell).as("%s x %d: %s", shape[0], depth, answer).isTrue();
        }
      }
    }
  }

  @Test
  void viewsAndCommonTablesOverEachOtherEndBeforeTheStackDoes() {
    String tooDeep = "error VIEWs and/or subqueries nested too deep";
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE v0 (a)");
      session.execute("INSERT INTO v0 VALUES (1)");
      StringBuilder chain = new StringBuilder("WITH x0 AS (SELECT 1 AS a)");
      for (int i = 1; i <= 400; i++) {
        session.execute("CREATE VIEW v" + i + " AS SELECT a, (SELECT 1) FROM v" + (i - 1));
        chain.append(", x" + i + " AS (SELECT a FROM x" + (i - 1) + ")");
      }
      assertThat(answer(session, "SELECT * FROM v200")).isEqualTo("1 rows");
      assertThat(answer(session, "SELECT * FROM v400")).isEqualTo(tooDeep);
      assertThat(answer(session, chain + " SELECT * FROM x200")).isEqualTo("1 rows");
      assertThat(answer(session, chain + " SELECT * FROM x400")).isEqualTo(tooDeep);
    }
  }

  @Test
  void viewsOfViewsEndBeforeTheyAreExpandedTooOften() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE VIEW v0 AS SELECT 1 AS a");
      for (int i = 1; i <= 17; i++) {
        String below = "SELECT * FROM v" + (i - 1);
        session.execute("CREATE VIEW v" + i + " AS " + below + " UNION " + below);
      }
      assertThat(answer(session, "SELECT * FROM v10")).isEqualTo("1 rows");
      assertThat(answer(session, "SELECT * FROM v17"))
          .isEqualTo("error too many references to \"v0\": max 65535");
    }
  }

  @Test
  void widthsHaveTheLimitsOfSqlite() {
    String many = ",1".repeat(2000);
    StringBuilder columns = new StringBuilder("a");
    for (int i = 0; i < 2000; i++) {
      columns.append(",c").append(i);
    }
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t (a)");
      expect(session, "SELECT 1" + many, "too many columns in result set");
      expect(session, "VALUES (1" + many + ")", "too many columns in result set");
      expect(session, "SELECT 1 ORDER BY 1" + many, "too many terms in ORDER BY clause");
      expect(session, "SELECT a FROM t GROUP BY 1" + many, "too many terms in GROUP BY clause");
      expect(session, "CREATE TABLE w (" + columns + ")", "too many columns on w");
      expect(
          session, "CREATE INDEX i ON t (a" + ",a".repeat(2000) + ")", "too many columns in index");
      expect(
          session, "UPDATE t SET a = 1" + ", a = 1".repeat(2000), "too many columns in set list");
      expect(session, "SELECT 1 FROM t" + ",t".repeat(200), "too many FROM clause terms, max: 200");
      expect(session, "SELECT 1 FROM t" + ",t".repeat(64), "at most 64 tables in a join");
      expect(
          session,
          "SELECT 1" + " UNION ALL SELECT 1".repeat(10_000),
          "too many terms in compound SELECT");
    }
  }

  @Test
  void tenTimesTheTextIsReadInAboutTenTimesTheTime() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      for (String repeated : new String[] {",(1)", ", (2) /* why */", ",('it''s')"}) {
        time(session, repeated, 20_000);
        long small = Math.min(time(session, repeated, 10_000), time(session, repeated, 10_000));
        long large = Math.min(time(session, repeated, 100_000), time(session, repeated, 100_000));
        assertThat(large).as(repeated).isLessThan(40 * Math.max(small, 5_000_000));
      }
    }
  }

  private static long time(Session session, String repeated, int times) {
    String sql = "EXPLAIN VALUES (0)" + repeated.repeat(times);
    long start = System.nanoTime();
    session.execute(sql);
    return System.nanoTime() - start;
  }

  private static void expect(Session session, String sql, String error) {
    assertThat(answer(session, sql)).isEqualTo("error " + error);
  }

  private static String answer(Session session, String sql) {
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count + " rows";
    } catch (DatabaseException e) {
      return "error " + e.getMessage();
    }
  }
}
