package dev.turso.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.error.DatabaseException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What SQLite says of statements that mean nothing, this engine says too, word for word. */
class ErrorMessagesDifferentialTest {

  private static final String[] SCHEMA = {
    "CREATE TABLE t(a, b INT, c TEXT COLLATE NOCASE)",
    "CREATE TABLE u(a INT UNIQUE, d)",
    "CREATE TABLE k(id INTEGER PRIMARY KEY, n TEXT NOT NULL)",
    "CREATE TABLE w(x PRIMARY KEY, y) WITHOUT ROWID",
    "CREATE TABLE g(a, b AS (a+1), c AS (a*2) STORED)",
    "CREATE VIEW v AS SELECT a, b FROM t",
    "CREATE VIEW bad AS SELECT * FROM nosuch",
    "CREATE VIEW loop AS SELECT * FROM loop",
    "CREATE VIEW two(p) AS SELECT 1, 2",
  };

  /** Expressions put into every clause below in turn. */
  private static final String[] EXPRESSIONS = {
    "nosuch",
    "t.nosuch",
    "x.a",
    "main.t.a",
    "other.t.a",
    "\"nosuch\"",
    "[nosuch]",
    "rowid",
    "t.rowid",
    "w.rowid",
    "v.rowid",
    "count(*)",
    "sum(a)",
    "max(sum(a))",
    "row_number()",
    "row_number() OVER ()",
    "sum(a) OVER (ORDER BY a)",
    "sum(DISTINCT a) OVER ()",
    "abs(a) OVER ()",
    "sum(a) OVER nowin",
    "nofunc(a)",
    "nofunc()",
    "abs()",
    "abs(1, 2)",
    "count(a, b)",
    "count(DISTINCT a, b)",
    "abs(a) FILTER (WHERE a)",
    "sum(a) FILTER (WHERE nosuch)",
    "lag(a) FILTER (WHERE a) OVER ()",
    "(1, 2)",
    "(1, 2) = 1",
    "(1, 2) = (1, 2, 3)",
    "(a, b) IN (1, 2)",
    "(a, b) IN ((1, 2), (3))",
    "a IN ((1, 2))",
    "a IN (SELECT 1, 2)",
    "(a, b) IN (SELECT 1)",
    "(SELECT 1, 2)",
    "(SELECT a, b FROM t)",
    "EXISTS (SELECT nosuch)",
    "(SELECT nosuch FROM u)",
    "(SELECT t.nosuch FROM u)",
    "(SELECT max(t.a) FROM u)",
    "a IN t",
    "a COLLATE nosuch",
    "a COLLATE nocase",
    "CASE nosuch WHEN 1 THEN 2 END",
    "RAISE(IGNORE)",
    "likelihood(a, 2)",
    "likelihood(a, b)",
    "like(a)",
    "-(1, 2)",
    "abs((1, 2))",
    "min()",
    "iif()",
    "coalesce(1)",
    "nullif(1)",
    "ifnull(1, 2, 3)",
    "0x12345678901234567",
    "true",
    "t.true",
    "group_concat(a ORDER BY nosuch)",
    "abs(a ORDER BY a)",
    "sum(a) OVER (RANGE 1 PRECEDING)",
    "ntile() OVER ()",
    "sum(a) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING)",
    "sum(row_number() OVER ())",
    "(1, 2) BETWEEN 1 AND 2",
    "(a, b) IS (1, 2)",
    "CAST((1, 2) AS TEXT)",
    "a || (1, 2)",
    "u.a",
    "new.a",
    "old.a",
    "excluded.a",
  };

  /** Clauses; {@code @} is the expression. */
  private static final String[] CLAUSES = {
    "SELECT @ FROM t",
    "SELECT 1 FROM t WHERE @",
    "SELECT count(*) FROM t WHERE @",
    "SELECT a FROM t GROUP BY @",
    "SELECT a FROM t GROUP BY a HAVING @",
    "SELECT a FROM t ORDER BY @",
    "SELECT DISTINCT a FROM t ORDER BY @",
    "SELECT a FROM t LIMIT @",
    "SELECT a FROM t LIMIT 1 OFFSET @",
    "SELECT 1 FROM t JOIN u ON @",
    "SELECT 1 FROM t LEFT JOIN u ON @",
    "VALUES (@)",
    "SELECT a FROM t UNION SELECT a FROM u ORDER BY @",
    "SELECT @",
    "SELECT (SELECT @ FROM u) FROM t",
    "INSERT INTO t(a) VALUES (@)",
    "INSERT INTO t(a) SELECT @ FROM u",
    "UPDATE t SET a = @",
    "UPDATE t SET a = 1 WHERE @",
    "DELETE FROM t WHERE @",
    "INSERT INTO t(a) VALUES (1) RETURNING @",
    "INSERT INTO u(a) VALUES (1) ON CONFLICT(a) DO UPDATE SET d = @",
    "UPDATE t SET a = 1 FROM u WHERE @",
    "SELECT sum(@) FROM t",
    "SELECT abs(@) FROM t",
    "SELECT sum(a) OVER (PARTITION BY @) FROM t",
    "SELECT sum(a) OVER (ORDER BY @) FROM t",
    "WITH q AS (SELECT @ FROM t) SELECT * FROM q",
    "SELECT * FROM (SELECT @ FROM t)",
  };

  private static final String[] STATEMENTS = {
    "SELECT * FROM nosuch",
    "SELECT a IN nosuch FROM t",
    "SELECT * FROM other.t",
    "SELECT *",
    "SELECT x.* FROM t",
    "SELECT t.* FROM t x",
    "SELECT * FROM t, t",
    "SELECT * FROM t x, u x",
    "SELECT a FROM t, u",
    "SELECT a FROM t JOIN u USING (a)",
    "SELECT b FROM t JOIN t x USING (a)",
    "SELECT * FROM t JOIN u USING (nosuch)",
    "SELECT * FROM t JOIN u USING (d)",
    "SELECT rowid FROM t, u",
    "SELECT rowid FROM w",
    "SELECT rowid FROM v",
    "SELECT rowid FROM (SELECT 1)",
    "SELECT * FROM bad",
    "SELECT * FROM loop",
    "SELECT * FROM two",
    "SELECT a FROM t HAVING a",
    "SELECT a FROM t GROUP BY 2",
    "SELECT a, b FROM t GROUP BY 0",
    "SELECT a FROM t ORDER BY 2",
    "SELECT a FROM t ORDER BY a, 3",
    "SELECT a FROM t ORDER BY 0",
    "SELECT a FROM t ORDER BY -1",
    "SELECT a, b FROM t UNION SELECT a FROM t",
    "SELECT a FROM t UNION ALL SELECT a, b FROM t",
    "SELECT a FROM t EXCEPT VALUES (1, 2)",
    "SELECT a FROM t INTERSECT SELECT a, b FROM t",
    "VALUES (1, 2), (3)",
    "SELECT a FROM t UNION SELECT b FROM t ORDER BY nosuch",
    "SELECT a FROM t UNION SELECT b FROM t ORDER BY a, 5",
    "SELECT a FROM t UNION SELECT b FROM t ORDER BY a + 1",
    "SELECT * FROM t INDEXED BY nosuch",
    "SELECT * FROM abs(1)",
    "SELECT * FROM t(1)",
    "SELECT * FROM nosuch(1)",
    "SELECT * FROM t LEFT JOIN u ON u.a = w.x JOIN w",
    "WITH q(x, y) AS (SELECT 1) SELECT * FROM q",
    "WITH q AS (SELECT * FROM q) SELECT * FROM q",
    "WITH q AS (SELECT 1 UNION SELECT * FROM q, q) SELECT * FROM q",
    "WITH q AS (SELECT 1), q AS (SELECT 2) SELECT * FROM q",
    "WITH q AS (SELECT 1 UNION SELECT 1 FROM t WHERE a IN q) SELECT * FROM q",
    "WITH q AS (SELECT 1 UNION SELECT 1, 2 FROM q) SELECT * FROM q",
    "WITH p AS (SELECT * FROM q), q AS (SELECT * FROM p) SELECT * FROM p",
    "INSERT INTO nosuch VALUES (1)",
    "INSERT INTO t(nosuch) VALUES (1)",
    "INSERT INTO t VALUES (1)",
    "INSERT INTO t(a, b) VALUES (1)",
    "INSERT INTO t(a) SELECT 1, 2",
    "INSERT INTO v VALUES (1, 2)",
    "UPDATE v SET a = 1",
    "DELETE FROM v",
    "INSERT INTO g(b) VALUES (1)",
    "UPDATE g SET c = 1",
    "INSERT INTO g VALUES (1, 2, 3)",
    "UPDATE t SET nosuch = 1",
    "UPDATE t SET (a, b) = (1, 2, 3)",
    "UPDATE t SET (a, b) = (SELECT 1)",
    "UPDATE t SET (a, b) = 1",
    "UPDATE nosuch SET a = 1",
    "DELETE FROM nosuch",
    "INSERT INTO w(rowid) VALUES (1)",
    "UPDATE w SET rowid = 1",
    "INSERT INTO u VALUES (1, 2) ON CONFLICT (d) DO NOTHING",
    "INSERT INTO u VALUES (1, 2) ON CONFLICT (nosuch) DO NOTHING",
    "INSERT INTO u VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET nosuch = 1",
    "INSERT INTO u VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET a = excluded.nosuch",
    "INSERT INTO u VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET a = 1 WHERE nosuch",
    "INSERT INTO u VALUES (1, 2) ON CONFLICT (a) DO NOTHING ON CONFLICT (d) DO NOTHING",
    "INSERT INTO u VALUES (1, 2) RETURNING u.*",
    "UPDATE t SET a = 1 FROM t",
    "INSERT INTO sqlite_schema VALUES (1, 2, 3, 4, 5)",
    "UPDATE sqlite_schema SET sql = 1",
    "DELETE FROM t INDEXED BY nosuch",
    "UPDATE t SET a = u.d FROM u RETURNING d",
    "SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY nosuch)",
    "SELECT sum(a) OVER (w ORDER BY b) FROM t WINDOW w AS (ORDER BY a)",
    "SELECT sum(a) OVER (w PARTITION BY b) FROM t WINDOW w AS (ORDER BY a)",
    "SELECT sum(a) OVER (w) FROM t WINDOW w AS (ROWS 1 PRECEDING)",
    "SELECT * FROM t NATURAL JOIN u ON 1",
    "SELECT a AS z, sum(b) AS y FROM t WHERE y > 1",
    "SELECT a AS z, sum(b) AS y FROM t GROUP BY y",
    "SELECT row_number() OVER () AS r FROM t WHERE r",
    "SELECT (1, 2) AS r FROM t WHERE r",
    "SELECT count(*) AS n FROM t ORDER BY n, nosuch",
    "SELECT a FROM t x WHERE t.a",
    "SELECT main.x.a FROM t x",
    "SELECT main.t.a, temp.t.a FROM t",
  };

  /** Two errors in one statement of which the other one is told, or clauses read more strictly. */
  private static final Set<String> TOLD_DIFFERENTLY =
      Set.of(
          "VALUES (sum(a) FILTER (WHERE nosuch))",
          "VALUES (group_concat(a ORDER BY nosuch))",
          "SELECT sum(a) FILTER (WHERE nosuch)",
          "SELECT group_concat(a ORDER BY nosuch)",
          "SELECT a FROM t UNION SELECT a FROM u ORDER BY sum(DISTINCT a) OVER ()",
          "SELECT a FROM t UNION SELECT a FROM u ORDER BY (a, b) IN (1, 2)",
          "SELECT a FROM t UNION SELECT a FROM u ORDER BY (a, b) IN ((1, 2), (3))",
          "INSERT INTO t(a) VALUES (1) RETURNING sum(a) OVER nowin",
          "INSERT INTO t(a) VALUES (1) RETURNING lag(a) FILTER (WHERE a) OVER ()",
          "INSERT INTO t(a) VALUES (1) RETURNING (SELECT max(t.a) FROM u)",
          "INSERT INTO t(a) VALUES (1) RETURNING RAISE(IGNORE)",
          "INSERT INTO t(a) VALUES (1) RETURNING sum(a) FILTER (WHERE nosuch)",
          "INSERT INTO t(a) VALUES (1) RETURNING group_concat(a ORDER BY nosuch)",
          "INSERT INTO t(a) VALUES (1) RETURNING sum(a) OVER (RANGE 1 PRECEDING)");

  @Test
  void everyBadStatementFailsWithSqlitesWords() throws SQLException {
    List<String> statements = new ArrayList<>(List.of(STATEMENTS));
    for (String clause : CLAUSES) {
      for (String expression : EXPRESSIONS) {
        statements.add(clause.replace("@", expression));
      }
    }
    SchemaFixture fixture = new SchemaFixture(SCHEMA);
    List<String> differences = new ArrayList<>();
    try (Connection oracle = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement setup = oracle.createStatement()) {
      for (String each : SCHEMA) {
        setup.execute(each);
      }
      for (String each : statements) {
        String expected = prepared(oracle, each);
        String actual = ours(fixture, each);
        if (!expected.equals(actual) && !TOLD_DIFFERENTLY.contains(each)) {
          differences.add(each + "\n    sqlite: " + expected + "\n    ours:   " + actual);
        }
      }
    }
    String report = differences.size() + " of " + statements.size();
    assertThat(String.join("\n", differences)).as(report).isEmpty();
  }

  private static String prepared(Connection oracle, String sql) {
    try (PreparedStatement ignored = oracle.prepareStatement(sql)) {
      return "ok";
    } catch (SQLException e) {
      String message = e.getMessage();
      int open = message.indexOf('(');
      return message.substring(open + 1, message.length() - 1);
    }
  }

  private static String ours(SchemaFixture fixture, String sql) {
    try {
      fixture.bind(sql);
      return "ok";
    } catch (DatabaseException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
