package dev.turso.fuzz;

import static dev.turso.fuzz.Agreement.agree;

import org.junit.jupiter.api.Test;

/** What random programs have found, each as the shortest program that tells it. */
class FoundByFuzzingDifferentialTest {

  @Test
  void aNegatedRealLiteralKeepsItsSignAtZero() {
    agree("SELECT -0.0, -(0.0), -0e0, - -0.0", "SELECT -x FROM (SELECT 0.0 AS x)");
  }

  @Test
  void aRealColumnTakesNegativeZeroAsZeroAtOnce() {
    agree(
        "CREATE TABLE t(a REAL, b NUMERIC, c)",
        "CREATE TABLE log(a, b)",
        "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES(NEW.a, NEW.b); END",
        "INSERT INTO t VALUES(-0.0, -0.0, -0.0) RETURNING *",
        "SELECT * FROM log",
        "UPDATE t SET a = -0.0 RETURNING a");
  }

  @Test
  void columnsOfExcludedHaveNeitherAffinityNorCollation() {
    agree(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT, n INT, c TEXT COLLATE NOCASE)",
        "INSERT INTO t VALUES(0, '1', 5, 'A')",
        "INSERT INTO t VALUES(0, '1', 5, 'a') ON CONFLICT(id) DO UPDATE SET n = n + 1"
            + " WHERE excluded.x >= 9.2e18",
        "INSERT INTO t VALUES(0, '1', 5, 'a') ON CONFLICT(id) DO UPDATE SET n = (excluded.x = 1)"
            + " || (excluded.c = 'A') || (excluded.n = '5') || (t.c = 'A') RETURNING n");
  }

  @Test
  void aWrongTypeInAStrictTableIsNoMatterOfConflictClauses() {
    agree(
        "CREATE TABLE t(a INTEGER) STRICT",
        "INSERT INTO t VALUES(1), (2)",
        "BEGIN",
        "DELETE FROM t WHERE a = 1",
        "INSERT OR ROLLBACK INTO t VALUES('x')",
        "SELECT * FROM t",
        "INSERT OR FAIL INTO t VALUES(3), ('x')",
        "COMMIT",
        "SELECT count(*) FROM t WHERE a < 3");
  }

  @Test
  void theKeyOfATableWithoutRowidThatWouldBeTheRowidHasTheColumnsCollation() {
    agree(
        "CREATE TABLE t(x INTEGER, PRIMARY KEY(x COLLATE NOCASE)) WITHOUT ROWID",
        "INSERT INTO t VALUES('A'), ('a')",
        "SELECT * FROM t",
        "PRAGMA index_xinfo(sqlite_autoindex_t_1)",
        "CREATE TABLE u(x INTEGER UNIQUE, PRIMARY KEY(x COLLATE NOCASE)) WITHOUT ROWID",
        "SELECT type, name FROM sqlite_schema");
  }

  @Test
  void aStoredColumnMayBeAddedToATableWithoutRows() {
    agree(
        "CREATE TABLE t(x)",
        "ALTER TABLE t ADD COLUMN y AS (x + 1) STORED",
        "INSERT INTO t VALUES(1)",
        "ALTER TABLE t ADD COLUMN z AS (x) STORED",
        "SELECT * FROM t");
  }

  @Test
  void aColumnOfUsingIsAmbiguousWhereAFullJoinFollows() {
    agree(
        "CREATE TABLE t(x)",
        "SELECT NULL FROM t LEFT JOIN t NATURAL FULL JOIN t",
        "SELECT NULL FROM t a LEFT JOIN t b USING (x) FULL JOIN t c USING (x)",
        "SELECT NULL FROM t a, t b JOIN t c USING (x)",
        "SELECT NULL FROM t a, t b JOIN t c USING (x) RIGHT JOIN t d ON 1");
  }

  @Test
  void changesOfTriggersCountInTotalThoughTheirStatementFails() {
    agree(
        "CREATE TABLE t(a UNIQUE)",
        "CREATE TABLE log(a)",
        "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES(1), (2); END",
        "INSERT INTO t VALUES(1), (2), (1)",
        "SELECT changes(), total_changes()",
        "SELECT count(*) FROM log");
  }

  @Test
  void theUpdateOfAnUpsertAbortsWhateverTheConstraintSays() {
    agree(
        "CREATE TABLE t(a UNIQUE, b NOT NULL ON CONFLICT IGNORE, c UNIQUE ON CONFLICT REPLACE)",
        "INSERT INTO t VALUES(1, 1, 1), (2, 2, 2)",
        "INSERT INTO t VALUES(1, 5, 5) ON CONFLICT(a) DO UPDATE SET b = NULL",
        "INSERT INTO t VALUES(1, 5, 5) ON CONFLICT(a) DO UPDATE SET c = 2",
        "SELECT * FROM t");
  }

  @Test
  void aMissingValueIsSeenBeforeAWrongType() {
    agree(
        "CREATE TABLE t(a INT PRIMARY KEY, b INT) STRICT",
        "INSERT OR IGNORE INTO t VALUES(NULL, 'x')",
        "INSERT INTO t VALUES(NULL, 'x')",
        "SELECT count(*) FROM t");
  }

  @Test
  void columnsOfNewAndOldHaveACollationButNoAffinity() {
    agree(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT, n INT, c TEXT COLLATE NOCASE)",
        "CREATE TABLE log(a)",
        "CREATE TABLE keys(k TEXT)",
        "INSERT INTO keys VALUES('5'), ('1')",
        "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES((NEW.x > 1) || (1 < NEW.x)"
            + " || (NEW.n = '5') || (NEW.c = 'A') || (NEW.id = '1') || (NEW.x IN (1, 2))"
            + " || (NEW.n IN ('5')) || (SELECT count(*) FROM keys WHERE k = NEW.n)); END",
        "CREATE TRIGGER h BEFORE UPDATE ON t WHEN OLD.x > 1 BEGIN INSERT INTO log VALUES(OLD.n = '5'); END",
        "INSERT INTO t VALUES(1, '.5', 5, 'a')",
        "UPDATE t SET n = 5",
        "SELECT * FROM log",
        "INSERT INTO t VALUES(2, '.5', 5, 'a') RETURNING n = '5', x > 1");
  }

  @Test
  void savepointsOutliveAStatementThatCannotBePrepared() {
    agree(
        "SAVEPOINT s",
        "INSERT INTO nothing DEFAULT VALUES",
        "DROP INDEX nothing",
        "ROLLBACK TO s",
        "CREATE TABLE t(a)",
        "ROLLBACK TO s",
        "RELEASE s",
        "SELECT * FROM sqlite_schema");
  }

  @Test
  void aViewCanBeUpdatedWhereATriggerFiresForTheColumns() {
    agree(
        "CREATE VIEW v(a, b) AS SELECT 1, 2",
        "CREATE TRIGGER g INSTEAD OF UPDATE OF b ON v BEGIN SELECT 1; END",
        "UPDATE v SET a = 1",
        "UPDATE v SET b = 1",
        "UPDATE v SET a = 1, b = 1");
  }

  @Test
  void theLeastIntegerIsARowidWhenItComesAsReal() {
    agree(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, x)",
        "INSERT INTO t VALUES(-9223372036854775808.0, 1) RETURNING id, typeof(id)",
        "INSERT INTO t VALUES('-9223372036854775808.0', 2)",
        "INSERT INTO t VALUES(9223372036854775808.0, 3)",
        "INSERT INTO t VALUES(-9223372036854775808.0, 4)",
        "INSERT OR REPLACE INTO t(rowid, x) VALUES(-9223372036854775808.0, 5)",
        "INSERT INTO t VALUES(7, 6)",
        "UPDATE t SET id = -9223372036854775808.0 WHERE id = 7",
        "DELETE FROM t WHERE id = -9223372036854775808.0",
        "UPDATE t SET id = -9223372036854775808.0 WHERE id = 7 RETURNING id, typeof(id)",
        "UPDATE t SET id = '-9223372036854775808.0' WHERE x = 6",
        "SELECT id, typeof(id), x FROM t WHERE id = -9223372036854775808",
        "SELECT count(*) FROM t WHERE rowid <= -9223372036854775808.0",
        "CREATE TABLE u(x)",
        "INSERT INTO u(rowid, x) VALUES(-9223372036854775808.0, 1)",
        "UPDATE u SET rowid = 5",
        "UPDATE u SET rowid = -9223372036854775808.0",
        "SELECT rowid, typeof(rowid), x FROM u");
  }

  @Test
  void whatTheParserFoldsToANumberNamesAColumn() {
    agree(
        "CREATE TABLE t(a, b)",
        "INSERT INTO t VALUES(1, 2), (1, 3), (2, 5)",
        "SELECT a, count(*) FROM t GROUP BY 'x' IS NOT NULL",
        "SELECT a, count(*) FROM t GROUP BY -1.5 NOTNULL",
        "SELECT count(*) FROM t GROUP BY 1 IS NOT NULL",
        "SELECT count(*) FROM t GROUP BY NULL IS NOT NULL",
        "SELECT a FROM t ORDER BY x'00' IS NULL",
        "SELECT a FROM t GROUP BY a AND 0",
        "SELECT a FROM t GROUP BY ((0 AND a) IS NULL) NOTNULL",
        "SELECT a, b FROM t UNION SELECT b, a FROM t ORDER BY 5 NOTNULL");
  }

  @Test
  void nothingStaysOfARowWhoseReturningFails() {
    agree(
        "CREATE TABLE t(a)",
        "BEGIN",
        "INSERT INTO t VALUES(1)",
        "INSERT INTO t VALUES(2) RETURNING json('{')",
        "UPDATE t SET a = 3 RETURNING json('{')",
        "DELETE FROM t RETURNING json('{')",
        "SELECT * FROM t",
        "INSERT INTO t VALUES(2), (3)",
        "DELETE FROM t RETURNING json(CASE a WHEN 3 THEN '{' END)",
        "COMMIT",
        "SELECT * FROM t");
  }

  @Test
  void whatFailLeavesBehindIsRolledBackWhereADeferredKeyIsBroken() {
    agree(
        "PRAGMA foreign_keys = ON",
        "CREATE TABLE p(a INTEGER PRIMARY KEY)",
        "CREATE TABLE c(a INTEGER PRIMARY KEY, b REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
        "INSERT OR FAIL INTO c VALUES(1, 1), (1, 1)",
        "SELECT * FROM c",
        "CREATE TABLE t(a)");
  }

  @Test
  void keysAreDeferredUntilTheTransactionEndsOnly() {
    agree(
        "PRAGMA foreign_keys = ON",
        "CREATE TABLE p(a INTEGER PRIMARY KEY)",
        "CREATE TABLE c(b REFERENCES p)",
        "PRAGMA defer_foreign_keys = 1",
        "PRAGMA defer_foreign_keys",
        "BEGIN",
        "INSERT INTO c VALUES(1)",
        "PRAGMA defer_foreign_keys = 1",
        "INSERT INTO c VALUES(1)",
        "COMMIT",
        "ROLLBACK");
  }

  @Test
  void aForeignKeyThatDoesNotMatchIsToldByItsCheck() {
    agree(
        "CREATE TABLE p(a, b UNIQUE)",
        "CREATE TABLE c(x REFERENCES p(b), y REFERENCES nowhere)",
        "PRAGMA foreign_key_check",
        "CREATE TABLE d(x REFERENCES p(a))",
        "PRAGMA foreign_key_check(d)",
        "PRAGMA foreign_key_check(c)");
  }

  @Test
  void aDefaultOfAnotherTypeIsRefusedWhereAStrictTableHasRows() {
    agree(
        "CREATE TABLE t(a INT) STRICT",
        "ALTER TABLE t ADD COLUMN b INT DEFAULT 'x'",
        "ALTER TABLE t ADD COLUMN c INT DEFAULT '5'",
        "CREATE TABLE u(a INT) STRICT",
        "INSERT INTO u VALUES(1)",
        "ALTER TABLE u ADD COLUMN b INT DEFAULT 'x'",
        "ALTER TABLE u ADD COLUMN c INT DEFAULT '5'",
        "SELECT * FROM u");
  }

  @Test
  void theWeekdayBeforeIsAskedForWithAMinus() {
    agree(
        "SELECT date('2024-01-15', 'weekday -1'), date('2024-01-15', 'weekday -0'),"
            + " date('2024-01-15', 'weekday -6'), date('2024-01-15', 'weekday -7')");
  }

  @Test
  void lagByAFractionFindsNoRow() {
    agree(
        "CREATE TABLE t(a)",
        "INSERT INTO t VALUES(1), (2), (3)",
        "SELECT lag(a, 1.5) OVER (), lag(a, '1.0') OVER (), lead(a, 0.5, 9) OVER () FROM t");
  }

  @Test
  void aKeyThatSharesTheIndexOfAnEarlierUniqueHasItsDirections() {
    agree(
        "CREATE TABLE t(a UNIQUE, b, PRIMARY KEY(a DESC)) WITHOUT ROWID",
        "INSERT INTO t(a) VALUES(1), (2)",
        "SELECT * FROM t",
        "SELECT * FROM t ORDER BY a",
        "SELECT * FROM t ORDER BY a DESC",
        "SELECT max(a), min(a) FROM t",
        "CREATE TABLE u(a, b, UNIQUE(a, b), PRIMARY KEY(a DESC, b)) WITHOUT ROWID",
        "INSERT INTO u VALUES(1, 1), (1, 2), (2, 1)",
        "SELECT * FROM u ORDER BY a DESC, b",
        "SELECT * FROM u ORDER BY a, b");
  }

  @Test
  void ofSeveralSelectsTheLastDecidesHowAnOperandIsCompared() {
    agree(
        "CREATE TABLE t(a, i INT, x TEXT, n TEXT COLLATE NOCASE)",
        "INSERT INTO t VALUES('0', 7, '0', 'A')",
        "SELECT '0' IN (VALUES(NULL),(CAST('0' AS INT)),(NULL))",
        "SELECT '0' IN (VALUES(CAST('0' AS INT)),(NULL),(2<<1))",
        "SELECT '0' IN (VALUES(1+1),(2<<1),(CAST('0' AS INT)))",
        "SELECT printf('%s',a) IN (VALUES(NULL),(CAST(x AS INT)),(NULL)) FROM t",
        "SELECT printf('%s',a) IN (VALUES(NULL),(NULL),(CAST(x AS INT))) FROM t",
        "SELECT printf('%s',a) IN (SELECT NULL UNION ALL SELECT CAST(x AS INT) UNION ALL SELECT NULL) FROM t",
        "SELECT printf('%s',a) IN (SELECT CAST(x AS INT) UNION ALL SELECT NULL) FROM t",
        "SELECT printf('%s',a) IN (SELECT NULL UNION ALL SELECT CAST(x AS INT)) FROM t",
        "SELECT * FROM t a LEFT JOIN t b ON a.i=b.i WHERE printf('%s',a.a) IN (VALUES(b.i-b.i+5),(CAST(b.x AS INT)),(NULL))",
        "SELECT column1, column1 = '1', typeof(column1) FROM (VALUES(1),(CAST('1' AS INT)),('1'))",
        "SELECT column1, column1 = '1', typeof(column1) FROM (VALUES(CAST('1' AS INT)),(1),('1'))",
        "SELECT c = '1', typeof(c) FROM (SELECT column1 AS c FROM (VALUES(1),(CAST('1' AS REAL))))",
        "WITH v(c) AS (VALUES(1),(CAST('1' AS INT))) SELECT c = '1' FROM v",
        "WITH v(c) AS (VALUES(CAST('1' AS REAL)),(1)) SELECT c = '1', typeof(c) FROM v",
        "SELECT i IN (SELECT '7' UNION ALL VALUES('x'),('7')) FROM t",
        "SELECT '7' IN (SELECT i FROM t UNION ALL VALUES(1),(2))",
        "SELECT '7' IN (VALUES(1),(2) UNION ALL SELECT i FROM t)",
        "SELECT (VALUES(CAST('0' AS INT)),(1)) = '0'",
        "SELECT (VALUES(i*0),(CAST('0' AS INT))) = '0' FROM t",
        "SELECT (VALUES(CAST(x AS INT)),(i+1)) = '0' FROM t",
        "SELECT (SELECT CAST(x AS INT) UNION ALL SELECT 0) = '0' FROM t",
        "SELECT 'a' IN (SELECT 'A' UNION ALL SELECT n) FROM t",
        "SELECT 'a' IN (SELECT n UNION ALL SELECT 'A') FROM t",
        "SELECT 'a' IN (SELECT n UNION SELECT 'A') FROM t",
        "SELECT 'a' IN (VALUES('A'),(n)) FROM t",
        "SELECT 'a' IN (VALUES(n),('A')) FROM t",
        "SELECT 'a' IN (VALUES('b'),('A' COLLATE NOCASE)) FROM t",
        "SELECT 'a' IN (VALUES('A' COLLATE NOCASE),('b')) FROM t",
        "SELECT '0' IN (SELECT i-7 FROM t UNION ALL SELECT i FROM t)",
        "SELECT '0' IN (SELECT i FROM t UNION ALL SELECT i-7 FROM t)",
        "SELECT ('0',1) IN (SELECT i-7, 1 FROM t UNION SELECT i,1 FROM t)",
        "SELECT ('0',1) IN (SELECT i,1 FROM t UNION SELECT i-7,1 FROM t)",
        "SELECT '0' IN (SELECT * FROM (VALUES(1),(CAST('0' AS INT))))",
        "SELECT '0' IN (SELECT * FROM (VALUES(CAST('0' AS INT)),(1)))");
  }
}
