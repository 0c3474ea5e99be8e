package dev.turso.fuzz;

import static dev.turso.fuzz.Agreement.agree;

import org.junit.jupiter.api.Test;

/** What ALTER TABLE leaves of the texts that name its table or column, object by object, as natively. */
class RenameDifferentialTest {

  private static final String OBJECTS =
      """
      CREATE VIEW v AS SELECT t.a, u.b FROM t JOIN u ON t.a = u.a
      CREATE VIEW v AS SELECT x.a, y.a FROM t x, t y WHERE x.a < y.a
      CREATE VIEW v AS SELECT a FROM t JOIN u USING (a)
      CREATE VIEW v AS SELECT a FROM t NATURAL JOIN u
      CREATE VIEW v AS SELECT b FROM t NATURAL JOIN u
      CREATE VIEW v AS SELECT a FROM (SELECT a FROM t)
      CREATE VIEW v AS SELECT q.a FROM (SELECT a FROM t) AS q
      CREATE VIEW v AS SELECT q.k FROM (SELECT a AS k FROM t) AS q
      CREATE VIEW v AS WITH c(a) AS (SELECT a FROM t) SELECT a FROM c
      CREATE VIEW v AS WITH c AS (SELECT a FROM t) SELECT a FROM c
      CREATE VIEW v AS SELECT b FROM u WHERE EXISTS (SELECT 1 FROM t WHERE t.a = u.a)
      CREATE VIEW v AS SELECT b FROM u WHERE a IN (SELECT a FROM t WHERE a = u.b)
      CREATE VIEW v AS SELECT b FROM u WHERE EXISTS (SELECT 1 FROM t WHERE d = 1 AND a = 2)
      CREATE VIEW v AS SELECT (SELECT max(a) FROM t WHERE c = u.b) FROM u
      CREATE VIEW v AS SELECT sum(a) FILTER (WHERE a > 1) OVER (PARTITION BY a ORDER BY a) FROM t
      CREATE VIEW v AS SELECT sum(c) OVER w FROM t WINDOW w AS (PARTITION BY a ORDER BY c, a)
      CREATE VIEW v AS SELECT CASE a WHEN 1 THEN a ELSE -a END AS z FROM t GROUP BY a HAVING count(a) > 1
      CREATE VIEW v AS SELECT "a", [a], `a`, t."a" FROM t
      CREATE VIEW v(a, z) AS SELECT a, c FROM t
      CREATE VIEW v AS SELECT * FROM t WHERE a > 1 UNION ALL SELECT * FROM t WHERE a < 0 ORDER BY 1
      CREATE VIEW v AS SELECT a AS c, c AS a FROM t ORDER BY a, c
      CREATE VIEW v AS SELECT c AS a FROM t WHERE a > 1 GROUP BY a
      CREATE VIEW v AS SELECT main.t.a FROM main.t
      CREATE VIEW v AS SELECT t.* FROM t
      CREATE VIEW v AS SELECT a FROM t AS t2 WHERE t2.a IS NOT NULL AND a
      CREATE VIEW v AS SELECT a FROM t UNION SELECT a FROM u ORDER BY a COLLATE NOCASE DESC
      CREATE VIEW v AS SELECT a FROM t WHERE (a, c) IN (SELECT a, b FROM u)
      CREATE VIEW v AS SELECT a FROM t WHERE a BETWEEN c AND (SELECT a FROM u) LIMIT 5
      CREATE VIEW v AS VALUES ((SELECT a FROM t)), (2)
      CREATE VIEW v AS SELECT value FROM t, json_each(t.a)
      CREATE VIEW v AS SELECT value FROM t, json_each(a)
      CREATE VIEW v AS SELECT CAST(a AS TEXT) || a || :x FROM t
      CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT a FROM t UNION SELECT n + 1 FROM r, t WHERE n < t.a) SELECT n FROM r ORDER BY n
      CREATE VIEW v AS SELECT group_concat(a ORDER BY a) FROM t
      CREATE INDEX v ON t(a DESC, c)
      CREATE INDEX v ON t(a + c) WHERE a > 3
      CREATE INDEX v ON t(lower("a")) WHERE t.a > 3
      CREATE TABLE v(x REFERENCES t(a), y REFERENCES t)
      CREATE TABLE v(x, y, FOREIGN KEY (x, y) REFERENCES t(a, c))
      CREATE TABLE v(a INT CHECK (a > 1), b AS (a + 1), UNIQUE (a), FOREIGN KEY (a) REFERENCES v(a))
      CREATE TRIGGER v AFTER INSERT ON t BEGIN SELECT new.a, a FROM t; END
      CREATE TRIGGER v AFTER UPDATE OF a, c ON t WHEN old.a <> new.a BEGIN UPDATE u SET b = new.a WHERE a = old.a; END
      CREATE TRIGGER v AFTER INSERT ON u BEGIN INSERT INTO t(a, c) VALUES (new.a, new.b); END
      CREATE TRIGGER v AFTER INSERT ON u BEGIN INSERT INTO t SELECT a, b, 1 FROM u WHERE a = new.a; END
      CREATE TRIGGER v AFTER INSERT ON u BEGIN UPDATE t SET a = a + 1, c = (SELECT a FROM u WHERE u.a = t.a) WHERE a = new.a; END
      CREATE TRIGGER v AFTER INSERT ON u BEGIN UPDATE t SET (a, c) = (SELECT a, b FROM u) FROM u x WHERE x.a = t.a; END
      CREATE TRIGGER v AFTER INSERT ON u BEGIN DELETE FROM t WHERE a IN (SELECT a FROM u) OR t.a = 1; END
      CREATE TRIGGER v INSTEAD OF INSERT ON vv BEGIN INSERT INTO t(a) VALUES (new.a); END
      CREATE TRIGGER v AFTER DELETE ON t WHEN EXISTS (SELECT 1 FROM u WHERE a = old.a) BEGIN SELECT RAISE(ABORT, 'a'); END
      CREATE TRIGGER v AFTER INSERT ON t BEGIN INSERT INTO u SELECT a, c FROM t UNION SELECT b, a FROM u ORDER BY a; END
      CREATE TRIGGER v AFTER INSERT ON t BEGIN SELECT a FROM t WHERE new.a > (SELECT count(*) FROM u WHERE a = new.c); END
      CREATE TEMP TRIGGER v AFTER INSERT ON t BEGIN INSERT INTO u(a) SELECT a FROM t; END
      CREATE TEMP VIEW v AS SELECT a FROM t JOIN u USING (a)
      CREATE TEMP VIEW v AS SELECT a FROM main.t ORDER BY a
      """;

  private static final String[] ALTERATIONS = {
    "ALTER TABLE t RENAME a TO zz",
    "ALTER TABLE t RENAME TO tt",
    "ALTER TABLE u RENAME a TO \"z z\"",
    "ALTER TABLE t RENAME COLUMN c TO a2",
    "ALTER TABLE u RENAME TO \"u u\"",
    "ALTER TABLE t DROP COLUMN d",
    "ALTER TABLE t DROP COLUMN c"
  };

  @Test
  void everyTextSaysTheNewNameOrTheAlterationIsRefused() {
    for (String object : OBJECTS.strip().split("\n")) {
      for (String alteration : ALTERATIONS) {
        agree(
            "CREATE TABLE t(a INTEGER PRIMARY KEY, c, d)",
            "CREATE TABLE u(a, b)",
            "CREATE VIEW vv AS SELECT 1 AS a",
            object,
            alteration,
            "SELECT type, name, tbl_name, sql FROM sqlite_schema",
            "SELECT type, name, tbl_name, sql FROM sqlite_temp_schema");
      }
    }
  }

  @Test
  void aTemporaryTableOfTheSameNameIsAnother() {
    agree(
        "CREATE TABLE t(a, b)",
        "CREATE TABLE u(c)",
        "CREATE TRIGGER temp.g AFTER INSERT ON main.t BEGIN INSERT INTO u VALUES(new.a); END",
        "CREATE TEMP TABLE t(x)",
        "ALTER TABLE main.t RENAME TO tt",
        "INSERT INTO tt VALUES(1, 2)",
        "SELECT * FROM u",
        "SELECT type, name, tbl_name, sql FROM sqlite_schema",
        "SELECT type, name, tbl_name, sql FROM sqlite_temp_schema");
  }

  @Test
  void withLegacyAlterTableOnlyTheTablesOwnNameIsFollowed() {
    for (String keys : new String[] {"ON", "OFF"}) {
      agree(
          "PRAGMA legacy_alter_table = ON",
          "PRAGMA foreign_keys = " + keys,
          "CREATE TABLE t(a PRIMARY KEY, b)",
          "CREATE TABLE c(x REFERENCES t(a))",
          "CREATE INDEX i ON t(b)",
          "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO c SELECT a FROM t; END",
          "CREATE VIEW v AS SELECT t.a FROM t",
          "ALTER TABLE t RENAME TO tt",
          "SELECT type, name, tbl_name, sql FROM sqlite_schema",
          "INSERT INTO tt VALUES(1, 2)",
          "CREATE TABLE w(a, CHECK(w.a > 0))",
          "ALTER TABLE w RENAME TO ww",
          "SELECT type, name, tbl_name, sql FROM sqlite_schema");
    }
  }

  @Test
  void aStringInDoubleQuotesStaysAString() {
    agree(
        "CREATE TABLE t(a, b)",
        "CREATE INDEX i ON t(\"c\" = b)",
        "INSERT INTO t VALUES('a', 'a'), ('c', 'c')",
        "ALTER TABLE t RENAME COLUMN a TO \"c\"",
        "SELECT sql FROM sqlite_schema",
        "PRAGMA integrity_check");
  }
}
