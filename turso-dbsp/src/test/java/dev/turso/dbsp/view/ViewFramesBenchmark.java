package dev.turso.dbsp.view;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * How many frames of the write-ahead log a single-row commit writes under each kind of view, and what
 * the old version of an input costs a join when both of its sides change. {@code main} prints both;
 * tables of 20,000 rows, pages of 4,096 bytes.
 */
public final class ViewFramesBenchmark {

  private static final int FRAME = 4096 + 24;
  private static final int COMMITS = 2_000;
  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

  private static final String[][] KINDS = {
    {"no view", ""},
    {"filter", "CREATE MATERIALIZED VIEW m AS SELECT id, v FROM t WHERE v >= 0"},
    {
      "count, sum by group (100)",
      "CREATE MATERIALIZED VIEW m AS SELECT k, COUNT(*) AS n, SUM(v) AS s FROM t GROUP BY k"
    },
    {"count, sum of all", "CREATE MATERIALIZED VIEW m AS SELECT COUNT(*) AS n, SUM(v) AS s FROM t"},
    {"join", "CREATE MATERIALIZED VIEW m AS SELECT t.id, t.v, u.name FROM t JOIN u ON u.k = t.k"},
    {"distinct", "CREATE MATERIALIZED VIEW m AS SELECT DISTINCT v FROM t"},
    {"top 10", "CREATE MATERIALIZED VIEW m AS SELECT id, v FROM t ORDER BY v DESC, id LIMIT 10"},
    {"max by group", "CREATE MATERIALIZED VIEW m AS SELECT k, MAX(v) AS v FROM t GROUP BY k"},
  };

  private ViewFramesBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("turso-frames");
    for (String[] each : KINDS) {
      frames(folder, each[0], each[1]);
    }
    for (int rows : new int[] {1, 10, 100, 1_000}) {
      oldVersions(rows);
    }
    try (var files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(folder);
  }

  private static void fill(Session session) {
    session.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, k INT, v INT, note TEXT);"
            + " CREATE TABLE u (k INTEGER PRIMARY KEY, name TEXT);"
            + " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
            + " INSERT INTO t SELECT i, i % 100, (i * 7919) % 100003, 'a note' FROM n;"
            + " INSERT INTO u SELECT DISTINCT k, 'name' || k FROM t");
  }

  private static void frames(Path folder, String kind, String view) throws IOException {
    Path file = folder.resolve(kind.replaceAll("\\W", "") + ".db");
    try (Database database = Database.open(file.toString(), Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF");
      fill(session);
      if (!view.isEmpty()) {
        session.execute(view);
      }
      session.execute("PRAGMA wal_autocheckpoint=0; PRAGMA wal_checkpoint(TRUNCATE)");
      Random random = new Random(3);
      Path log = Path.of(file + "-wal");
      long before = Files.exists(log) ? Files.size(log) : 0;
      for (int i = 0; i < COMMITS; i++) {
        session.execute(
            "UPDATE t SET v = "
                + random.nextInt(100_000)
                + " WHERE id = "
                + (1 + random.nextInt(20_000)));
      }
      double frames = (Files.size(log) - before) / (double) FRAME / COMMITS;
      System.out.printf("%-28s %.2f frames a single-row commit%n", kind, frames);
    }
  }

  /** One transaction changes n rows of each side of a join, or twice as many of one. */
  private static void oldVersions(int rows) {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      fill(session);
      session.execute(
          "CREATE TABLE w (id INTEGER PRIMARY KEY, x INT); INSERT INTO w SELECT id, v FROM t;"
              + " CREATE MATERIALIZED VIEW m AS SELECT t.id, t.v, w.x FROM t JOIN w ON w.id = t.id");
      List<Double> one = new ArrayList<>();
      List<Double> both = new ArrayList<>();
      for (int round = 0; round < 400; round++) {
        long from = 1 + (long) round * 37 % 15_000;
        one.add(time(session, rows, from, 2 * rows, 0));
        both.add(time(session, rows, from, rows, rows));
      }
      System.out.printf(
          "%4d rows changed in each side: %.2f us a changed row, %.2f where one side changes%n",
          rows, median(both), median(one));
    }
  }

  private static double time(Session session, int rows, long from, int left, int right) {
    session.execute("BEGIN");
    session.execute(update("t", "v", from, left));
    if (right > 0) {
      session.execute(update("w", "x", from, right));
    }
    long start = PROCESSOR.getCurrentThreadCpuTime();
    session.execute("COMMIT");
    return (PROCESSOR.getCurrentThreadCpuTime() - start) / 1000.0 / (2 * rows);
  }

  private static String update(String table, String column, long from, int rows) {
    return "UPDATE "
        + table
        + " SET "
        + column
        + " = "
        + column
        + " + 1 WHERE id BETWEEN "
        + from
        + " AND "
        + (from + rows - 1);
  }

  private static double median(List<Double> all) {
    double[] last = all.subList(all.size() / 2, all.size()).stream().mapToDouble(d -> d).toArray();
    Arrays.sort(last);
    return last[last.length / 2];
  }
}
