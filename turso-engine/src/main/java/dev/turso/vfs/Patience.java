package dev.turso.vfs;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long one operation waits for the locks of other processes, and in which steps.
 *
 * <p>For one thread. An interrupt does not end the wait and is kept; the supplier given does.
 */
public final class Patience {

  /** Short: of the connections of a JVM one alone waits for another process, and locks have no queue. */
  private static final int[] STEPS_MILLIS = {1, 1, 2, 2, 3, 4, 5, 5, 7, 10, 10, 15};

  private static final BooleanSupplier NEVER = () -> false;

  private final long deadline;
  private final boolean none;
  private final BooleanSupplier cancelled;
  private int attempts;

  private Patience(long nanos, BooleanSupplier cancelled) {
    this.none = nanos <= 0;
    this.deadline = none ? 0 : System.nanoTime() + nanos;
    this.cancelled = cancelled;
  }

  /** No waiting at all. */
  public static Patience none() {
    return new Patience(0, NEVER);
  }

  /** Waits up to a number of nanoseconds from now, unless cancelled. */
  public static Patience of(long nanos, BooleanSupplier cancelled) {
    return new Patience(nanos, cancelled);
  }

  /** What is left in nanoseconds, at least 0. */
  public long remainingNanos() {
    return none ? 0 : Math.max(0, deadline - System.nanoTime());
  }

  /** Sleeps a step longer than the last time. False if the time is up or the wait was cancelled. */
  public boolean pause() {
    long left = remainingNanos();
    if (left == 0 || cancelled.getAsBoolean()) {
      return false;
    }
    int step = STEPS_MILLIS[Math.min(attempts++, STEPS_MILLIS.length - 1)];
    sleep(Math.min(left, step * 1_000_000L));
    return true;
  }

  /** Sleeps, whoever interrupts, and keeps the interrupt. */
  public static void sleep(long nanos) {
    boolean interrupted = false;
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
