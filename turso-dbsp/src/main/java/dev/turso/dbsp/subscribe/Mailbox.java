package dev.turso.dbsp.subscribe;

import dev.turso.change.Position;
import dev.turso.dbsp.algebra.ZSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber has not been told yet, and the virtual thread that tells it.
 *
 * <p>At most one message waits: while the listener is busy, later differences are added to it, and rows
 * that came and went again cancel out. Past {@value #LIMIT} rows the subscriber starts over with a fresh
 * snapshot instead. Thread-safe.
 */
final class Mailbox {

  private static final int LIMIT = 100_000;

  private final RunningQuery query;
  private final LiveQueryListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private @Nullable ZSet waiting;
  private boolean waitingIsSnapshot;

  /** Whether it is to be told even if it says that nothing has changed. */
  private boolean waitingIsFirst;

  private @Nullable Position waitingPosition;
  private @Nullable RuntimeException failure;
  private boolean restart;
  private boolean telling;
  private boolean threadRuns;
  private boolean closed;
  private @Nullable LiveSelect select;
  private Position position = Position.START;

  Mailbox(RunningQuery query, LiveQueryListener listener) {
    this.query = query;
    this.listener = listener;
  }

  // ---- filling

  void snapshot(Position at, ZSet rows, LiveSelect select) {
    lock.lock();
    try {
      this.select = select;
      waiting = rows;
      waitingIsSnapshot = true;
      waitingPosition = at;
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** The first message is what changed since a position that the listener knows, be it nothing. */
  void resumed(Position at, ZSet rows, LiveSelect select) {
    lock.lock();
    try {
      this.select = select;
      waiting = rows;
      waitingIsSnapshot = false;
      waitingIsFirst = true;
      waitingPosition = at;
      wake();
    } finally {
      lock.unlock();
    }
  }

  void delta(Position at, ZSet rows) {
    lock.lock();
    try {
      ZSet held = waiting;
      if (held == null) {
        waiting = rows;
        waitingIsSnapshot = false;
      } else {
        ZSet merged = new ZSet();
        merged.addAll(held, 1);
        merged.addAll(rows, 1);
        merged.consolidate();
        waiting = merged;
      }
      waitingPosition = at;
      if (!waitingIsSnapshot && held != null && held.size() > LIMIT) {
        waiting = null;
        restart = true;
      }
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** A commit was published that may not have changed the result. */
  void passed(Position at) {
    lock.lock();
    try {
      if (waiting == null && !telling && !restart && at.compareTo(position) > 0) {
        position = at;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void startOver() {
    lock.lock();
    try {
      restart = true;
      waiting = null;
      wake();
    } finally {
      lock.unlock();
    }
  }

  void fail(RuntimeException cause) {
    lock.lock();
    try {
      failure = cause;
      wake();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      waiting = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    if (!threadRuns && !closed) {
      threadRuns = true;
      Thread.ofVirtual().name("turso-live").start(this::run);
    }
    changed.signalAll();
  }

  // ---- telling

  private void run() {
    while (true) {
      LiveMessage message;
      boolean again;
      boolean first;
      RuntimeException cause;
      lock.lock();
      try {
        cause = failure;
        again = restart;
        restart = false;
        first = waitingIsFirst;
        waitingIsFirst = false;
        message = again || cause != null ? null : take();
        telling = message != null || again;
        if (message == null && !again && cause == null || closed) {
          threadRuns = false;
          telling = false;
          changed.signalAll();
          return;
        }
      } finally {
        lock.unlock();
      }
      if (!tell(message, again, first, cause)) {
        return;
      }
    }
  }

  private @Nullable LiveMessage take() {
    ZSet rows = waiting;
    Position at = waitingPosition;
    LiveSelect of = select;
    if (rows == null || at == null || of == null) {
      return null;
    }
    waiting = null;
    return new LiveRowReader(of.columns(), of.identified()).message(waitingIsSnapshot, at, rows);
  }

  /** Tells the listener, or begins again; false if the subscription has ended. */
  private boolean tell(
      @Nullable LiveMessage message,
      boolean again,
      boolean first,
      @Nullable RuntimeException cause) {
    RuntimeException end = cause;
    try {
      if (again) {
        query.start();
      } else if (message != null
          && (first || !message.changes().isEmpty() || isSnapshot(message))) {
        listener.message(message);
      }
    } catch (RuntimeException e) {
      end = e;
    } catch (Error e) {
      end = new IllegalStateException("the listener of a live query failed", e);
    }
    if (end != null) {
      query.close();
      listener.failed(end);
      return false;
    }
    lock.lock();
    try {
      telling = false;
      if (message != null) {
        position = message.position();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return true;
  }

  private static boolean isSnapshot(LiveMessage message) {
    return message.kind() == LiveMessage.Kind.SNAPSHOT;
  }

  // ---- watching

  Position position() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing waits; false after the time. */
  boolean awaitEmpty(long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
    lock.lockInterruptibly();
    try {
      while ((waiting != null || telling || restart) && !closed) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }
}
