package dev.turso.dbsp.subscribe;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Steps over the changes of commits that somebody has yet to make, in the order of the commits: the
 * dispatcher when it publishes them, or, when it falls behind, a committing thread, which then goes no
 * faster than what it causes is done.
 *
 * <p>Thread-safe. Who holds the lock may take the monitor of a query, never the other way round.
 */
final class LiveSteps {

  private final Queue<LiveOutcome.Later> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Under the write lock, so that the order is that of commits. */
  void add(LiveOutcome.Later step) {
    waiting.add(step);
  }

  /** Makes steps up to one, if nobody has. */
  void makeUpTo(LiveOutcome.Later step) {
    lock.lock();
    try {
      while (!step.isMade()) {
        LiveOutcome.Later next = waiting.poll();
        (next == null ? step : next).make();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes all steps that wait. */
  void makeAll() {
    lock.lock();
    try {
      for (LiveOutcome.Later next = waiting.poll(); next != null; next = waiting.poll()) {
        next.make();
      }
    } finally {
      lock.unlock();
    }
  }
}
