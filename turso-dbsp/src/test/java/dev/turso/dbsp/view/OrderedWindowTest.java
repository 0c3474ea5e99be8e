package dev.turso.dbsp.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Windows with an order: right after any change, at a cost that is proportional to it.
 *
 * <p>{@code -Dturso.windows.steps} says how many random steps instead of some seconds of
 * them, {@code -Dturso.seed} which.
 */
class OrderedWindowTest {

  private static final int STEPS = Integer.getInteger("turso.windows.steps", 0);

  private static final String[] WINDOWS = {
    "row_number() OVER (PARTITION BY p ORDER BY v)",
    "row_number() OVER (ORDER BY v DESC, id)",
    "rank() OVER (PARTITION BY p ORDER BY v)",
    "rank() OVER (ORDER BY p DESC NULLS FIRST), dense_rank() OVER (ORDER BY p DESC NULLS FIRST)",
    "dense_rank() OVER (PARTITION BY p ORDER BY v DESC NULLS LAST)",
    "lag(v) OVER (PARTITION BY p ORDER BY o), lead(v, 2, 'none') OVER (PARTITION BY p ORDER BY o)",
    "lag(v, 3, id) OVER (ORDER BY o, id)",
    "lead(v, 0) OVER (PARTITION BY p ORDER BY o)",
    "sum(v) OVER (PARTITION BY p ORDER BY o, id)",
    "sum(i) OVER (PARTITION BY p ORDER BY o), count(*) OVER (PARTITION BY p ORDER BY o)",
    "sum(i) OVER (ORDER BY o ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
    "count(i) FILTER (WHERE i > 2) OVER (PARTITION BY p ORDER BY o)",
    "min(v) OVER (PARTITION BY p ORDER BY o), max(v) OVER (PARTITION BY p ORDER BY o)",
    "max(t) OVER (ORDER BY o, id ROWS UNBOUNDED PRECEDING)",
    "first_value(v) OVER (PARTITION BY p ORDER BY o, id)",
    "first_value(v) OVER (PARTITION BY p ORDER BY o), last_value(v) OVER (PARTITION BY p ORDER BY o)",
    "avg(i) OVER (ORDER BY o, id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)",
    "sum(v) OVER (PARTITION BY p ORDER BY o ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)",
    "sum(i) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW)",
    "min(v) OVER (PARTITION BY p ORDER BY o ROWS BETWEEN 2 PRECEDING AND 3 FOLLOWING EXCLUDE TIES)",
    "count(*) OVER (ORDER BY o ROWS BETWEEN 5 PRECEDING AND 2 PRECEDING)",
    "max(i) OVER (PARTITION BY p ORDER BY o ROWS BETWEEN 2 FOLLOWING AND 4 FOLLOWING)",
    "first_value(t) OVER (PARTITION BY p ORDER BY t ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
    "total(i) OVER (PARTITION BY p ORDER BY o ROWS BETWEEN CURRENT ROW AND CURRENT ROW)",
    "row_number() OVER (PARTITION BY p ORDER BY t), rank() OVER (PARTITION BY p ORDER BY t)",
    "sum(v) OVER (PARTITION BY p ORDER BY o GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
    "max(i) OVER (ORDER BY i RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING)",
    "ntile(3) OVER (PARTITION BY p ORDER BY o), lag(v) OVER (PARTITION BY p ORDER BY o)",
  };

  /** Queries that want the first places only. */
  private static final String[] PLACES = {
    "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY p ORDER BY v DESC) AS n FROM t)"
        + " WHERE n <= 2",
    "SELECT id, n FROM (SELECT id, rank() OVER (ORDER BY o) AS n FROM t) WHERE 5 > n AND id > 3",
    "SELECT id, v FROM (SELECT id, v, dense_rank() OVER (PARTITION BY p ORDER BY v, t) AS n FROM t)"
        + " WHERE n = 2",
    "WITH c AS (SELECT id, p, row_number() OVER (PARTITION BY p ORDER BY o DESC) AS n FROM t)"
        + " SELECT a.id, b.id, b.n FROM c a JOIN c b ON a.p = b.p WHERE a.n = 1",
    "SELECT x.id, y.id FROM (SELECT id, o, row_number() OVER (ORDER BY v, id) AS n FROM t) x"
        + " JOIN (SELECT id, o, rank() OVER (PARTITION BY p ORDER BY o) AS n FROM t) y"
        + " ON x.o = y.o AND x.n < 4 AND y.n < 3",
    "SELECT n, count(*) FROM (SELECT rank() OVER (PARTITION BY p ORDER BY i) AS n FROM t)"
        + " WHERE n <= 3 GROUP BY n",
  };

  @Test
  void aViewOfAWindowIsItsQueryAfterEveryChange() {
    long seed = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
    Random random = new Random(seed);
    List<String> done = new ArrayList<>();
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(
          "CREATE TABLE t(id INTEGER PRIMARY KEY, p, o INT, v, i INT, t TEXT COLLATE NOCASE)");
      for (int i = 0; i < WINDOWS.length; i++) {
        session.execute(
            "CREATE MATERIALIZED VIEW w" + i + " AS SELECT id, " + WINDOWS[i] + " FROM t");
      }
      for (int i = 0; i < PLACES.length; i++) {
        session.execute("CREATE MATERIALIZED VIEW place" + i + " AS " + PLACES[i]);
      }
      long end = System.nanoTime() + 4_000_000_000L;
      for (int i = 0; STEPS > 0 ? i < STEPS : i < 15 || System.nanoTime() < end; i++) {
        String sql = change(random, i);
        done.add(sql);
        session.execute(sql);
        for (List<String> each : rows(session, "PRAGMA turso_check_views")) {
          assertThat(each.get(1)).as("seed %d, %s, after %s", seed, each, done).isEqualTo("ok");
        }
      }
      for (List<String> each : rows(session, "PRAGMA turso_views")) {
        assertThat(each.get(1)).as("seed %d, %s", seed, each).isEqualTo("current");
      }
    }
  }

  private static String change(Random random, int step) {
    int n = step < 20 ? 8 : 1 + random.nextInt(4);
    StringBuilder sql = new StringBuilder("BEGIN");
    for (; n > 0; n--) {
      String id = String.valueOf(random.nextInt(60));
      sql.append("; ");
      switch (random.nextInt(8)) {
        case 0, 1, 2, 3 ->
            sql.append("REPLACE INTO t VALUES(")
                .append(id)
                .append(", ")
                .append(values(random, step));
        case 4 -> sql.append("DELETE FROM t WHERE id = ").append(id);
        case 5 -> sql.append("UPDATE t SET v = v + 1, i = i + 1 WHERE id = ").append(id);
        case 6 -> sql.append("UPDATE t SET o = o + 1 WHERE id % 9 = ").append(random.nextInt(9));
        default -> sql.append("DELETE FROM t WHERE o = ").append(random.nextInt(8));
      }
    }
    return sql.append(random.nextInt(9) == 0 ? "; ROLLBACK" : "; COMMIT").toString();
  }

  private static String values(Random random, int step) {
    // For a while all values are integers: only then sums follow changes.
    String[] odd =
        step / 20 % 2 == 0
            ? new String[] {"NULL"}
            : new String[] {"NULL", "1.0", "2.5", "'x'", "x'01'", "'3'", "1e300", "-1e300"};
    String p = random.nextInt(9) == 0 ? odd[random.nextInt(odd.length)] : "" + random.nextInt(3);
    String v = random.nextInt(3) == 0 ? odd[random.nextInt(odd.length)] : "" + random.nextInt(9);
    return p
        + ", "
        + random.nextInt(8)
        + ", "
        + v
        + ", "
        + random.nextInt(6)
        + ", '"
        + (char) ((random.nextBoolean() ? 'a' : 'A') + random.nextInt(4))
        + "')";
  }

  private static List<List<String>> rows(Session session, String sql) {
    List<List<String>> all = new ArrayList<>();
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < rows.columnCount(); i++) {
          row.add(String.valueOf(rows.get(i).asString()));
        }
        all.add(row);
      }
    }
    return all;
  }

  @Test
  void workIsProportionalToTheResultsThatChange() {
    for (int size : new int[] {2_000, 20_000}) {
      try (Database database = Database.open(":memory:", Options.DEFAULT);
          Session session = database.connect()) {
        session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v INT)");
        session.execute(
            "INSERT INTO t WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < "
                + size
                + ") SELECT n * 2, n FROM r");
        session.execute(
            "CREATE MATERIALIZED VIEW number AS SELECT id, row_number() OVER (ORDER BY id) FROM t;"
                + "CREATE MATERIALIZED VIEW placed AS SELECT id, rank() OVER (ORDER BY id) FROM t;"
                + "CREATE MATERIALIZED VIEW running AS SELECT id, sum(v) OVER (ORDER BY id) FROM t;"
                + "CREATE MATERIALIZED VIEW highest AS SELECT id, max(v) OVER (ORDER BY id) FROM t;"
                + "CREATE MATERIALIZED VIEW previous AS SELECT id, lag(v) OVER (ORDER BY id) FROM t;"
                + "CREATE MATERIALIZED VIEW rolling AS SELECT id, avg(v) OVER (ORDER BY id ROWS"
                + " BETWEEN 3 PRECEDING AND 2 FOLLOWING) FROM t;"
                + "CREATE MATERIALIZED VIEW newest AS SELECT * FROM (SELECT id, row_number() OVER"
                + " (ORDER BY id DESC) AS n FROM t) WHERE n <= 10");
        for (List<String> each : rows(session, "PRAGMA turso_views")) {
          String circuit = rows(session, "EXPLAIN MATERIALIZED VIEW " + each.getFirst()).toString();
          assertThat(circuit).doesNotContain("recompute");
        }
        // Behind all others: a row of each view, and those that it rests on.
        session.execute("INSERT INTO t VALUES(1000000, 7)");
        assertThat(touched(session)).allMatch(each -> each <= 60);
        // In the middle: what looks at a few rows only stays cheap, and a maximum that is the same.
        session.execute("INSERT INTO t VALUES(1001, 1)");
        assertThat(touched(session, "previous", "rolling", "highest")).allMatch(each -> each <= 40);
        assertThat(touched(session, "newest")).allMatch(each -> each <= 4);
        session.execute("UPDATE t SET v = v - 1 WHERE id = 1001");
        assertThat(touched(session, "number", "placed", "previous", "rolling", "highest"))
            .allMatch(each -> each <= 40);
        for (List<String> each : rows(session, "PRAGMA turso_check_views")) {
          assertThat(each.get(1)).isEqualTo("ok");
        }
      }
    }
  }

  /** Rows that the last commit touched in views. */
  private static List<Long> touched(Session session, String... views) {
    List<Long> all = new ArrayList<>();
    for (List<String> each : rows(session, "PRAGMA turso_view_stats")) {
      if (views.length == 0 || List.of(views).contains(each.getFirst())) {
        all.add(Long.parseLong(each.get(2)));
      }
    }
    assertThat(all).isNotEmpty();
    return all;
  }
}
