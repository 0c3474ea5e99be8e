package dev.turso.exec.operator;

import org.jspecify.annotations.Nullable;

/**
 * Sorts row numbers by keys that are numbers: byte by byte from the least one, each pass stable and
 * without comparing anything. Bytes that are the same in all keys take no pass.
 */
final class RadixSorter {

  private static final int BUCKETS = 256;

  private int[] index;
  private int[] otherIndex;
  private long[] otherKeys;

  private RadixSorter(int n) {
    this.index = new int[n];
    this.otherIndex = new int[n];
    this.otherKeys = new long[n];
    for (int i = 0; i < n; i++) {
      index[i] = i;
    }
  }

  /** The numbers of all rows in order, or null if one of the order's fields is not only numbers. */
  static int @Nullable [] sort(RowBuffer rows, RowOrder order) {
    RadixSorter sorter = new RadixSorter(rows.size());
    for (int field = order.fields() - 1; field >= 0; field--) {
      long[] keys = order.numbers(rows, field);
      if (keys == null) {
        return null;
      }
      sorter.by(keys);
    }
    return sorter.index;
  }

  /** Sorts by one more key, which goes before those that were sorted by. */
  private void by(long[] keyOfRow) {
    int n = index.length;
    long[] keys = new long[n];
    long varying = 0;
    for (int i = 0; i < n; i++) {
      long key = keyOfRow[index[i]];
      keys[i] = key;
      varying |= key ^ keyOfRow[0];
    }
    for (int shift = 0; shift < Long.SIZE; shift += 8) {
      if ((varying >>> shift & 0xff) != 0) {
        pass(keys, shift);
        long[] swap = keys;
        keys = otherKeys;
        otherKeys = swap;
      }
    }
  }

  private void pass(long[] keys, int shift) {
    int[] starts = new int[BUCKETS];
    for (long key : keys) {
      starts[(int) (key >>> shift) & 0xff]++;
    }
    int at = 0;
    for (int i = 0; i < BUCKETS; i++) {
      int count = starts[i];
      starts[i] = at;
      at += count;
    }
    for (int i = 0; i < keys.length; i++) {
      long key = keys[i];
      int to = starts[(int) (key >>> shift) & 0xff]++;
      otherKeys[to] = key;
      otherIndex[to] = index[i];
    }
    int[] swap = index;
    index = otherIndex;
    otherIndex = swap;
  }
}
