package dev.turso.sql.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.sql.ast.Statement;
import dev.turso.sql.parse.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlPrinterTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT DISTINCT a, t.b AS x, t.*, * FROM t WHERE a = 1 AND (b OR c) ORDER BY 1 DESC NULLS LAST",
        "SELECT * FROM a, b AS c JOIN d USING (x, y) LEFT JOIN (e NATURAL JOIN f) AS g ON 1",
        "SELECT * FROM main.t INDEXED BY i, u NOT INDEXED, f(1, 2) AS z, (SELECT 1) AS y",
        "WITH RECURSIVE a(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM a LIMIT 3 OFFSET 1), "
            + "b AS NOT MATERIALIZED (SELECT 2), c AS MATERIALIZED (SELECT 3) SELECT * FROM a, b, c",
        "SELECT sum(DISTINCT a) FILTER (WHERE b > 1) OVER (w PARTITION BY c ORDER BY d"
            + " ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES), count(*) OVER w"
            + " FROM t GROUP BY a, b HAVING count(*) > 1 WINDOW w AS (ORDER BY a)",
        "SELECT group_concat(a, ',' ORDER BY b DESC), f(ORDER BY a)",
        "SELECT CASE a WHEN 1 THEN 'x' ELSE x'0a' END, CAST(b AS VARCHAR(10)), NOT a IS NULL",
        "SELECT a BETWEEN 1 AND 2, a NOT IN (1, 2), a IN (SELECT 1), a IN main.t, a IN f(1), a IN ()",
        "SELECT a LIKE 'x' ESCAPE '\\', a NOT GLOB b, - -1, - -a, (a, b) = (1, 2), ~(a + b)",
        "SELECT a -> '$.x' ->> 'y', a || b COLLATE NOCASE, (a || b) COLLATE NOCASE, a - (b - c)",
        "SELECT ?, ?5, :a, @b, $c, EXISTS (SELECT 1), CURRENT_TIMESTAMP, \"d\"",
        "INSERT OR IGNORE INTO main.t AS x (a, b) VALUES (1, 2), (3, 4) ON CONFLICT (a) WHERE b"
            + " DO UPDATE SET a = 1, (b, c) = (SELECT 1, 2) WHERE a ON CONFLICT DO NOTHING"
            + " RETURNING *, a AS b",
        "INSERT INTO t DEFAULT VALUES",
        "WITH x AS (SELECT 1) UPDATE OR FAIL t AS u INDEXED BY i SET a = 1 FROM x WHERE a = 2"
            + " RETURNING a ORDER BY b LIMIT 1 OFFSET 2",
        "DELETE FROM t WHERE a LIMIT 3",
        "CREATE TABLE IF NOT EXISTS main.t (a INTEGER PRIMARY KEY DESC ON CONFLICT FAIL"
            + " AUTOINCREMENT, b VARCHAR(10, 2) CONSTRAINT n NOT NULL ON CONFLICT IGNORE UNIQUE"
            + " DEFAULT 5 COLLATE NOCASE CHECK (b > 1) REFERENCES p (x) ON DELETE SET NULL"
            + " ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, c GENERATED ALWAYS AS (a + 1)"
            + " STORED, d NULL DEFAULT (-1), CONSTRAINT k PRIMARY KEY (a, b COLLATE BINARY DESC),"
            + " UNIQUE (c) ON CONFLICT REPLACE, CHECK (a), FOREIGN KEY (a, b) REFERENCES q)"
            + " STRICT, WITHOUT ROWID",
        "CREATE TEMP TABLE t AS SELECT 1",
        "CREATE UNIQUE INDEX IF NOT EXISTS i ON t (a, b + 1 DESC) WHERE c IS NOT NULL",
        "CREATE TEMP VIEW v (a, b) AS SELECT 1, 2",
        "CREATE MATERIALIZED VIEW IF NOT EXISTS v (a) AS SELECT a FROM t WITH NO DATA",
        "CREATE TRIGGER IF NOT EXISTS r INSTEAD OF UPDATE OF a, b ON v WHEN new.a > 1 BEGIN"
            + " INSERT INTO t VALUES (1); UPDATE t SET a = 1 FROM u WHERE b; DELETE FROM t;"
            + " SELECT RAISE(ABORT, 'no'), RAISE(IGNORE); END",
        "CREATE VIRTUAL TABLE v USING fts5(a, b, tokenize = 'x, y')",
        "DROP MATERIALIZED VIEW IF EXISTS v",
        "REFRESH MATERIALIZED VIEW main.v ONLINE",
        "ALTER TABLE t ALTER COLUMN a TO b INTEGER NOT NULL",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1)",
        "BEGIN CONCURRENT",
        "ROLLBACK TO x",
        "PRAGMA main.cache_size = -2000",
        "ATTACH 'x.db' AS 'y' KEY 'z'",
        "VACUUM main INTO 'f'",
        "EXPLAIN ANALYZE SELECT 1",
        "EXPLAIN MATERIALIZED VIEW v",
        "EXPLAIN QUERY PLAN SELECT 1"
      })
  void printsWhatWasWrittenInItsOwnStyle(String sql) {
    assertThat(SqlPrinter.print(Parser.parseStatement(sql))).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "select a==b, a!=b, a isnull, a not null | SELECT a = b, a <> b, a IS NULL, a IS NOT NULL",
        "select ((a+b))*((c)) x | SELECT (a + b) * c AS x",
        "select 1 is distinct from 2 | SELECT 1 IS NOT 2",
        "select [a b], `select` from \"from\" | SELECT `a b`, `select` FROM \"from\"",
        "select 1_000, 0x1_F, 1_0.5 | SELECT 1000, 0x1F, 10.5",
        "select all a from t limit 1, 2 | SELECT a FROM t LIMIT 2 OFFSET 1",
        "replace into t values(1) | INSERT OR REPLACE INTO t VALUES (1)",
        "create table t(a default foo, b default true) "
            + "| CREATE TABLE t (a DEFAULT 'foo', b DEFAULT (true))",
        "select sum(a) over (rows 1 preceding) "
            + "| SELECT sum(a) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
        "select mode() within group (order by x) filter (where y) "
            + "| SELECT \"mode within group\"(x) FILTER (WHERE y)",
        "select f(1) within group by 2 | SELECT f(1) AS within GROUP BY 2",
        "end transaction | COMMIT",
      })
  void printsOtherSpellingsInItsStyle(String sql, String printed) {
    Statement statement = Parser.parseStatement(sql);
    assertThat(SqlPrinter.print(statement)).isEqualTo(printed);
    assertThat(Trees.shape(Parser.parseStatement(printed))).isEqualTo(Trees.shape(statement));
  }

  @Test
  void quotesNamesThatWouldNotBeReadAsNames() {
    assertThat(SqlPrinter.quotedIfNeeded("plain_1")).isEqualTo("plain_1");
    assertThat(SqlPrinter.quotedIfNeeded("größe")).isEqualTo("größe");
    assertThat(SqlPrinter.quotedIfNeeded("order")).isEqualTo("\"order\"");
    assertThat(SqlPrinter.quotedIfNeeded("two words")).isEqualTo("\"two words\"");
    assertThat(SqlPrinter.quotedIfNeeded("a\"b")).isEqualTo("\"a\"\"b\"");
    assertThat(SqlPrinter.quotedIfNeeded("1st")).isEqualTo("\"1st\"");
    assertThat(SqlPrinter.quotedIfNeeded("")).isEqualTo("\"\"");
  }
}
