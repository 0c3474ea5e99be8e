package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.InterruptedStatementException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement ends soon after another thread asks for it, whatever it is busy with. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class InterruptTest {

  /** Far more than a statement takes to notice; far less than any of these would run. */
  private static final long PATIENCE_MILLIS = 2000;

  private static final int ROWS = 100_000;

  private static final String NUMBERS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT " + ROWS + ") ";

  @TempDir Path folder;

  private Database database;
  private Session session;

  @BeforeEach
  void fill() {
    database = Database.open(folder.resolve("interrupt.db").toString(), Options.DEFAULT);
    session = database.connect();
    session.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b INT, c TEXT)");
    session.execute(
        "INSERT INTO t " + NUMBERS + "SELECT i, i * 7919 % 100003, 'text ' || i FROM n");
    session.execute("CREATE TABLE hit (x)");
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM t AS x, t AS y WHERE x.b + y.b = -1",
        "SELECT count(*) FROM t AS x JOIN t AS y ON x.b % 10 = y.b % 10",
        "SELECT count(*) FROM t AS x LEFT JOIN t AS y ON x.b < y.b",
        "SELECT count(*) FROM t AS x FULL JOIN t AS y ON x.b % 7 = y.b % 7",
        "SELECT x.c FROM t AS x, (SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) ORDER BY"
            + " x.c || x.b, x.a DESC",
        "SELECT DISTINCT x.b * 1000003 + y.a % 1000 FROM t AS x, t AS y",
        "SELECT x.b + y.a, count(*) FROM t AS x, t AS y GROUP BY 1",
        "SELECT sum(x.b) OVER (ORDER BY x.a ROWS BETWEEN 100000 PRECEDING AND 100000 FOLLOWING"
            + " EXCLUDE CURRENT ROW) FROM t AS x",
        "SELECT max(c) OVER (ORDER BY b RANGE BETWEEN 50000 PRECEDING AND 50000 FOLLOWING EXCLUDE"
            + " TIES) FROM t",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "SELECT x.b FROM t AS x, t AS y UNION SELECT 5",
        "SELECT x.b + y.a FROM t AS x, t AS y EXCEPT SELECT b FROM t",
        "SELECT count(*) FROM t WHERE b IN (SELECT x.b + y.b FROM t AS x, t AS y)",
        "SELECT count(*) FROM t AS x WHERE EXISTS (SELECT 1 FROM t AS y WHERE y.b = -x.a)",
        "SELECT group_concat(x.c) FROM t AS x, t AS y WHERE y.a % 100 = 1",
        "SELECT count(*) FROM generate_series(1, 100000000000)",
        "SELECT count(*) FROM t AS x, json_each('[1,2,3,4]') AS e, t AS y",
        "SELECT (SELECT count(*) FROM t AS y WHERE y.b > x.b) FROM t AS x",
        "SELECT sum(length(hex(randomblob(1000)))) FROM t AS x, t AS y",
        "INSERT INTO hit SELECT x.b FROM t AS x, t AS y",
        "UPDATE t SET b = (SELECT count(*) FROM t AS x WHERE x.b < t.b)",
        "UPDATE t SET b = t.b + y.b FROM t AS y WHERE y.b % 10 = t.b % 10",
        "DELETE FROM t WHERE (SELECT count(*) FROM t AS x WHERE x.b < t.b) < 0",
      })
  void aRunningStatementEnds(String sql) throws Exception {
    assertThat(millisUntilStopped(sql, 150)).isLessThan(PATIENCE_MILLIS);
    assertThat(count("SELECT count(*) FROM t")).isEqualTo(ROWS);
    assertThat(count("SELECT count(*) FROM hit")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX ti ON t (c || b, b)",
        "VACUUM",
        "PRAGMA integrity_check",
        "ALTER TABLE t DROP COLUMN b",
        "ANALYZE",
        "CREATE TABLE copy AS SELECT * FROM t ORDER BY c",
      })
  void aCommandEndsOrIsThroughSoon(String sql) throws Exception {
    session.execute("BEGIN; INSERT INTO hit VALUES (1); COMMIT");
    long took = millisUntilStopped(sql, 20);
    assertThat(took).isLessThan(PATIENCE_MILLIS);
    assertThat(count("SELECT count(*) FROM t")).isEqualTo(ROWS);
    assertThat(count("SELECT count(*) FROM pragma_quick_check WHERE quick_check = 'ok'"))
        .isEqualTo(1);
  }

  /** How long a statement goes on after the interrupt; 0 if it was through before. */
  private long millisUntilStopped(String sql, int after) throws InterruptedException {
    AtomicLong stopped = new AtomicLong();
    @Nullable Throwable[] unexpected = new @Nullable Throwable[1];
    Thread runner =
        new Thread(() -> {
          try {
            session.execute(sql);
          } catch (InterruptedStatementException e) {
            // as asked
          } catch (Throwable e) {
            unexpected[0] = e;
          }
          stopped.set(System.nanoTime());
        });
    runner.start();
    Thread.sleep(after);
    long asked = System.nanoTime();
    while (runner.isAlive()) {
      // An interrupt before the statement has begun is forgotten, so one may not be enough.
      session.interrupt();
      runner.join(20);
    }
    assertThat(unexpected[0]).isNull();
    return Math.max(0, (stopped.get() - asked) / 1_000_000);
  }

  private long count(String sql) {
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(0);
    }
  }
}
