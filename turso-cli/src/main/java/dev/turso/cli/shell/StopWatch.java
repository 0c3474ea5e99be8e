package dev.turso.cli.shell;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Wall and processor time of one statement, as {@code .timer} shows it. */
public final class StopWatch {

  private static final double NANOS = 1e9;

  private final long wall = System.nanoTime();
  private final long cpu = cpuNanos();

  private StopWatch() {}

  public static StopWatch start() {
    return new StopWatch();
  }

  /** Nanoseconds since the start. */
  public long nanos() {
    return System.nanoTime() - wall;
  }

  /** Processor time is not told apart by the JVM, so all of it counts as the user's. */
  public String report() {
    return String.format(
        Locale.ROOT,
        "Run Time: real %.3f user %.6f sys %.6f",
        nanos() / NANOS,
        (cpuNanos() - cpu) / NANOS,
        0.0);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
