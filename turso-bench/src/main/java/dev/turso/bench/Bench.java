package dev.turso.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.function.Consumer;

/** What a workload runs with: a connection, the clock, and somewhere to put figures. For one thread. */
final class Bench implements AutoCloseable {

  private static final int SAMPLES = 1 << 20;

  /** Results are compared by a sum over their rows that does not depend on the order. */
  private static final long HASH_SEED = 1125899906842597L;

  private final Engine engine;
  private final Path file;
  private final double warmSeconds;
  private final double seconds;
  private final int repeats;
  private final Consumer<Metric> figures;
  private final Connection connection;

  Bench(
      Engine engine,
      Path file,
      double warmSeconds,
      double seconds,
      int repeats,
      Consumer<Metric> figures)
      throws SQLException {
    this.engine = engine;
    this.file = file;
    this.warmSeconds = warmSeconds;
    this.seconds = seconds;
    this.repeats = repeats;
    this.figures = figures;
    this.connection = engine.connect(file);
  }

  /** Something done once per round of a loop. */
  interface Operation {
    void run(long round) throws SQLException;
  }

  Engine engine() {
    return engine;
  }

  Connection connection() {
    return connection;
  }

  /** One more connection to the same file. */
  Connection another() throws SQLException {
    return engine.connect(file);
  }

  double warmSeconds() {
    return warmSeconds;
  }

  double seconds() {
    return seconds;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Repeats an operation for the time given and reports its median and 99th percentile. */
  void perOperation(String metric, Operation operation) throws SQLException {
    long round = 0;
    long end = System.nanoTime() + (long) (warmSeconds * 1e9);
    while (System.nanoTime() < end) {
      operation.run(round++);
    }
    long[] times = new long[SAMPLES];
    int count = 0;
    long start = System.nanoTime();
    end = start + (long) (seconds * 1e9);
    long now = start;
    while (now < end) {
      operation.run(round++);
      long after = System.nanoTime();
      times[count++ & SAMPLES - 1] = after - now;
      now = after;
    }
    int kept = Math.min(count, SAMPLES);
    Arrays.sort(times, 0, kept);
    cost(metric + " p50", times[kept / 2] / 1e3, "µs", "");
    cost(metric + " p99", times[(int) (kept * 0.99)] / 1e3, "µs", "");
    rate(metric, count / ((now - start) / 1e9), "/s", "");
  }

  /** Runs a query several times, all rows fetched, and reports the median of what follows the first. */
  void query(String metric, String sql) throws SQLException {
    double[] times = new double[Math.max(1, repeats)];
    String answer = "";
    for (int i = -1; i < times.length; i++) {
      long start = System.nanoTime();
      answer = answer(sql);
      if (i >= 0) {
        times[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(times);
    cost(metric, times[times.length / 2], "ms", answer);
  }

  /** The number of rows of a query, and a sum over all values whatever the order of the rows. */
  String answer(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      ResultSetMetaData columns = rows.getMetaData();
      int width = columns.getColumnCount();
      long count = 0;
      long sum = 0;
      while (rows.next()) {
        long row = HASH_SEED;
        for (int i = 1; i <= width; i++) {
          row = row * 31 + hash(rows, i);
        }
        sum += row;
        count++;
      }
      return count + "/" + Long.toHexString(sum);
    }
  }

  private static long hash(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value instanceof Double real) {
      return Math.round(real * 1e4);
    }
    return value instanceof Number number ? number.longValue() : String.valueOf(value).hashCode();
  }

  void cost(String metric, double value, String unit, String answer) {
    figures.accept(new Metric(metric, value, unit, false, answer));
  }

  void rate(String metric, double value, String unit, String answer) {
    figures.accept(new Metric(metric, value, unit, true, answer));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
