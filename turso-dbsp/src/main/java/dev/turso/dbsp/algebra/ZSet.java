package dev.turso.dbsp.algebra;

import java.util.Arrays;

/**
 * Rows with weights: all bytes in one array, one offset and one weight a row.
 *
 * <p>Rows are appended in any order and any number of times; {@link #consolidate} sorts them, adds up
 * equal ones and drops what cancels out. Not thread-safe.
 */
public final class ZSet {

  private byte[] bytes = new byte[64];
  private int[] ends = new int[4];
  private long[] weights = new long[4];
  private int size;

  /** The number of entries; of different rows, if consolidated. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Forgets all rows but keeps the arrays. */
  public void clear() {
    size = 0;
  }

  /** Adds a row, whose bytes are copied. */
  public void add(byte[] row, long weight) {
    add(row, 0, row.length, weight);
  }

  /** Adds a row, whose bytes are copied. */
  public void add(byte[] array, int offset, int length, long weight) {
    int start = start(size);
    reserve(start, length);
    System.arraycopy(array, offset, bytes, start, length);
    ends[size] = start + length;
    weights[size++] = weight;
  }

  /** Adds a row that begins with a number, big-endian, and goes on with bytes, which are copied. */
  public void add(long number, byte[] array, int offset, int length, long weight) {
    int start = start(size);
    reserve(start, Long.BYTES + length);
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[start + i] = (byte) (number >>> 56 - 8 * i);
    }
    System.arraycopy(array, offset, bytes, start + Long.BYTES, length);
    ends[size] = start + Long.BYTES + length;
    weights[size++] = weight;
  }

  /** Adds all entries of another Z-set, their weights multiplied by a factor. */
  public void addAll(ZSet other, long factor) {
    for (int i = 0; i < other.size; i++) {
      add(
          other.bytes,
          other.start(i),
          other.length(i),
          Math.multiplyExact(other.weights[i], factor));
    }
  }

  /** The array that holds the bytes of all rows. */
  public byte[] array() {
    return bytes;
  }

  /** Where a row starts. */
  public int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /** How many bytes a row has. */
  public int length(int index) {
    return ends[index] - start(index);
  }

  public long weight(int index) {
    return weights[index];
  }

  /** A copy of a row's bytes. */
  public byte[] row(int index) {
    return Arrays.copyOfRange(bytes, start(index), ends[index]);
  }

  /** Sorts the rows, adds up the weights of equal ones and drops the zeros (A1). */
  public void consolidate() {
    if (isConsolidated()) {
      return;
    }
    int[] order = sorted();
    byte[] keptBytes = new byte[start(size)];
    int[] keptEnds = new int[size];
    long[] keptWeights = new long[size];
    int kept = 0;
    int at = 0;
    for (int i = 0; i < order.length; ) {
      int row = order[i];
      long weight = 0;
      do {
        weight = Math.addExact(weight, weights[order[i++]]);
      } while (i < order.length && compare(row, order[i]) == 0);
      if (weight != 0) {
        System.arraycopy(bytes, start(row), keptBytes, at, length(row));
        at += length(row);
        keptEnds[kept] = at;
        keptWeights[kept++] = weight;
      }
    }
    bytes = keptBytes;
    ends = keptEnds;
    weights = keptWeights;
    size = kept;
  }

  private boolean isConsolidated() {
    for (int i = 0; i < size; i++) {
      if (weights[i] == 0 || i > 0 && compare(i - 1, i) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** The sum of all weights. */
  public long total() {
    long total = 0;
    for (int i = 0; i < size; i++) {
      total += weights[i];
    }
    return total;
  }

  private int compare(int a, int b) {
    return Arrays.compareUnsigned(bytes, start(a), ends[a], bytes, start(b), ends[b]);
  }

  /** Row numbers in the order of the rows' bytes: a bottom-up merge sort. */
  private int[] sorted() {
    int[] from = new int[size];
    for (int i = 0; i < size; i++) {
      from[i] = i;
    }
    int[] to = new int[size];
    for (int width = 1; width < size; width *= 2) {
      for (int low = 0; low < size; low += 2 * width) {
        merge(from, to, low, Math.min(low + width, size), Math.min(low + 2 * width, size));
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private void merge(int[] from, int[] to, int low, int middle, int high) {
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      boolean takeLeft = left < middle && (right >= high || compare(from[left], from[right]) <= 0);
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  private void reserve(int start, int length) {
    if (size == weights.length) {
      ends = Arrays.copyOf(ends, size * 2);
      weights = Arrays.copyOf(weights, size * 2);
    }
    if (bytes.length - start < length) {
      long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 16L);
      long wanted = Math.max((long) start + length, doubled);
      if (wanted > Integer.MAX_VALUE - 16) {
        throw new OutOfMemoryError("a change of more than 2 GB");
      }
      bytes = Arrays.copyOf(bytes, (int) wanted);
    }
  }
}
