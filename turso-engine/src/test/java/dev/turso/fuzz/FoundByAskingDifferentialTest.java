package dev.turso.fuzz;

import static dev.turso.fuzz.Agreement.agree;

import org.junit.jupiter.api.Test;

/** What scripts asked of both engines have found, where random programs seldom go. */
class FoundByAskingDifferentialTest {

  @Test
  void columnsThatAFullJoinMergesAreComparedAsTheFirstAndStayWhatTheyAre() {
    agree(
        "CREATE TABLE a(c DOUBLE)",
        "CREATE TABLE b(c TEXT)",
        "CREATE TABLE d(c TEXT, x)",
        "INSERT INTO b VALUES('1.0')",
        "INSERT INTO d VALUES('1 ', 1), ('+1', 2)",
        "SELECT * FROM a RIGHT JOIN b USING(c) NATURAL LEFT JOIN d",
        "SELECT * FROM a RIGHT JOIN b USING(c) JOIN d USING(c)",
        "SELECT c, typeof(c), c = 1, c = '1' FROM a FULL JOIN b USING(c)",
        "SELECT * FROM a FULL JOIN b USING(c) FULL JOIN d USING(c)");
  }

  @Test
  void theParentsAffinityDecidesWhetherAChildHasAParent() {
    agree(
        "CREATE TABLE p(a UNIQUE, b TEXT UNIQUE, c INT UNIQUE, d TEXT COLLATE NOCASE UNIQUE)",
        "CREATE TABLE c(a INT REFERENCES p(a), b REFERENCES p(b), c TEXT REFERENCES p(c),"
            + " d TEXT REFERENCES p(d))",
        "INSERT INTO p VALUES('01', '1', 1, 'x'), (2, '02', 2, 'y')",
        "INSERT INTO c VALUES('01', 1, '1', 'X'), (2, 2, '02', 'Y'), (1, '1', '1x', 'z')",
        "PRAGMA foreign_key_check");
  }

  @Test
  void textBesideARealIsReadAsAReal() {
    agree(
        "SELECT atan2('99.99' * '-0', -1) < 0, atan2('-0' * 2, -1) < 0, atan2(0.0 + '-0', -1) < 0",
        "SELECT atan2('-0' / 2.0, -1) < 0, atan2('-0' - 0.0, -1) < 0, atan2(x'2d30' * 1.5, -1) < 0",
        "SELECT '9007199254740993' * 1.0, '7' / 2, '7' / 2.0, '7x' + '1.5', '1e3' - 1, ' 5 ' * ' 6 '");
  }

  @Test
  void aTriggerIsOfTheDatabaseOfItsTable() {
    agree(
        "ATTACH ':memory:' AS other",
        "CREATE TABLE other.t(a)",
        "CREATE TABLE m(a)",
        "CREATE TRIGGER g1 AFTER INSERT ON other.t BEGIN SELECT 1; END",
        "CREATE TRIGGER g2 AFTER INSERT ON t BEGIN SELECT 1; END",
        "CREATE TRIGGER other.g3 AFTER INSERT ON main.m BEGIN SELECT 1; END",
        "CREATE TRIGGER other.g4 AFTER INSERT ON t BEGIN SELECT 1; END",
        "CREATE TEMP TRIGGER g5 AFTER INSERT ON other.t BEGIN SELECT 1; END",
        "SELECT name FROM main.sqlite_schema WHERE type = 'trigger'",
        "SELECT name FROM other.sqlite_schema WHERE type = 'trigger'",
        "SELECT name FROM temp.sqlite_schema WHERE type = 'trigger'");
  }

  @Test
  void whatAlterLeavesOfATablesText() {
    agree(
        "CREATE TABLE t(a /* 1 */, b INT REFERENCES t NOT DEFERRABLE /* 2 */,"
            + " CONSTRAINT c CHECK(a > 0) /* 3 */ , CONSTRAINT d CHECK(b > 0) /* 4 */)",
        "ALTER TABLE t DROP CONSTRAINT d",
        "SELECT sql FROM sqlite_schema",
        "ALTER TABLE t DROP CONSTRAINT c",
        "SELECT sql FROM sqlite_schema",
        "ALTER TABLE t ALTER COLUMN b SET NOT NULL",
        "ALTER TABLE t ADD CONSTRAINT e /* 5 */ CHECK(a > 1) /* 6 */",
        "ALTER TABLE t ADD CONSTRAINT g CHECK(a <> '-- 8') /* 9 */ -- 10",
        "ALTER TABLE t ADD COLUMN f /* 7 */",
        "SELECT sql FROM sqlite_schema",
        "ALTER TABLE t RENAME TO t");
  }

  @Test
  void aColumnThatUsingNamesIsNotRenamed() {
    agree(
        "CREATE TABLE t(a, b)",
        "CREATE TABLE u(a, c)",
        "CREATE TRIGGER g AFTER INSERT ON t BEGIN"
            + " UPDATE t SET b = x.c FROM u x JOIN u y USING(a) WHERE x.c = t.b; END",
        "ALTER TABLE u RENAME COLUMN a TO z",
        "ALTER TABLE u RENAME COLUMN c TO z",
        "SELECT sql FROM sqlite_schema");
  }

  @Test
  void aColumnWithinAUniqueConstraintOfTheTableIsNotDropped() {
    agree(
        "CREATE TABLE t(a, b UNIQUE, c, UNIQUE(a))",
        "ALTER TABLE t DROP COLUMN a",
        "ALTER TABLE t DROP COLUMN b",
        "ALTER TABLE t DROP COLUMN c",
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL");
  }

  @Test
  void matchIsKnownAndOfNoUse() {
    agree("SELECT 'a' MATCH 'b' WHERE 0", "SELECT 'a' MATCH 'b'", "SELECT match(1)");
  }

  @Test
  void theTargetOfAnUpdateMayBeCalledLikeASubqueryOfIt() {
    agree(
        "CREATE TABLE t(a)",
        "INSERT INTO t VALUES(1)",
        "UPDATE t SET a = 8 FROM (SELECT 1) AS t",
        "UPDATE t SET a = 9 FROM t",
        "UPDATE t SET a = 9 FROM t WHERE t.a = 8",
        "SELECT * FROM t");
  }

  @Test
  void updateFromChangesRowsInTheOrderOfTheirKeysAndTheLastMatchCounts() {
    agree(
        "CREATE TABLE t(a INT UNIQUE)",
        "INSERT INTO t VALUES(3), (2), (1)",
        "UPDATE t SET a = a + 1 FROM (SELECT 1 AS k UNION SELECT 2 UNION SELECT 3) WHERE a = k",
        "SELECT rowid, a FROM t",
        "UPDATE t SET a = m FROM (SELECT 2 AS k, 10 AS m UNION SELECT 2, 20 UNION SELECT 3, 30)"
            + " WHERE a = k RETURNING *",
        "CREATE TABLE w(a TEXT COLLATE NOCASE, c INT, b, PRIMARY KEY(c DESC, a)) WITHOUT ROWID",
        "INSERT INTO w VALUES('A', 1, 0), ('B', 2, 0), ('c', 2, 0)",
        "UPDATE w SET b = k FROM (SELECT 1 AS k UNION SELECT 2) RETURNING *");
  }

  @Test
  void aCompoundsRealColumnHasRealsForWhoReadsItFromFrom() {
    agree(
        "CREATE TABLE r(a REAL, b INT, c TEXT)",
        "INSERT INTO r VALUES(1, 2, '3')",
        "SELECT x, typeof(x) FROM (SELECT 5 AS x UNION SELECT a FROM r)",
        "SELECT x, typeof(x), x || '' FROM (SELECT a AS x FROM r UNION ALL SELECT b FROM r)",
        "SELECT x FROM (SELECT b AS x FROM r UNION ALL SELECT a FROM r)",
        "SELECT 5 AS x UNION SELECT a FROM r",
        "CREATE VIEW v AS SELECT CAST(a AS REAL) AS m FROM r UNION ALL SELECT 1",
        "SELECT * FROM v",
        "PRAGMA table_info(v)",
        "WITH RECURSIVE c(x) AS (SELECT a FROM r UNION ALL SELECT 1 + CAST(x AS INT) FROM c"
            + " WHERE x < 4) SELECT x, x / 2 FROM c",
        "WITH RECURSIVE c(x, y) AS (SELECT 1, 0 UNION SELECT x + 1, (SELECT a FROM r) FROM c"
            + " WHERE x < 3) SELECT * FROM c");
  }

  @Test
  void besideAZeroAnAndLooksAtNoName() {
    agree(
        "CREATE TABLE t(a)",
        "INSERT INTO t VALUES(1)",
        "SELECT nosuch AND 0, 0x0 AND nosuch, (nosuch AND 0) OR 1",
        "SELECT * FROM t WHERE 0 AND 1 AND nosuch",
        "SELECT * FROM t x LEFT JOIN t y ON nosuch AND (0)",
        "SELECT nosuch AND +0",
        "SELECT nosuch AND FALSE",
        "SELECT nosuch() AND 0",
        "SELECT 0 AND nosuch AND nosuch()",
        "SELECT (a LIKE nosuch) AND 0 FROM t");
  }

  @Test
  void whatADefaultMayBe() {
    agree(
        "CREATE TABLE t(a)",
        "INSERT INTO t VALUES(1)",
        "ALTER TABLE t ADD COLUMN b REAL DEFAULT (CAST('12ab' AS INT))",
        "ALTER TABLE t ADD COLUMN c TEXT DEFAULT (-CAST('4' AS REAL))",
        "ALTER TABLE t ADD COLUMN d INT DEFAULT (~5)",
        "ALTER TABLE t ADD COLUMN e TEXT DEFAULT 1e5",
        "ALTER TABLE t ADD COLUMN f DEFAULT -0x8000000000000000",
        "ALTER TABLE t ADD COLUMN g DEFAULT (\"x\")",
        "ALTER TABLE t ADD COLUMN h TEXT DEFAULT true",
        "SELECT * FROM t",
        "CREATE TABLE u(a, b DEFAULT (\"x\"))",
        "CREATE TABLE u(a, b DEFAULT (abs(a)))",
        "CREATE TABLE u(a, b DEFAULT ((SELECT 1)))",
        "CREATE TABLE u(a, b DEFAULT \"x\", c DEFAULT (nosuch(1)))",
        "INSERT INTO u(c) VALUES(1)",
        "INSERT INTO u(a) VALUES(1)",
        "SELECT * FROM u");
  }

  @Test
  void alterDoesNotCountTheColumnsOfAView() {
    agree(
        "CREATE TABLE t(a)",
        "CREATE TABLE u(a)",
        "CREATE VIEW v(x) AS SELECT * FROM t",
        "ALTER TABLE t ADD COLUMN b",
        "ALTER TABLE u RENAME COLUMN a TO c",
        "ALTER TABLE u RENAME TO w",
        "SELECT sql FROM sqlite_schema",
        "SELECT * FROM v");
  }

  @Test
  void jsonOfATableFunctionIsJsonInAJoin() {
    agree(
        "CREATE TABLE t(a)",
        "INSERT INTO t VALUES(1), (2)",
        "SELECT a, json_array(value) FROM t, json_each('[1,{\"a\":[2]}]') ORDER BY 1, 2",
        "SELECT json_array(value) FROM t LEFT JOIN json_each('[{\"a\":[2]}]')");
  }

  @Test
  void aRangeFrameAddsItsOffsetToTheRowThatComesFirst() {
    agree(
        "CREATE TABLE t(a, y DOUBLE)",
        "INSERT INTO t VALUES('p', 9007199254740992), ('q', 9007199254740994), ('r', 2), ('s', 1)",
        "SELECT group_concat(a) OVER (ORDER BY y DESC RANGE BETWEEN 2 PRECEDING AND 1 PRECEDING)"
            + " FROM t",
        "SELECT group_concat(a) OVER (ORDER BY y RANGE BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM t",
        "CREATE TABLE u AS SELECT a, CAST(y AS INT) AS y FROM t",
        "INSERT INTO u VALUES('min', -9223372036854775808)",
        "SELECT group_concat(a) OVER (ORDER BY y RANGE BETWEEN 1 PRECEDING AND 3.0 FOLLOWING) FROM u",
        "SELECT group_concat(a) OVER (ORDER BY y RANGE BETWEEN 3 PRECEDING AND 1 PRECEDING) FROM u");
  }

  @Test
  void jsonInAnOrderedAggregateStaysJson() {
    agree(
        "CREATE TABLE t(a, b)",
        "INSERT INTO t VALUES(1, 'x'), (2, 'x'), (3, 'y')",
        "SELECT b, json_group_array(json_object('a', a) ORDER BY a DESC) FROM t GROUP BY b",
        "SELECT json_group_array(DISTINCT json_array(b) ORDER BY json_array(b)) FROM t",
        "SELECT json_group_object(a, json_array(b) ORDER BY a) FROM t",
        "SELECT u.b, (SELECT json_group_array(json_array(a) ORDER BY a) FROM t WHERE b = u.b)"
            + " FROM (SELECT DISTINCT b FROM t) u");
  }

  @Test
  void bareColumnsBesideAnExtremeOfNullsAreTheLastRows() {
    agree(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b)",
        "INSERT INTO t VALUES(1, NULL, NULL), (2, NULL, NULL), (3, NULL, 'x'), (4, 1, 'x'),"
            + " (5, NULL, 'x'), (6, 1, 'x')",
        "SELECT b, max(a), id FROM t GROUP BY b",
        "SELECT b, min(a), id FROM t GROUP BY b",
        "SELECT b, max(a) FILTER (WHERE id < 2), id FROM t GROUP BY b",
        "SELECT b, max(a) FILTER (WHERE id < 0), id FROM t GROUP BY b",
        "SELECT max(a), id FROM t WHERE b IS NULL",
        "UPDATE t SET a = NULL",
        "CREATE INDEX ta ON t(a)",
        "SELECT max(a), id FROM t");
  }

  @Test
  void theAverageOfBothInfinitiesIsNull() {
    agree(
        "CREATE TABLE t(a)",
        "INSERT INTO t VALUES(9e999), (5), (-9e999)",
        "SELECT avg(a), sum(a), total(a) FROM t",
        "SELECT avg(a) FROM t GROUP BY typeof(a) = ''");
  }
}
