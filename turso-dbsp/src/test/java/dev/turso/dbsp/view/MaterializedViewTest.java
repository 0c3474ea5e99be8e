package dev.turso.dbsp.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.DatabaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaterializedViewTest {

  @TempDir Path folder;
  private Database database;
  private Session session;

  private void open(String path) {
    database = Database.open(path, Options.DEFAULT);
    session = database.connect();
  }

  @AfterEach
  void close() {
    if (session != null) {
      session.close();
      database.close();
      session = null;
    }
  }

  private void run(String... statements) {
    for (String each : statements) {
      session.execute(each);
    }
  }

  private List<String> rows(String sql) {
    List<String> found = new ArrayList<>();
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < statement.columnCount(); i++) {
          row.append(i == 0 ? "" : "|").append(rows.get(i).asString());
        }
        found.add(row.toString());
      }
    }
    return found;
  }

  private long touched(String view) {
    for (String row : rows("PRAGMA turso_view_stats")) {
      String[] fields = row.split("\\|");
      if (fields[0].equals(view)) {
        return Long.parseLong(fields[2]);
      }
    }
    throw new AssertionError(view);
  }

  private static String shell(Path file, String sql) throws Exception {
    Process process =
        new ProcessBuilder("sqlite3", file.toString(), sql).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return output.strip();
  }

  private void orders() {
    run(
        "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INT, amount INT)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
            + " INSERT INTO orders SELECT i, i % 50, i FROM n",
        "CREATE MATERIALIZED VIEW totals AS"
            + " SELECT customer, count(*) AS n, sum(amount) AS total FROM orders GROUP BY customer");
  }

  /** The other connection compiled by root pages that were no longer those of its tables. */
  @Test
  void aViewIsReadAfterAVacuumOfAnotherConnection() {
    open(":memory:");
    run(
        "CREATE TABLE before_all AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
            + " WHERE i < 2000) SELECT i, hex(zeroblob(100)) AS x FROM n");
    orders();
    run("CREATE TABLE orders_old AS SELECT * FROM orders", "CREATE TABLE last(x)");
    try (Session other = database.connect()) {
      assertThat(AllRows.of(other, "SELECT * FROM totals")).hasSize(50);
      run("DROP TABLE before_all");
      assertThat(AllRows.of(other, "SELECT * FROM totals")).hasSize(50);
      run("VACUUM");
      assertThat(AllRows.of(other, "SELECT customer FROM totals AS t")).hasSize(50);
      other.execute("BEGIN");
      run("CREATE TABLE before_all(x)", "DROP TABLE orders_old", "VACUUM");
      assertThat(AllRows.of(other, "SELECT u.n FROM totals AS u JOIN totals AS t")).hasSize(2500);
      other.execute("COMMIT");
    }
  }

  @Test
  void aViewFollowsEachStatement() {
    open(":memory:");
    run("CREATE TABLE t(a, b)", "INSERT INTO t VALUES(1, 10), (2, 20)");
    run("CREATE MATERIALIZED VIEW v AS SELECT a, b * 2 AS d FROM t WHERE b > 5");
    assertThat(rows("SELECT * FROM v")).containsExactly("1|20", "2|40");
    run("INSERT INTO t VALUES(3, 30)", "UPDATE t SET b = 0 WHERE a = 1");
    assertThat(rows("SELECT * FROM v")).containsExactly("2|40", "3|60");
    run("DELETE FROM t");
    assertThat(rows("SELECT * FROM v")).isEmpty();
  }

  @Test
  void aColumnOfAUnionKeepsTheTypesOfEverySelect() {
    open(":memory:");
    run("CREATE TABLE r(x REAL)", "CREATE TABLE i(y INT)", "CREATE TABLE s(z TEXT)");
    run("INSERT INTO r VALUES(1.5), (7.0)", "INSERT INTO i VALUES(4)", "INSERT INTO s VALUES('9')");
    run("CREATE MATERIALIZED VIEW a AS SELECT x FROM r UNION SELECT y FROM i");
    run("CREATE MATERIALIZED VIEW b AS SELECT y FROM i UNION ALL SELECT x FROM r");
    run("CREATE MATERIALIZED VIEW c AS SELECT z FROM s UNION ALL SELECT y FROM i");
    run("CREATE MATERIALIZED VIEW d AS SELECT y FROM i UNION ALL SELECT z FROM s");
    run("INSERT INTO i VALUES(8)");
    assertThat(rows("SELECT * FROM a")).containsExactlyInAnyOrder("1.5", "7.0", "4", "8");
    assertThat(rows("SELECT typeof(y) FROM d ORDER BY 1"))
        .containsExactly("integer", "integer", "text");
    assertThat(rows("PRAGMA turso_check_views"))
        .containsExactlyInAnyOrder("a|ok", "b|ok", "c|ok", "d|ok");
  }

  @Test
  void workIsProportionalToTheChange() {
    open(":memory:");
    orders();
    run("UPDATE orders SET amount = 0 WHERE id = 7");
    assertThat(touched("totals")).isLessThan(10);
    run("CREATE TABLE customers(id INTEGER PRIMARY KEY, name TEXT)");
    run("INSERT INTO customers VALUES(7, 'seven'), (8, 'eight')");
    run(
        "CREATE MATERIALIZED VIEW named AS SELECT c.name, o.amount FROM orders o"
            + " LEFT JOIN customers c ON c.id = o.customer");
    run("UPDATE customers SET name = 'SEVEN' WHERE id = 7");
    assertThat(touched("named")).isLessThan(200);
    run("INSERT INTO orders VALUES(5000, 7, 1)");
    assertThat(touched("named")).isLessThan(10);
    assertThat(rows("PRAGMA turso_check_views")).containsExactly("totals|ok", "named|ok");
  }

  @Test
  void aViewIsReadInsideTheTransactionThatChangesItsBase() {
    open(":memory:");
    orders();
    run("BEGIN", "DELETE FROM orders WHERE customer = 3");
    assertThat(rows("SELECT count(*) FROM totals")).containsExactly("49");
    run("SAVEPOINT s", "DELETE FROM orders WHERE customer = 4");
    assertThat(rows("SELECT count(*) FROM totals")).containsExactly("48");
    run("ROLLBACK TO s");
    assertThat(rows("SELECT count(*) FROM totals")).containsExactly("49");
    run("ROLLBACK");
    assertThat(rows("SELECT count(*) FROM totals")).containsExactly("50");
    assertThat(rows("PRAGMA turso_check_views")).containsExactly("totals|ok");
  }

  @Test
  void theFirstViewBringsTheSideTablesAndTheLastOneTakesThemAway() {
    open(":memory:");
    String ours = "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'turso%'";
    run("CREATE TABLE t(a)");
    assertThat(rows(ours)).containsExactly("0");
    run("CREATE MATERIALIZED VIEW v AS SELECT a FROM t");
    run("CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT 1");
    run("CREATE MATERIALIZED VIEW w AS SELECT x.a FROM t x JOIN t y ON x.a = y.a");
    run("DROP MATERIALIZED VIEW v", "DROP VIEW w");
    assertThat(rows("SELECT name FROM sqlite_schema")).containsExactly("t");
  }

  @Test
  void creatingAViewIsUndoneByRollback() {
    open(":memory:");
    run("CREATE TABLE t(a)", "INSERT INTO t VALUES(1)", "BEGIN");
    run("CREATE MATERIALIZED VIEW v AS SELECT a FROM t", "INSERT INTO t VALUES(2)");
    assertThat(rows("SELECT * FROM v")).containsExactly("1", "2");
    run("ROLLBACK");
    assertThat(rows("SELECT name FROM sqlite_schema")).containsExactly("t");
    run("CREATE MATERIALIZED VIEW v AS SELECT a + 1 AS b FROM t", "INSERT INTO t VALUES(5)");
    assertThat(rows("SELECT b FROM v")).containsExactly("2", "6");
  }

  @Test
  void sqlCannotWriteAView() {
    open(":memory:");
    orders();
    assertThatThrownBy(() -> run("DELETE FROM totals")).hasMessageContaining("totals");
    assertThatThrownBy(() -> run("DELETE FROM turso_views")).hasMessageContaining("turso_views");
    assertThatThrownBy(() -> run("DROP TABLE totals")).hasMessageContaining("use DROP VIEW");
    assertThatThrownBy(() -> run("DROP TABLE orders")).hasMessageContaining("totals");
    assertThatThrownBy(() -> run("ALTER TABLE orders RENAME TO o"))
        .isInstanceOf(DatabaseException.class);
  }

  @Test
  void whatChangesByItselfIsRefused() {
    open(":memory:");
    run("CREATE TABLE t(a)", "CREATE TEMP TABLE u(a)");
    for (String select :
        List.of("random()", "date('now')", "datetime()", "last_insert_rowid()", "changes()")) {
      assertThatThrownBy(() -> run("CREATE MATERIALIZED VIEW v AS SELECT a, " + select + " FROM t"))
          .as(select)
          .isInstanceOf(DatabaseException.class);
    }
    assertThatThrownBy(() -> run("CREATE MATERIALIZED VIEW v AS SELECT * FROM u"))
        .hasMessageContaining("no such table");
    assertThat(rows("SELECT name FROM sqlite_schema")).containsExactly("t");
  }

  @Test
  void aViewThatFailsOnDataDoesNotKeepItsTableFromBeingWritten() {
    open(":memory:");
    run("CREATE TABLE t(a)", "INSERT INTO t VALUES(1)");
    run("CREATE MATERIALIZED VIEW v AS SELECT abs(a) AS b FROM t");
    run("INSERT INTO t VALUES(-9223372036854775808)");
    assertThat(rows("SELECT count(*) FROM t")).containsExactly("2");
    assertThatThrownBy(() -> rows("SELECT * FROM v")).hasMessageContaining("integer overflow");
    assertThat(rows("PRAGMA turso_check_views").getFirst()).contains("FAILED: integer overflow");
    run("DELETE FROM t WHERE a < 0");
    assertThat(rows("SELECT * FROM v")).containsExactly("1");
    assertThat(rows("PRAGMA turso_check_views")).containsExactly("v|ok");
  }

  @Test
  void viewsOverViewsFollow() {
    open(":memory:");
    orders();
    run("CREATE MATERIALIZED VIEW big AS SELECT customer FROM totals WHERE total > 10000");
    run("CREATE MATERIALIZED VIEW how_many AS SELECT count(*) AS n FROM big");
    List<String> before = rows("SELECT n FROM how_many");
    run("UPDATE orders SET amount = 100000 WHERE id = 1", "DELETE FROM orders WHERE customer = 49");
    assertThat(rows("SELECT n FROM how_many"))
        .isEqualTo(rows("SELECT count(*) FROM totals WHERE total > 10000"))
        .isNotEqualTo(before.size());
    assertThat(rows("PRAGMA turso_check_views")).allMatch(each -> each.endsWith("|ok"));
    assertThatThrownBy(() -> run("DROP VIEW totals")).hasMessageContaining("big");
  }

  @Test
  void reopeningBuildsNothingAnew() {
    String file = folder.resolve("a.db").toString();
    open(file);
    orders();
    close();
    open(file);
    run("UPDATE orders SET amount = 0 WHERE id = 7");
    assertThat(touched("totals")).isLessThan(10);
    assertThat(rows("PRAGMA turso_check_views")).containsExactly("totals|ok");
  }

  @Test
  void aForeignWriterMakesAViewStaleUntilTheNextWriter() throws Exception {
    Path file = folder.resolve("a.db");
    open(file.toString());
    orders();
    assertThat(rows("SELECT total FROM totals WHERE customer = 1")).containsExactly("9520");
    assertThat(shell(file, "UPDATE orders SET amount = 1000 WHERE id = 1;")).isEmpty();
    assertThat(rows("SELECT total FROM totals WHERE customer = 1")).containsExactly("10519");
    assertThat(shell(file, "DELETE FROM totals;")).contains("cannot modify materialized view");
    run("UPDATE orders SET amount = 0 WHERE id = 2");
    assertThat(rows("SELECT total FROM totals WHERE customer = 1")).containsExactly("10519");
    assertThat(rows("PRAGMA turso_check_views")).containsExactly("totals|ok");
    run("UPDATE orders SET amount = 3 WHERE id = 2");
    assertThat(touched("totals")).isLessThan(10);
    close();
    assertThat(shell(file, "PRAGMA integrity_check; SELECT count(*) FROM totals;"))
        .isEqualTo("ok\n50");
  }

  @Test
  void explainNamesWhatIsSoughtAndWhatIsKept() {
    open(":memory:");
    orders();
    assertThat(rows("EXPLAIN MATERIALIZED VIEW totals"))
        .anyMatch(each -> each.contains("count(*) (linear)"))
        .noneMatch(each -> each.contains("recompute"));
    run(
        "CREATE MATERIALIZED VIEW r AS WITH RECURSIVE n(i) AS"
            + " (SELECT 1 UNION SELECT o.amount FROM n JOIN orders o ON o.id = n.i + 1) SELECT i FROM n");
    assertThat(rows("EXPLAIN MATERIALIZED VIEW r")).anyMatch(each -> each.contains("recompute"));
    run(
        "CREATE MATERIALIZED VIEW c AS WITH RECURSIVE n(i) AS"
            + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n",
        "CREATE MATERIALIZED VIEW w AS"
            + " SELECT id, sum(amount) OVER (PARTITION BY customer) AS s FROM orders");
    for (String each : List.of("c", "w")) {
      assertThat(rows("EXPLAIN MATERIALIZED VIEW " + each))
          .noneMatch(line -> line.contains("recompute"));
    }
  }

  @Test
  void refreshBuildsAView() {
    open(":memory:");
    run("CREATE TABLE t(a)", "INSERT INTO t VALUES(1)");
    run("CREATE MATERIALIZED VIEW v AS SELECT a FROM t WITH NO DATA");
    run("REFRESH MATERIALIZED VIEW v");
    assertThat(rows("SELECT * FROM v")).containsExactly("1");
    assertThat(rows("PRAGMA turso_check_views")).containsExactly("v|ok");
  }

  @Test
  void vacuumByAnotherEngineDoesNotLeaveWrongRows() throws Exception {
    Path file = folder.resolve("a.db");
    open(file.toString());
    run("CREATE TABLE t(a, b)", "INSERT INTO t VALUES(1, 1), (2, 2), (3, 3), (4, 4)");
    run("CREATE MATERIALIZED VIEW v AS SELECT a, b FROM t WHERE b > 1");
    run("CREATE MATERIALIZED VIEW w AS SELECT a, count(*) AS n FROM t GROUP BY a");
    run("DELETE FROM t WHERE a IN (1, 2)");
    close();
    assertThat(shell(file, "VACUUM;")).isEmpty();
    open(file.toString());
    run("INSERT INTO t VALUES(5, 5)", "DELETE FROM t WHERE a = 3");
    assertThat(rows("SELECT a FROM v")).containsExactlyInAnyOrder("4", "5");
    assertThat(rows("PRAGMA turso_check_views")).containsExactly("v|ok", "w|ok");
  }

  @Test
  void aNewColumnOfABaseTableIsTakenIn() {
    open(":memory:");
    run("CREATE TABLE t(a)", "INSERT INTO t VALUES(1)");
    run("CREATE MATERIALIZED VIEW named AS SELECT a FROM t");
    run("CREATE MATERIALIZED VIEW starred AS SELECT * FROM t");
    run("ALTER TABLE t ADD COLUMN b DEFAULT 7", "INSERT INTO t VALUES(2, 3)");
    assertThat(rows("SELECT * FROM named")).containsExactly("1", "2");
    assertThat(rows("PRAGMA turso_check_views").getFirst()).isEqualTo("named|ok");
    assertThat(rows("PRAGMA turso_check_views").getLast()).contains("2 columns now");
    run("CREATE MATERIALIZED VIEW sums AS SELECT sum(b) AS s FROM t");
    assertThat(rows("SELECT s FROM sums")).containsExactly("10");
  }

  @Test
  void jsonStaysJsonInsideAnAggregate() {
    open(":memory:");
    run("CREATE TABLE t(a)", "INSERT INTO t VALUES(1)");
    run("CREATE MATERIALIZED VIEW v AS SELECT json_group_array(json_object('a', a)) AS j FROM t");
    run("INSERT INTO t VALUES(2)");
    assertThat(rows("SELECT j FROM v")).containsExactly("[{\"a\":1},{\"a\":2}]");
  }

  @Test
  void whatCannotBeAlteredSaysWhichViewReadsIt() {
    open("mem:altered");
    run(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n)",
        "CREATE MATERIALIZED VIEW total AS SELECT sum(n) AS n FROM t",
        "INSERT INTO t (n) VALUES (1), (2)");
    assertThatThrownBy(() -> run("ALTER TABLE t RENAME COLUMN n TO m"))
        .isInstanceOf(DatabaseException.class)
        .hasMessage("cannot alter table t: materialized view total reads it");
    assertThatThrownBy(() -> run("ALTER TABLE total RENAME TO sums"))
        .isInstanceOf(DatabaseException.class)
        .hasMessage("materialized view total may not be altered");
    run("ALTER TABLE t ADD COLUMN more", "INSERT INTO t (n, more) VALUES (3, 'x')");
    assertThat(rows("SELECT * FROM total")).containsExactly("6");
  }
}
