package dev.turso.exec.operator;

import java.util.Arrays;

/** Sorts the rows of a {@link RowBuffer}: a stable merge sort over row numbers and key prefixes. */
final class RowSorter {

  private static final int SHORT_RUN = 12;

  private final RowBuffer rows;
  private final RowOrder order;

  RowSorter(RowBuffer rows, RowOrder order) {
    this.rows = rows;
    this.order = order;
  }

  /** The numbers of all rows in order; rows that are equal stay in the order they came. */
  int[] sort() {
    int n = rows.size();
    long[] packed = n < SHORT_RUN ? null : order.pack(rows);
    if (packed != null) {
      return sortPacked(packed);
    }
    int[] byNumbers = n < SHORT_RUN ? null : RadixSorter.sort(rows, order);
    if (byNumbers != null) {
      return byNumbers;
    }
    int[] index = new int[n];
    long[] prefix = new long[n];
    for (int i = 0; i < n; i++) {
      index[i] = i;
      prefix[i] = order.prefix(rows, i) ^ Long.MIN_VALUE;
    }
    sortRuns(index, prefix, n);
    if (n <= SHORT_RUN) {
      return index;
    }
    int[] otherIndex = new int[n];
    long[] otherPrefix = new long[n];
    for (int width = SHORT_RUN; width < n; width *= 2) {
      for (int low = 0; low < n; low += 2 * width) {
        int middle = Math.min(low + width, n);
        merge(index, prefix, low, middle, Math.min(middle + width, n), otherIndex, otherPrefix);
      }
      int[] swapIndex = index;
      index = otherIndex;
      otherIndex = swapIndex;
      long[] swapPrefix = prefix;
      prefix = otherPrefix;
      otherPrefix = swapPrefix;
    }
    return index;
  }

  /** Sorts numbers that hold a row's whole key above and its number below. */
  private static int[] sortPacked(long[] packed) {
    Arrays.sort(packed);
    int[] index = new int[packed.length];
    long mask = (1L << RowOrder.bitsFor(packed.length)) - 1;
    for (int i = 0; i < index.length; i++) {
      index[i] = (int) (packed[i] & mask);
    }
    return index;
  }

  private void sortRuns(int[] index, long[] prefix, int n) {
    for (int low = 0; low < n; low += SHORT_RUN) {
      int high = Math.min(low + SHORT_RUN, n);
      for (int i = low + 1; i < high; i++) {
        int row = index[i];
        long p = prefix[i];
        int at = i - 1;
        while (at >= low && after(prefix[at], index[at], p, row)) {
          index[at + 1] = index[at];
          prefix[at + 1] = prefix[at];
          at--;
        }
        index[at + 1] = row;
        prefix[at + 1] = p;
      }
    }
  }

  private boolean after(long prefixA, int a, long prefixB, int b) {
    return prefixA != prefixB ? prefixA > prefixB : order.compare(rows, a, b) > 0;
  }

  private void merge(
      int[] index, long[] prefix, int low, int middle, int high, int[] out, long[] outPrefix) {
    if (middle == high
        || !after(prefix[middle - 1], index[middle - 1], prefix[middle], index[middle])) {
      System.arraycopy(index, low, out, low, high - low);
      System.arraycopy(prefix, low, outPrefix, low, high - low);
      return;
    }
    int i = low;
    int j = middle;
    for (int k = low; k < high; k++) {
      if (j >= high || i < middle && !after(prefix[i], index[i], prefix[j], index[j])) {
        out[k] = index[i];
        outPrefix[k] = prefix[i++];
      } else {
        out[k] = index[j];
        outPrefix[k] = prefix[j++];
      }
    }
  }
}
