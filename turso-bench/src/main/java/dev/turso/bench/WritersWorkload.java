package dev.turso.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several connections that each commit one updated row after another. */
record WritersWorkload(int writers) implements Workload {

  private static final int ROWS = 100_000;

  @Override
  public String label() {
    return "writers" + writers;
  }

  @Override
  public void run(Bench bench) throws SQLException {
    commits(bench, bench.seconds() / 2);
    double perSecond = commits(bench, bench.seconds());
    bench.rate(writers + " writers", perSecond, "commits/s", "");
  }

  private double commits(Bench bench, double seconds) throws SQLException {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      long seed = i;
      tasks.add(() -> write(bench, seed, end));
    }
    long total = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (Future<Long> each : threads.invokeAll(tasks)) {
        total += each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new SQLException(e);
    }
    return total / ((System.nanoTime() - start) / 1e9);
  }

  private static long write(Bench bench, long seed, long end) throws SQLException {
    SplittableRandom random = new SplittableRandom(seed);
    long count = 0;
    try (Connection connection = bench.another();
        PreparedStatement update =
            connection.prepareStatement("UPDATE kv SET r = ? WHERE id = ?")) {
      while (System.nanoTime() < end) {
        update.setDouble(1, random.nextInt(1_000_000) / 100.0);
        update.setLong(2, 1 + random.nextInt(ROWS));
        update.executeUpdate();
        count++;
      }
    }
    return count;
  }
}
