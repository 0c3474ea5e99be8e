package dev.turso.exec.operator;

import dev.turso.btree.TableCursor;
import dev.turso.format.RecordReader;
import dev.turso.pager.PageStore;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table found by rowid a short while ago: for joins that look the same rows up again and
 * again. A row is remembered as the slice of the page it is on, which never changes; all are forgotten
 * when the tree may have changed. Not thread-safe.
 */
final class RowCache {

  /** Seeks of an execution before rows are remembered at all: point queries need none. */
  private static final int PATIENCE = 512;

  private static final int FIRST_SIZE = 1 << 10;
  private static final int LARGEST_SIZE = 1 << 18;
  private static final int LONGEST_ROW = 4096;

  private @Nullable PageStore store;
  private long seen;
  private int seeks;
  private int added;
  private long[] rowids = new long[0];
  private @Nullable byte[][] arrays = new byte[0][];
  private long[] slices = new long[0];

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
    seen = store == null ? 0 : store.changeCount();
  }

  private void remember(int at, long rowid, TableCursor cursor) {
    rowids[at] = rowid;
    arrays[at] = cursor.array();
    slices[at] = (long) cursor.payloadOffset() << 32 | cursor.payloadLength();
    if (++added > 2 * rowids.length && rowids.length < LARGEST_SIZE) {
      grow();
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
