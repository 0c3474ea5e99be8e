package dev.turso.dbsp.view;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.Statement;
import java.util.Arrays;
import java.util.Random;

/**
 * How long a commit of one row takes under a view that groups a join of three tables, and without it:
 * {@code main} prints percentiles, by the clock. Database in memory. Arguments: rows (1000000), commits
 * (50000).
 */
public final class JoinLatencyBenchmark {

  private static final String VIEW =
      "CREATE MATERIALIZED VIEW m AS SELECT c.name, COUNT(*) AS n, SUM(a.v) AS s"
          + " FROM a JOIN b ON b.k = a.k JOIN c ON c.g = b.g GROUP BY c.name";

  private JoinLatencyBenchmark() {}

  public static void main(String[] args) {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int commits = args.length > 1 ? Integer.parseInt(args[1]) : 50_000;
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
      run(session, rows, commits, "without, warming");
      run(session, rows, commits, "without");
      session.execute(VIEW);
      run(session, rows, commits, "with, warming");
      run(session, rows, commits, "with");
    }
  }

  private static void run(Session session, int rows, int commits, String how) {
    Random random = new Random(rows);
    long[] nanos = new long[commits];
    try (Statement insert = session.prepare("INSERT OR REPLACE INTO a VALUES (?, ?, ?)");
        Statement update = session.prepare("UPDATE a SET v = v + 1 WHERE id = ?");
        Statement delete = session.prepare("DELETE FROM a WHERE id = ?")) {
      for (int i = 0; i < commits; i++) {
        long id = 1 + random.nextInt(2 * rows);
        Statement next = i % 3 == 0 ? insert : i % 3 == 1 ? update : delete;
        if (next == insert) {
          insert.bind(2, (long) random.nextInt(rows / 10));
          insert.bind(3, (long) random.nextInt(1_000_003));
        }
        next.bind(1, next == insert ? id : id & ~1L);
        long start = System.nanoTime();
        next.run();
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-17s p50 %6.1f us, p99 %7.1f us, p99.9 %8.1f us%n",
        how,
        nanos[commits / 2] / 1e3,
        nanos[commits * 99 / 100] / 1e3,
        nanos[(int) (commits * 0.999)] / 1e3);
  }
}
