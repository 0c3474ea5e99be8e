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
}
