package dev.turso.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a log of every change adds to a commit of one row: our durable change log of mode {@code full}, and
 * in SQLite a trigger that writes both sides of the row as JSON.
 *
 * <p>Rounds with the log and rounds without it take turns on one connection; the figure is the median of the
 * ratios of neighbours, by the thread's CPU time and by the clock. What others do on the machine then meets
 * both alike.
 */
final class CaptureWorkload implements Workload {

  private static final int ROWS = 100_000;
  private static final int LEAST_ROUNDS = 3;
  private static final long FIRST_NEW_KEY = 1_000_000_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Nanoseconds of a round: of the thread's CPU, and that have passed. */
  private record Cost(long cpu, long elapsed) {}

  private long round;

  @Override
  public String label() {
    return "capture";
  }

  @Override
  public void run(Bench bench) throws SQLException {
    if (!bench.engine().isOurs()) {
      bench.execute(
          "CREATE TABLE kv_log(id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER, type INTEGER,"
              + " name TEXT, row INTEGER, before TEXT, after TEXT)");
    }
    try (PreparedStatement update =
        bench.connection().prepareStatement("UPDATE kv SET r = r + 1 WHERE id = ?")) {
      compare(
          bench,
          "update",
          number -> {
            update.setLong(1, 1 + number * 7919 % ROWS);
            update.executeUpdate();
          });
    }
    byte[] payload = new byte[64];
    try (PreparedStatement insert =
        bench.connection().prepareStatement("INSERT INTO kv VALUES (?, ?, ?, ?)")) {
      compare(
          bench,
          "insert",
          number -> {
            insert.setLong(1, FIRST_NEW_KEY + number);
            insert.setString(2, Dataset.key(FIRST_NEW_KEY + number));
            insert.setDouble(3, number);
            insert.setBytes(4, payload);
            insert.executeUpdate();
          });
    }
  }

  private void compare(Bench bench, String what, Bench.Operation operation) throws SQLException {
    List<Cost> without = new ArrayList<>();
    List<Cost> with = new ArrayList<>();
    long start = System.nanoTime();
    long warm = start + (long) (bench.warmSeconds() * 1e9);
    long end = warm + (long) (bench.seconds() * 2e9);
    while (System.nanoTime() < end || with.size() < LEAST_ROUNDS) {
      if (System.nanoTime() < warm) {
        without.clear();
        with.clear();
      }
      capture(bench, false);
      without.add(cost(bench, operation));
      capture(bench, true);
      with.add(cost(bench, operation));
    }
    capture(bench, false);
    String metric = what + " with capture full, to one without, ";
    bench.cost(metric + "CPU", ratio(with, without, true), "x", "");
    bench.cost(metric + "elapsed", ratio(with, without, false), "x", "");
  }

  private Cost cost(Bench bench, Bench.Operation operation) throws SQLException {
    int commits = bench.seconds() < 0.5 ? 50 : 1_000;
    for (int i = 0; i < commits / 20; i++) {
      operation.run(round++);
    }
    long cpu = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    for (int i = 0; i < commits; i++) {
      operation.run(round++);
    }
    return new Cost(THREADS.getCurrentThreadCpuTime() - cpu, System.nanoTime() - start);
  }

  private static double ratio(List<Cost> with, List<Cost> without, boolean cpu) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < with.size(); i++) {
      Cost one = with.get(i);
      Cost other = without.get(i);
      ratios.add(cpu ? (double) one.cpu / other.cpu : (double) one.elapsed / other.elapsed);
    }
    Collections.sort(ratios);
    return ratios.get(ratios.size() / 2);
  }

  private static void capture(Bench bench, boolean on) throws SQLException {
    if (bench.engine().isOurs()) {
      bench.execute("PRAGMA turso_capture = '" + (on ? "full" : "off") + "'");
    } else if (on) {
      trigger(bench, "INSERT", 1, "NULL", "json_array(new.id, new.k, new.r, hex(new.b))");
      trigger(
          bench,
          "UPDATE",
          0,
          "json_array(old.id, old.k, old.r, hex(old.b))",
          "json_array(new.id, new.k, new.r, hex(new.b))");
    } else {
      bench.execute("DROP TRIGGER IF EXISTS kv_INSERT");
      bench.execute("DROP TRIGGER IF EXISTS kv_UPDATE");
    }
  }

  private static void trigger(Bench bench, String event, int type, String before, String after)
      throws SQLException {
    bench.execute(
        "CREATE TRIGGER kv_"
            + event
            + " AFTER "
            + event
            + " ON kv BEGIN INSERT INTO kv_log(time, type, name, row, before, after)"
            + " VALUES (unixepoch(), "
            + type
            + ", 'kv', new.id, "
            + before
            + ", "
            + after
            + "); END");
  }
}
