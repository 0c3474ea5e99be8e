package dev.turso.pager;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The page cache of one database, and in WAL mode the index from page to newest frame: for each page
 * its versions, the newest one array element away.
 *
 * <p>Commits push versions under the monitor of the storage, before a snapshot can have their stamp.
 * Readers take elements without any lock: what they find is visible to them by its stamp, or they
 * walk on. A reader that holds an array from before it grew misses only versions that are too new
 * for it, and pages that others have read since.
 *
 * <p>A version is cut off when every open snapshot and every later one sees a newer. An image is
 * evicted by a clock when there are more than the limit, if it can be read again; a version without
 * image stays, as it says which frame to read, until that frame's run of the log is over.
 */
final class PageTable {

  private static final VarHandle HEADS = MethodHandles.arrayElementVarHandle(PageVersion[].class);

  private final CacheLimit limit;
  private final int pageSize;
  private final boolean evictable;
  private final AtomicInteger images = new AtomicInteger();
  private volatile PageVersion[] heads = new PageVersion[64];
  private int hand;

  /**
   * @param limit how much memory images may take
   * @param evictable whether images can be read again from somewhere
   */
  PageTable(CacheLimit limit, int pageSize, boolean evictable) {
    this.limit = limit;
    this.pageSize = pageSize;
    this.evictable = evictable;
  }

  /** An empty table with the same limits. */
  PageTable fresh() {
    return new PageTable(limit, pageSize, evictable);
  }

  PageVersion[] heads() {
    return heads;
  }

  /** The newest version of a page not after a stamp, or null if the table has none. */
  @Nullable PageVersion find(int page, long stamp) {
    PageVersion[] array = heads;
    PageVersion version = page < array.length ? array[page] : null;
    while (version != null && version.stamp > stamp) {
      version = version.older;
    }
    return version;
  }

  /**
   * Adds the newest version of a page.
   *
   * @param image null to read it when needed
   * @param oldestNeeded the stamp of the oldest snapshot that is or may be open
   */
  void push(int page, long stamp, byte @Nullable [] image, long oldestNeeded) {
    PageVersion[] array = room(page);
    PageVersion head;
    PageVersion pushed;
    do {
      head = (PageVersion) HEADS.getVolatile(array, page);
      pushed = new PageVersion(stamp, image, head);
    } while (!HEADS.compareAndSet(array, page, head, pushed));
    if (image != null) {
      images.incrementAndGet();
    }
    cut(pushed, oldestNeeded);
  }

  private PageVersion[] room(int page) {
    PageVersion[] array = heads;
    if (page >= array.length) {
      array = Arrays.copyOf(array, Math.max(page + 1, array.length * 2));
      heads = array;
    }
    return array;
  }

  private void cut(PageVersion head, long oldestNeeded) {
    PageVersion version = head;
    while (version != null && version.stamp > oldestNeeded) {
      version = version.older;
    }
    if (version != null) {
      PageVersion dropped = version.older;
      version.older = null;
      for (; dropped != null; dropped = dropped.older) {
        if (dropped.image != null) {
          images.decrementAndGet();
        }
      }
    }
  }

  /** Keeps the image that was read for a version. */
  void loaded(PageVersion version, byte[] image) {
    if (version.image == null) {
      images.incrementAndGet();
    }
    version.image = image;
    version.used = true;
  }

  /** Keeps the image of a page of which the table has no version visible to the reader. */
  void loadedFromDatabase(int page, byte[] image) {
    PageVersion[] array = heads;
    if (page >= array.length) {
      return;
    }
    PageVersion base = new PageVersion(0, image, null);
    if (HEADS.compareAndSet(array, page, null, base)) {
      images.incrementAndGet();
      return;
    }
    PageVersion version = array[page];
    while (version != null && version.stamp > 0) {
      PageVersion older = version.older;
      if (older == null) {
        version.older = base;
        images.incrementAndGet();
        return;
      }
      version = older;
    }
  }

  /** Makes room for a page, so that what readers load of it is kept. Under the storage's monitor. */
  void ensureRoom(int pageCount) {
    if (pageCount >= heads.length) {
      room(pageCount);
    }
  }

  boolean isOverLimit() {
    return evictable && images.get() > limit.images(pageSize);
  }

  /**
   * Evicts until the limit holds again, or the hand has gone round twice. Under the monitor of the
   * storage.
   *
   * @param runStart the first stamp of the current run of the log: older frames are in the database
   */
  void evict(long runStart) {
    PageVersion[] array = heads;
    int most = limit.images(pageSize);
    int target = most - most / 16;
    for (int steps = 2 * array.length; steps > 0 && images.get() > target; steps--) {
      hand = hand + 1 < array.length ? hand + 1 : 0;
      PageVersion head = array[hand];
      for (PageVersion v = head; v != null; v = v.older) {
        if (v.used) {
          v.used = false;
        } else if (v.image != null) {
          v.image = null;
          images.decrementAndGet();
        }
      }
      if (head != null && head.image == null && head.older == null && head.stamp < runStart) {
        HEADS.compareAndSet(array, hand, head, null);
      }
    }
    if (images.get() > target) {
      recount(array);
    }
  }

  /** Two readers that load the same page at once count it twice; this corrects it. */
  private void recount(PageVersion[] array) {
    int count = 0;
    for (PageVersion head : array) {
      for (PageVersion v = head; v != null; v = v.older) {
        if (v.image != null) {
          count++;
        }
      }
    }
    images.set(count);
  }

  int imageCount() {
    return images.get();
  }
}
