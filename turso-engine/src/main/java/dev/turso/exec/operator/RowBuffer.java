package dev.turso.exec.operator;

import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import java.util.Arrays;

/**
 * Rows kept as record bytes in large arrays: what sorts, hash tables and materialised tables stand on.
 *
 * <p>Rows are numbered from 0 in the order they were added and never change. Not thread-safe.
 */
final class RowBuffer {

  /** Bytes before the first row of a chunk: integers are read with the bytes that go before them. */
  private static final int MARGIN = 8;

  private static final int FIRST_CHUNK = 1 << 12;
  private static final int OFFSET_BITS = 20;
  private static final int LARGEST_CHUNK = 1 << OFFSET_BITS;
  private static final int OFFSET_MASK = LARGEST_CHUNK - 1;
  private static final int LENGTH_BITS = 30;
  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
  private static final int CHUNK_SHIFT = OFFSET_BITS + LENGTH_BITS;

  private byte[][] chunks = new byte[4][];
  private int chunkCount;
  private int used;
  private int size;
  private long bytes;

  /** Of each row, in one number so that one cache line tells: chunk, offset there, length. */
  private long[] places = new long[16];

  void clear() {
    Arrays.fill(chunks, null);
    chunkCount = 0;
    used = 0;
    size = 0;
    bytes = 0;
  }

  /** As {@link #clear}, but the first array is used again: rows read before are overwritten. */
  void rewind() {
    if (chunkCount != 1) {
      clear();
      return;
    }
    used = MARGIN;
    size = 0;
    bytes = 0;
  }

  int size() {
    return size;
  }

  /** How many bytes the rows take. */
  long bytes() {
    return bytes;
  }

  /** Adds the finished record of a writer and returns the row's number. */
  int add(RecordWriter record) {
    return add(record.array(), record.offset(), record.length());
  }

  int add(byte[] array, int offset, int length) {
    if (chunkCount == 0 || chunks[chunkCount - 1].length - used < length) {
      addChunk(length);
    }
    System.arraycopy(array, offset, chunks[chunkCount - 1], used, length);
    if (size == places.length) {
      places = Arrays.copyOf(places, size * 2);
    }
    places[size] = (long) (chunkCount - 1) << CHUNK_SHIFT | (long) used << LENGTH_BITS | length;
    used += length;
    bytes += length;
    return size++;
  }

  boolean sameBytes(int row, RecordWriter record) {
    int from = offset(row);
    return Arrays.equals(
        array(row),
        from,
        from + length(row),
        record.array(),
        record.offset(),
        record.offset() + record.length());
  }

  /** Puts another record in a row's place. */
  void replace(int row, RecordWriter record) {
    int added = add(record);
    places[row] = places[added];
    size--;
  }

  private void addChunk(int atLeast) {
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunkCount * 2);
    }
    int wanted = (int) Math.min((long) FIRST_CHUNK << Math.min(chunkCount, 8), LARGEST_CHUNK);
    chunks[chunkCount++] = new byte[Math.max(wanted, atLeast + MARGIN)];
    used = MARGIN;
  }

  byte[] array(int row) {
    return chunks[(int) (places[row] >>> CHUNK_SHIFT)];
  }

  int offset(int row) {
    return offset(places[row]);
  }

  int length(int row) {
    return (int) places[row] & LENGTH_MASK;
  }

  /** A chunk that is larger than the largest begins with the one row it was made for. */
  private static int offset(long place) {
    return (int) (place >>> LENGTH_BITS) & OFFSET_MASK;
  }

  /** The same rows in another order: what is read in that order is then read from front to back. */
  RowBuffer inOrder(int[] order) {
    RowBuffer sorted = new RowBuffer();
    for (int row : order) {
      sorted.add(array(row), offset(row), length(row));
    }
    return sorted;
  }

  /** Points a reader at a row. */
  void read(int row, RecordReader reader) {
    long place = places[row];
    reader.reset(chunks[(int) (place >>> CHUNK_SHIFT)], offset(place), (int) place & LENGTH_MASK);
  }
}
