package dev.turso.cdc.crossing;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;

/**
 * Single statements over many rows under three views, for a process of its own with a small heap.
 *
 * <p>Arguments: the file, the number of rows, the mode of the log.
 */
final class LargeTransaction {

  private LargeTransaction() {}

  public static void main(String[] arguments) {
    int rows = Integer.parseInt(arguments[1]);
    Options options = Options.DEFAULT.withJournalMode("WAL");
    if (Runtime.getRuntime().maxMemory() < 200L << 20) {
      options = options.withCacheBytes(8 << 20).withChangeSetBytes(4 << 20);
    }
    try (Database database = Database.open(arguments[0], options);
        Session session = database.connect()) {
      session.execute("PRAGMA synchronous = OFF");
      session.execute("CREATE TABLE kinds(kind INTEGER PRIMARY KEY, name)");
      session.execute("INSERT INTO kinds VALUES (0, 'zero'), (1, 'one'), (2, 'two'), (3, 'three')");
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, kind INT, v INT, s TEXT)");
      session.execute(
          "CREATE MATERIALIZED VIEW v_filter AS SELECT id, v * 2 AS w FROM t WHERE v % 50 = 0");
      session.execute(
          "CREATE MATERIALIZED VIEW v_group AS SELECT kind, count(*) AS n, sum(v) AS s FROM t"
              + " GROUP BY kind");
      session.execute(
          "CREATE MATERIALIZED VIEW v_join AS SELECT k.name, count(*) AS n FROM t"
              + " JOIN kinds k ON k.kind = t.kind GROUP BY k.name");
      session.execute("PRAGMA turso_capture = '" + arguments[2] + "'");
      run(
          session,
          "INSERT INTO t WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < "
              + rows
              + ") SELECT n, n % 5, n * 7 % 1000, 'row ' || n FROM r");
      check(session, rows);
      run(session, "UPDATE t SET v = v + 1, kind = (kind + 1) % 5");
      check(session, rows);
      run(session, "DELETE FROM t WHERE id % 3 = 0");
      check(session, rows - rows / 3);
      run(session, "DELETE FROM t");
      check(session, 0);
    }
    System.out.println("done");
  }

  private static void run(Session session, String sql) {
    long start = System.nanoTime();
    session.execute(sql);
    long peak = 0;
    for (MemoryPoolMXBean each : ManagementFactory.getMemoryPoolMXBeans()) {
      if (each.getType() == java.lang.management.MemoryType.HEAP) {
        peak += each.getPeakUsage().getUsed();
      }
    }
    System.out.printf(
        "%-60.60s %6.1f s, peak of the heap %d MB%n",
        sql, (System.nanoTime() - start) / 1e9, peak >> 20);
  }

  private static void check(Session session, long rows) {
    List<String> counted =
        Sql.texts(
            session, "SELECT coalesce(sum(n), 0) FROM v_group UNION ALL SELECT count(*) FROM t");
    if (!counted.equals(List.of(String.valueOf(rows), String.valueOf(rows)))) {
      throw new IllegalStateException(counted + " instead of " + rows);
    }
    List<String> faults = Soundness.viewFaults(session);
    if (!faults.isEmpty()) {
      throw new IllegalStateException(faults.toString());
    }
  }
}
