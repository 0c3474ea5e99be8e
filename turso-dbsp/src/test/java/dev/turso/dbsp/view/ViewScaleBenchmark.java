package dev.turso.dbsp.view;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * What a commit of one row costs each kind of view by the size of the tables, and what its first fill
 * costs beside its query. {@code main} prints for each kind and number of rows: rows touched a commit,
 * processor time a commit (with the view less without), seconds of the fill and of the query, both of the
 * thread. Databases in memory; a third each of inserts, updates and deletes at random, among them those of
 * the least, the greatest and the first rows. Arguments: the numbers of rows (10000 100000 1000000).
 */
public final class ViewScaleBenchmark {

  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
  private static final int COMMITS = 3_000;
  private static final Map<String, String> KINDS = kinds();

  private ViewScaleBenchmark() {}

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("filter", "SELECT id, v FROM a WHERE v >= 0");
    kinds.put("count, sum", "SELECT k, COUNT(*) AS n, SUM(v) AS s FROM a GROUP BY k");
    kinds.put("min, max", "SELECT k, MIN(v) AS lo, MAX(v) AS hi FROM a GROUP BY k");
    kinds.put("min, max of all", "SELECT MIN(v) AS lo, MAX(v) AS hi FROM a");
    kinds.put("count distinct", "SELECT k, COUNT(DISTINCT v) AS n FROM a GROUP BY k");
    kinds.put("distinct", "SELECT DISTINCT v FROM a");
    kinds.put("top 10", "SELECT id, v FROM a ORDER BY v DESC, id LIMIT 10");
    kinds.put("join", "SELECT a.id, b.name, a.v FROM a JOIN b ON b.k = a.k");
    kinds.put(
        "join of 3, group",
        "SELECT c.name, COUNT(*) AS n, SUM(a.v) AS s FROM a JOIN b ON b.k = a.k JOIN c ON c.g = b.g"
            + " GROUP BY c.name");
    kinds.put("left join", "SELECT a.id, b.name, a.v FROM a LEFT JOIN b ON b.k = a.k");
    kinds.put("exists", "SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k)");
    kinds.put("not exists", "SELECT k FROM b WHERE NOT EXISTS (SELECT 1 FROM a WHERE a.k = b.k)");
    kinds.put("union", "SELECT v FROM a UNION SELECT k FROM b");
    kinds.put("except", "SELECT k FROM b EXCEPT SELECT v FROM a");
    kinds.put(
        "row_number of 10",
        "SELECT id, row_number() OVER (PARTITION BY k ORDER BY id) AS n FROM a");
    kinds.put("lag of all", "SELECT id, lag(v) OVER (ORDER BY id) AS p FROM a");
    kinds.put(
        "sum of 3 rows",
        "SELECT id, SUM(v) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS s FROM a");
    return kinds;
  }

  public static void main(String[] args) {
    String[] sizes = args.length > 0 ? args : new String[] {"10000", "100000", "1000000"};
    for (String size : sizes) {
      measure(Integer.parseInt(size));
    }
  }

  private static void measure(int rows) {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(
          "CREATE TABLE a (id INTEGER PRIMARY KEY, k INT, v INT);"
              + " CREATE TABLE b (k INTEGER PRIMARY KEY, g INT, name TEXT);"
              + " CREATE TABLE c (g INTEGER PRIMARY KEY, name TEXT);"
              + " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + rows
              + ") INSERT INTO a SELECT 2 * i, i / 10, (i * 7919) % 1000003 FROM n;"
              + " INSERT INTO b SELECT DISTINCT k, k % 100, 'name ' || k FROM a;"
              + " INSERT INTO c SELECT DISTINCT g, 'group ' || g FROM b;"
              + " CREATE INDEX a_k ON a (k)");
      Random random = new Random(rows);
      run(session, random, rows);
      for (Map.Entry<String, String> each : KINDS.entrySet()) {
        double before = run(session, random, rows)[0];
        long start = PROCESSOR.getCurrentThreadCpuTime();
        read(session, each.getValue());
        long queried = PROCESSOR.getCurrentThreadCpuTime();
        session.execute("CREATE MATERIALIZED VIEW m AS " + each.getValue());
        long filled = PROCESSOR.getCurrentThreadCpuTime();
        run(session, random, rows);
        double[] with = run(session, random, rows);
        System.out.printf(
            "%-18s %,9d rows: %6.1f touched, +%6.1f us a commit; fill %.2f s, query %.2f s%n",
            each.getKey(),
            rows,
            with[1],
            with[0] - before,
            (filled - queried) / 1e9,
            (queried - start) / 1e9);
        session.execute("DROP VIEW m");
      }
    }
  }

  private static void read(Session session, String sql) {
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        rows.get(0);
      }
    }
  }

  /** Microseconds of the thread a commit, and rows touched a commit. */
  private static double[] run(Session session, Random random, int rows) {
    long time = 0;
    long touched = 0;
    try (Statement insert = session.prepare("INSERT OR IGNORE INTO a VALUES (?, ?, ?)");
        Statement update = session.prepare("UPDATE a SET v = ? WHERE id = ?");
        Statement delete = session.prepare("DELETE FROM a WHERE id = ?");
        Statement extreme =
            session.prepare("DELETE FROM a WHERE id = (SELECT id FROM a WHERE k = ? LIMIT 1)");
        Statement stats = session.prepare("PRAGMA turso_view_stats")) {
      for (int i = 0; i < COMMITS; i++) {
        long id = 1 + random.nextInt(2 * rows);
        long value = i % 50 == 0 ? -i : i % 50 == 1 ? 2_000_000 + i : random.nextInt(1_000_003);
        Statement next = i % 3 == 0 ? insert : i % 3 == 1 ? update : i % 6 == 2 ? delete : extreme;
        if (next == insert) {
          insert.bind(1, id);
          insert.bind(2, (long) random.nextInt(rows / 10));
          insert.bind(3, value);
        } else if (next == update) {
          update.bind(1, value);
          update.bind(2, id & ~1L);
        } else {
          next.bind(1, next == delete ? id & ~1L : random.nextInt(rows / 10));
        }
        long start = PROCESSOR.getCurrentThreadCpuTime();
        next.run();
        time += PROCESSOR.getCurrentThreadCpuTime() - start;
        try (Rows each = stats.query()) {
          while (each.next()) {
            touched += Math.max(0, each.get(2).asLong());
          }
        }
      }
    }
    return new double[] {time / 1e3 / COMMITS, (double) touched / COMMITS};
  }
}
