package dev.turso.cdc.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a log that were read last, for readers of parts in one process: the first to come reads a
 * page, and the others take their keys out of it. Who lags behind reads for himself. Thread-safe.
 */
final class LogPages {

  private static final long MOST_BYTES = 16 << 20;

  /** The page that was used last is the last. */
  private final Deque<LogPage> pages = new ArrayDeque<>();

  private long bytes;

  /** Positions after which somebody is reading. */
  private final Set<Long> reading = new HashSet<>();

  /**
   * The page that goes on after a position. If there is none the caller is to read one and {@link #add} it,
   * or to say that it has {@link #ended}; others who ask for the same wait for that.
   */
  synchronized @Nullable LogPage after(long change) {
    boolean interrupted = false;
    try {
      while (true) {
        LogPage known = find(change);
        if (known != null || reading.add(change)) {
          return known;
        }
        interrupted |= await();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean await() {
    try {
      wait();
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private @Nullable LogPage find(long change) {
    for (Iterator<LogPage> each = pages.descendingIterator(); each.hasNext(); ) {
      LogPage page = each.next();
      if (page.goesOnAfter(change)) {
        each.remove();
        pages.addLast(page);
        return page;
      }
    }
    return null;
  }

  synchronized void add(LogPage page) {
    pages.addLast(page);
    bytes += page.bytes();
    while (bytes > MOST_BYTES) {
      bytes -= pages.removeFirst().bytes();
    }
    ended(page.after());
  }

  /** The caller of {@link #after} reads no more. */
  synchronized void ended(long change) {
    reading.remove(change);
    notifyAll();
  }

  /** A page is not what the log has by now: another file was put in its place, or the row is pruned. */
  synchronized void forget() {
    pages.clear();
    bytes = 0;
  }
}
