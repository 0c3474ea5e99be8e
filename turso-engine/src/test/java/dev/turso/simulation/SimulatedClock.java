package dev.turso.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Time, chance and threads of the engine while it is simulated: {@link SimulationLoader} leads its calls
 * here.
 *
 * <p>Time passes where the simulating thread waits, and when it says so. Threads that the engine starts
 * run only in {@link #pass}, one at a time and until they wait again, in the order of the times for which
 * they wait: so that the same program takes the same course again.
 */
public final class SimulatedClock {

  /** Enough for a thread that gives up after a while without work. */
  private static final int MOST_ROUNDS = 400;

  private static final long ROUND_NANOS = 5_000_000L;

  private static final Object LOCK = new Object();
  private static final List<Sleeper> SLEEPERS = new ArrayList<>();
  private static @Nullable Thread owner;
  private static long now;
  private static SplittableRandom seeds = new SplittableRandom(0);

  private static final class Sleeper {
    final Thread thread = Thread.currentThread();
    final long until;
    boolean due;

    Sleeper(long until) {
      this.until = until;
    }
  }

  private SimulatedClock() {}

  /** The calling thread simulates from here on. */
  static void begin(long seed) {
    synchronized (LOCK) {
      owner = Thread.currentThread();
      now = 0;
      seeds = new SplittableRandom(seed);
    }
  }

  static boolean isSimulating() {
    return Thread.currentThread() == owner;
  }

  /** Lets time pass, and threads run whose wait is over. */
  static void pass(long nanos) {
    synchronized (LOCK) {
      now += nanos;
      for (Sleeper next = firstDue(); next != null; next = firstDue()) {
        SLEEPERS.remove(next);
        next.due = true;
        LOCK.notifyAll();
        settle(next.thread);
      }
    }
  }

  private static @Nullable Sleeper firstDue() {
    Sleeper first = null;
    for (Sleeper each : SLEEPERS) {
      if (each.until <= now && (first == null || each.until < first.until)) {
        first = each;
      }
    }
    return first;
  }

  /** Lets time pass until no thread waits any more. */
  static void end() {
    for (int i = 0; i < MOST_ROUNDS; i++) {
      synchronized (LOCK) {
        if (SLEEPERS.isEmpty()) {
          return;
        }
      }
      pass(ROUND_NANOS);
    }
  }

  /** Returns when a thread waits for the clock, or has ended. */
  private static void settle(Thread thread) {
    while (thread.isAlive() && SLEEPERS.stream().noneMatch(s -> s.thread == thread)) {
      try {
        LOCK.wait(1);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  // ---- called instead of the JDK ----

  public static long nanoTime() {
    synchronized (LOCK) {
      return now;
    }
  }

  public static long currentTimeMillis() {
    return 1_700_000_000_000L + nanoTime() / 1_000_000;
  }

  /** A seed for a generator of random numbers. */
  public static long seed() {
    synchronized (LOCK) {
      return seeds.nextLong();
    }
  }

  public static void parkNanos(Object blocker, long nanos) {
    parkNanos(nanos);
  }

  public static void parkNanos(long nanos) {
    synchronized (LOCK) {
      if (isSimulating()) {
        now += nanos;
        return;
      }
      Sleeper sleeper = new Sleeper(now + nanos);
      SLEEPERS.add(sleeper);
      LOCK.notifyAll();
      while (!sleeper.due) {
        try {
          LOCK.wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  public static Thread start(Thread.Builder builder, Runnable task) {
    Thread thread = builder.start(task);
    synchronized (LOCK) {
      settle(thread);
    }
    return thread;
  }
}
