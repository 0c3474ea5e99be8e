package dev.turso.pager;

import dev.turso.wal.WalShare;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A commit with a log as its readers see it, shared by all of them: who finds it to be the newest
 * enters it without a monitor.
 *
 * <p>The versions that its stamp sees stay in the table while it has readers, and while it is the
 * newest. It is retired, for ever, in the one moment in which it has none: who comes later is turned
 * away.
 */
final class Generation {

  private static final int RETIRED = -1;

  final PageTable table;
  final long stamp;
  final int pageCount;

  /** The read lock to join. */
  final WalShare share;

  /** The next in the list of generations. Guarded by the monitor of the storage. */
  @Nullable Generation next;

  private final AtomicInteger readers;

  Generation(PageTable table, long stamp, int pageCount, WalShare share, int readers) {
    this.table = table;
    this.stamp = stamp;
    this.pageCount = pageCount;
    this.share = share;
    this.readers = new AtomicInteger(readers);
  }

  /** Becomes a reader, if it is not retired. */
  boolean tryEnter() {
    int count = readers.get();
    while (count != RETIRED) {
      if (readers.compareAndSet(count, count + 1)) {
        return true;
      }
      count = readers.get();
    }
    return false;
  }

  void leave() {
    readers.decrementAndGet();
  }

  /** Turns away all who come from now on, if nobody is in. */
  boolean tryRetire() {
    return readers.compareAndSet(0, RETIRED);
  }

  int readers() {
    return Math.max(0, readers.get());
  }
}
