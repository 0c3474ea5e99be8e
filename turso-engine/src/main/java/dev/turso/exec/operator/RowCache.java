package dev.turso.exec.operator;

import dev.turso.btree.TableCursor;
import dev.turso.format.RecordReader;
import dev.turso.pager.PageStore;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table found by rowid a short while ago: for joins that look the same rows up again and
 * again. A row is remembered as the slice of the page it is on, which never changes; all are forgotten
 * when the tree may have changed, or when their pages take too much of the heap. Not thread-safe.
 */
final class RowCache {

  /** Seeks of an execution before rows are remembered at all: point queries need none. */
  private static final int PATIENCE = 512;

  private static final int FIRST_SIZE = 1 << 10;
  private static final int LONGEST_ROW = 4096;

  /** A remembered row may be all that keeps its page in memory: pages for an eighth of the heap. */
  private static final int LARGEST_SIZE =
      (int)
          Math.clamp(
              Long.highestOneBit(Runtime.getRuntime().maxMemory() / 8 / 4096), FIRST_SIZE, 1 << 18);

  /** Bytes of pages that remembered rows may keep in memory. */
  private static final long MOST_PAGES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 16, 4L << 20, 256L << 20);

  private @Nullable PageStore store;
  private long seen;
  private int seeks;
  private int added;
  private long[] rowids = new long[0];
  private @Nullable byte[][] arrays = new byte[0][];
  private long[] slices = new long[0];

  /** Of pages that rows were remembered on; one that was left and come back to counts again. */
  private long pageBytes;

  private byte @Nullable [] lastPage;

  /** A new execution or outer row begins in this store. */
  void open(PageStore current) {
    if (current != store) {
      clear();
      store = current;
    }
  }

  void clear() {
    seeks = 0;
    added = 0;
    if (rowids.length > 0) {
      rowids = new long[0];
      arrays = new byte[0][];
      slices = new long[0];
    }
    pageBytes = 0;
    lastPage = null;
  }

  /** Points a reader at the row of this rowid, if there is one. */
  boolean read(TableCursor cursor, long rowid, RecordReader reader) {
    if (seeks < PATIENCE) {
      seeks++;
      if (!cursor.seek(rowid)) {
        return false;
      }
      cursor.read(reader);
      return true;
    }
    return readRemembered(cursor, rowid, reader);
  }

  private boolean readRemembered(TableCursor cursor, long rowid, RecordReader reader) {
    PageStore s = store;
    if (s == null || s.changeCount() != seen || rowids.length == 0) {
      begin();
    }
    int at = KeyHash.mix(rowid) & rowids.length - 1;
    byte[] array = arrays[at];
    if (array != null && rowids[at] == rowid) {
      reader.reset(array, (int) (slices[at] >>> 32), (int) slices[at]);
      return true;
    }
    if (!cursor.seek(rowid)) {
      return false;
    }
    cursor.read(reader);
    if (cursor.payloadLength() <= LONGEST_ROW) {
      remember(at, rowid, cursor);
    }
    return true;
  }

  private void begin() {
    int size = Math.max(FIRST_SIZE, rowids.length);
    rowids = new long[size];
    arrays = new byte[size][];
    slices = new long[size];
    added = 0;
    pageBytes = 0;
    lastPage = null;
    seen = store == null ? 0 : store.changeCount();
  }

  private void remember(int at, long rowid, TableCursor cursor) {
    rowids[at] = rowid;
    arrays[at] = cursor.array();
    slices[at] = (long) cursor.payloadOffset() << 32 | cursor.payloadLength();
    if (arrays[at] != lastPage) {
      lastPage = arrays[at];
      pageBytes += cursor.array().length;
      if (pageBytes > MOST_PAGES) {
        weigh();
      }
    }
    if (++added > 2 * rowids.length && rowids.length < LARGEST_SIZE) {
      grow();
    }
  }

  /** Counts each page once; forgets all rows if there is little room for more. */
  private void weigh() {
    Set<byte[]> pages = Collections.newSetFromMap(new IdentityHashMap<>());
    pageBytes = 0;
    for (byte[] each : arrays) {
      if (each != null && pages.add(each)) {
        pageBytes += each.length;
      }
    }
    if (pageBytes > MOST_PAGES / 2) {
      begin();
    }
  }

  private void grow() {
    long[] oldRowids = rowids;
    @Nullable byte[][] oldArrays = arrays;
    long[] oldSlices = slices;
    int size = oldRowids.length * 4;
    rowids = new long[size];
    arrays = new byte[size][];
    slices = new long[size];
    added = 0;
    for (int i = 0; i < oldRowids.length; i++) {
      if (oldArrays[i] != null) {
        int at = KeyHash.mix(oldRowids[i]) & size - 1;
        rowids[at] = oldRowids[i];
        arrays[at] = oldArrays[i];
        slices[at] = oldSlices[i];
      }
    }
  }
}
