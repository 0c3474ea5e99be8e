package dev.turso.dbsp.view;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.Statement;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * What a COUNT/SUM view by group adds to a commit: {@code main} prints, for transactions of 1,000 rows
 * and of one row, the processor time a row with the view and without it, and their difference. Both databases are
 * written in turn, in one run, and medians are shown. Arguments: rounds (200), groups (100), {@code bulk},
 * {@code single} or {@code both}, then {@code memory} for databases without a file, whose commits write no frames.
 */
public final class ViewCostBenchmark {

  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

  private ViewCostBenchmark() {}

  private static final class Side implements AutoCloseable {
    final Database database;
    final Session session;
    final Statement insert;
    final Random random = new Random(7);
    final int groups;
    long id;

    Side(String file, boolean view, int groups) {
      this.groups = groups;
      database = Database.open(file, Options.DEFAULT);
      session = database.connect();
      session.execute("PRAGMA journal_mode=WAL");
      session.execute("PRAGMA synchronous=NORMAL");
      session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, k INTEGER, v INTEGER, note TEXT)");
      if (view) {
        session.execute(
            "CREATE MATERIALIZED VIEW m AS SELECT k, COUNT(*) AS n, SUM(v) AS s FROM t GROUP BY k");
      }
      insert = session.prepare("INSERT INTO t VALUES (?, ?, ?, 'a note of some length')");
    }

    void transaction(int rows) {
      session.execute("BEGIN");
      for (int i = 0; i < rows; i++) {
        one();
      }
      session.execute("COMMIT");
    }

    void one() {
      insert.bind(1, ++id);
      insert.bind(2, (long) random.nextInt(groups));
      insert.bind(3, (long) random.nextInt(100_000));
      insert.run();
    }

    @Override
    public void close() {
      insert.close();
      session.close();
      database.close();
    }
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    int groups = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    Path folder = Files.createTempDirectory("turso-view-cost");
    boolean memory = args.length > 3 && args[3].equals("memory");
    String first = memory ? ":memory:" : folder.resolve("plain.db").toString();
    String second = memory ? ":memory:" : folder.resolve("viewed.db").toString();
    try (Side plain = new Side(first, false, groups);
        Side viewed = new Side(second, true, groups)) {
      String what = args.length > 2 ? args[2] : "both";
      if (!what.equals("single")) {
        compare("1,000-row transactions", plain, viewed, rounds, 1, 1_000);
      }
      if (!what.equals("bulk")) {
        compare("single-row commits", plain, viewed, rounds, 500, 1);
      }
    }
    for (Path each : Files.list(folder).toList()) {
      Files.delete(each);
    }
    Files.delete(folder);
  }

  private static void compare(
      String what, Side plain, Side viewed, int rounds, int transactions, int rows) {
    double[] without = new double[rounds];
    double[] with = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      without[i] = time(plain, transactions, rows);
      with[i] = time(viewed, transactions, rows);
    }
    double before = median(without);
    double after = median(with);
    System.out.printf(
        "%s: %.2f us a row without, %.2f with, view adds %.2f%n",
        what, before, after, after - before);
  }

  private static double time(Side side, int transactions, int rows) {
    long start = PROCESSOR.getCurrentThreadCpuTime();
    for (int i = 0; i < transactions; i++) {
      side.transaction(rows);
    }
    return (PROCESSOR.getCurrentThreadCpuTime() - start) / 1000.0 / transactions / rows;
  }

  /** Of the last half: the first one warms up. */
  private static double median(double[] all) {
    double[] sorted = Arrays.copyOfRange(all, all.length / 2, all.length);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
