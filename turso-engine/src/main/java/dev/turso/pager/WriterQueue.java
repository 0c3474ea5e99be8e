package dev.turso.pager;

import dev.turso.error.BusyException;
import dev.turso.error.InterruptedStatementException;
import dev.turso.error.ResultCode;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to write among the connections of this JVM: first come, first served.
 *
 * <p>The turn belongs to a connection, not to a thread. Thread-safe; an interrupt does not end a wait
 * and is kept.
 */
final class WriterQueue {

  /** How often a waiting thread looks whether its wait was cancelled: less often in a long queue. */
  private static final long CANCEL_CHECK_NANOS = 20_000_000L;

  private static final long RAREST_CHECK_NANOS = 500_000_000L;

  private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
  private @Nullable Object holder;
  private @Nullable Thread holderThread;
  private long heldSince;

  private static final class Waiter {
    final Object owner;
    final Thread thread;
    boolean served;

    Waiter(Object owner, Thread thread) {
      this.owner = owner;
      this.thread = thread;
    }
  }

  /** Waits for the turn. False if the time is up or the wait was cancelled. */
  boolean acquire(Object owner, long nanos, BooleanSupplier cancelled) {
    Waiter waiter;
    synchronized (this) {
      if (holder == null && waiting.isEmpty()) {
        hold(owner, Thread.currentThread());
        return true;
      }
      if (nanos <= 0) {
        return false;
      }
      waiter = new Waiter(owner, Thread.currentThread());
      waiting.add(waiter);
    }
    return await(waiter, System.nanoTime() + nanos, cancelled);
  }

  private void hold(@Nullable Object owner, @Nullable Thread thread) {
    holder = owner;
    holderThread = thread;
    heldSince = System.nanoTime();
  }

  private boolean await(Waiter waiter, long deadline, BooleanSupplier cancelled) {
    boolean interrupted = false;
    try {
      while (true) {
        long left = deadline - System.nanoTime();
        long check;
        synchronized (this) {
          if (waiter.served) {
            return true;
          }
          if (left <= 0 || cancelled.getAsBoolean()) {
            waiting.remove(waiter);
            return false;
          }
          check = Math.min(RAREST_CHECK_NANOS, CANCEL_CHECK_NANOS * (1 + waiting.size() / 16));
        }
        LockSupport.parkNanos(this, Math.min(left, check));
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Hands the turn to the next in the queue. */
  synchronized void release(Object owner) {
    if (holder != owner) {
      throw new IllegalStateException("it is not this connection's turn to write");
    }
    Waiter next = waiting.poll();
    hold(next == null ? null : next.owner, next == null ? null : next.thread);
    if (next != null) {
      next.served = true;
      LockSupport.unpark(next.thread);
    }
  }

  /** Who keeps the others waiting, in words. */
  synchronized String describeHolder() {
    Thread thread = holderThread;
    if (thread == null) {
      return "the turn to write is free";
    }
    long millis = (System.nanoTime() - heldSince) / 1_000_000;
    String who =
        thread == Thread.currentThread()
            ? "this thread itself, with another connection,"
            : thread.getName().isEmpty()
                ? "virtual thread #" + thread.threadId()
                : "thread \"" + thread.getName() + "\"";
    return who + " has been writing for " + millis + " ms";
  }

  /**
   * Why a writer gave up: it was cancelled, or somebody holds the turn.
   *
   * @param waited whether it had time to wait
   */
  RuntimeException refusal(BooleanSupplier cancelled, boolean waited) {
    if (cancelled.getAsBoolean()) {
      return new InterruptedStatementException(ResultCode.INTERRUPT, "interrupted");
    }
    String holder = describeHolder();
    return waited
        ? BusyException.waitedFor(holder)
        : new BusyException(
            ResultCode.BUSY, "database is locked", new IllegalStateException(holder));
  }
}
