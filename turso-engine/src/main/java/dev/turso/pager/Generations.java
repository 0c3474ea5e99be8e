package dev.turso.pager;

import dev.turso.wal.Wal;
import org.jspecify.annotations.Nullable;

/**
 * The generations that have readers, or may get some. Guarded by the monitor of the storage, but for
 * {@link #enterNewest}.
 */
final class Generations {

  private @Nullable Generation first;
  private volatile @Nullable Generation newest;

  /** Makes the caller a reader of the newest published state, if this is at hand. No monitor. */
  @Nullable Generation enterNewest(Wal wal) {
    Generation found = newest;
    if (found == null || !found.tryEnter()) {
      return null;
    }
    if (wal.tryJoin(found.share)) {
      return found;
    }
    found.leave();
    return null;
  }

  /** The next reader looks for the newest state himself. */
  void forgetNewest() {
    newest = null;
  }

  /** Adds one for others to enter. */
  void addNewest(Generation generation) {
    add(generation);
    newest = generation;
  }

  /** Adds one, and retires those that nobody reads. */
  void add(Generation generation) {
    retireIdle(Long.MAX_VALUE);
    generation.next = first;
    first = generation;
  }

  /**
   * The least stamp that is read, or the one given if that is less. Who has an idle generation from
   * before it in hand cannot enter any more.
   */
  long oldest(long otherwise) {
    retireIdle(otherwise);
    long least = otherwise;
    for (Generation each = first; each != null; each = each.next) {
      least = Math.min(least, each.stamp);
    }
    return least;
  }

  /** Retires all of which nobody is a reader. Returns whether none is left. */
  boolean retireAll() {
    newest = null;
    retireIdle(Long.MAX_VALUE);
    return first == null;
  }

  private void retireIdle(long before) {
    Generation kept = null;
    for (Generation each = first; each != null; each = each.next) {
      if (each.stamp < before && each.tryRetire()) {
        if (kept == null) {
          first = each.next;
        } else {
          kept.next = each.next;
        }
      } else {
        kept = each;
      }
    }
  }

  /** How many snapshots are open. */
  int readers() {
    int count = 0;
    for (Generation each = first; each != null; each = each.next) {
      count += each.readers();
    }
    return count;
  }
}
