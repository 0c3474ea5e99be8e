package dev.turso.vfs;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long one operation waits for the locks of other processes, and in which steps.
 *
 * <p>For one thread. An interrupt does not end the wait and is kept; the supplier given does.
 */
public final class Patience {

  private static final long FIRST_STEP_NANOS = 250_000;

  /**
   * Short, as locks of processes have no queue: one that writes without a pause leaves them free for
   * some ten microseconds per commit, and who looks seldom never finds them so.
   */
  private static final long LONGEST_STEP_NANOS = 2_000_000;

  private static final BooleanSupplier NEVER = () -> false;

  private final long deadline;
  private final boolean none;
  private final BooleanSupplier cancelled;
  private long step = FIRST_STEP_NANOS;

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

  /**
   * Sleeps: longer from step to step, and by chance, so that two who wait do not keep in step. False
   * if the time is up or the wait was cancelled.
   */
  public boolean pause() {
    long left = remainingNanos();
    if (left == 0 || cancelled.getAsBoolean()) {
      return false;
    }
    sleep(Math.min(left, step / 2 + chance(step)));
    step = Math.min(2 * step, LONGEST_STEP_NANOS);
    return true;
  }

  /** A number below a bound. The clock is all the chance there is, so that a simulation repeats. */
  private static long chance(long bound) {
    return (System.nanoTime() * 0x9E3779B97F4A7C15L >>> 1) % bound;
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
