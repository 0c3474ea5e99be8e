package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows kept as record bytes in large arrays: what sorts, hash tables and materialised tables stand on.
 *
 * <p>Rows are numbered from 0 in the order they were added and never change. Beyond the limit of the
 * frame's temporary space the arrays that are full go to a file, from which rows are read one by one.
 * Not thread-safe.
 */
final class RowBuffer {

  /** Bytes before the first row of a chunk: integers are read with the bytes that go before them. */
  private static final int MARGIN = 8;

  private static final byte[] NOTHING = {};

  private static final int FIRST_CHUNK = 1 << 12;
  private static final int OFFSET_BITS = 20;
  private static final int LARGEST_CHUNK = 1 << OFFSET_BITS;
  private static final int OFFSET_MASK = LARGEST_CHUNK - 1;
  private static final int LENGTH_BITS = 30;
  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
  private static final int CHUNK_SHIFT = OFFSET_BITS + LENGTH_BITS;

  /** Who knows where rows go that are too many; null if all are to stay. */
  private final @Nullable Frame frame;

  private @Nullable SpilledBytes file;

  /** Where in the file each array is that went there. */
  private long[] filePlaces = {};

  /** How many arrays are in the file: the first ones. */
  private int spilledChunks;

  private long limit = -1;

  private byte[][] chunks = new byte[4][];
  private int chunkCount;
  private int used;
  private int size;
  private long bytes;

  /** Where in its array the row is that was looked for last. */
  private int found;

  /** Of each row, in one number so that one cache line tells: chunk, offset there, length. */
  private long[] places = new long[16];

  RowBuffer() {
    this(null);
  }

  /**
   * @param frame whose temporary space takes what is too much
   */
  RowBuffer(@Nullable Frame frame) {
    this.frame = frame;
  }

  void clear() {
    Arrays.fill(chunks, null);
    SpilledBytes.close(file);
    file = null;
    spilledChunks = 0;
    limit = -1;
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
    long place = places[row];
    byte[] array = array(place);
    int from = found;
    return Arrays.equals(
        array,
        from,
        from + length(place),
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
    if (frame != null && bytes > 0) {
      spill(frame);
    }
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunkCount * 2);
    }
    int wanted = (int) Math.min((long) FIRST_CHUNK << Math.min(chunkCount, 8), LARGEST_CHUNK);
    chunks[chunkCount++] = new byte[Math.max(wanted, atLeast + MARGIN)];
    used = MARGIN;
  }

  /** Moves the arrays, all of them full, to the file if they are too many. */
  private void spill(Frame of) {
    if (limit < 0) {
      limit = of.temporary().bytesInMemory();
    }
    long kept = (long) (chunkCount - spilledChunks) << OFFSET_BITS;
    if (kept <= limit) {
      return;
    }
    SpilledBytes to = file;
    if (to == null) {
      to = new SpilledBytes(of.temporary());
      file = to;
    }
    if (filePlaces.length < chunkCount) {
      filePlaces = Arrays.copyOf(filePlaces, chunkCount * 2);
    }
    for (int i = spilledChunks; i < chunkCount; i++) {
      int length = i == chunkCount - 1 ? used : chunks[i].length;
      filePlaces[i] = to.append(chunks[i], 0, length);
      chunks[i] = NOTHING;
    }
    spilledChunks = chunkCount;
  }

  /** The array that a row is in, at {@link #found}. */
  private byte[] array(long place) {
    int chunk = (int) (place >>> CHUNK_SHIFT);
    SpilledBytes from = file;
    if (chunk < spilledChunks && from != null) {
      byte[] array = from.find(filePlaces[chunk] + offset(place), length(place));
      found = from.at();
      return array;
    }
    found = offset(place);
    return chunks[chunk];
  }

  private static int length(long place) {
    return (int) place & LENGTH_MASK;
  }

  /** A chunk that is larger than the largest begins with the one row it was made for. */
  private static int offset(long place) {
    return (int) (place >>> LENGTH_BITS) & OFFSET_MASK;
  }

  /** The same rows in another order: what is read in that order is then read from front to back. */
  RowBuffer inOrder(int[] order) {
    RowBuffer sorted = new RowBuffer(frame);
    for (int row : order) {
      byte[] array = array(places[row]);
      sorted.add(array, found, length(places[row]));
    }
    return sorted;
  }

  /** Hands a row on as a run's next one. */
  void give(int row, SortedRuns to) {
    long place = places[row];
    byte[] array = array(place);
    to.write(array, found, length(place));
  }

  /** Points a reader at a row. */
  void read(int row, RecordReader reader) {
    long place = places[row];
    byte[] array = array(place);
    reader.reset(array, found, length(place));
  }
}
