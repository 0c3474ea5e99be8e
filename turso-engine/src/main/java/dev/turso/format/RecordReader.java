package dev.turso.format;

import dev.turso.value.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A movable view of one record: parses the header as far as needed and a column when asked.
 *
 * <p>{@link #load} returns the column's {@link Tag} and leaves its lane in {@link #bits()} and {@link
 * #ref()}. TEXT and BLOB are slices of the record's array, not copies; in a UTF-16 database a TEXT is
 * a fresh UTF-8 array. Nothing is allocated per record. Not thread-safe.
 *
 * <p>A column beyond those the record holds is {@link #ABSENT}: the row is older than the column, and
 * the caller supplies the column's default. A record that contradicts itself is a {@link
 * dev.turso.error.CorruptException}.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#record_format">File format, 2.1</a>
 */
public final class RecordReader {

  /** What {@link #load} returns for a column that the record does not have. */
  public static final int ABSENT = -1;

  private static final byte[] NOTHING = new byte[0];

  private final TextEncoding encoding;

  private byte[] array = NOTHING;
  private int offset;
  private int length;

  /** Bytes of the record that {@link #array} holds; the others come from {@link #rest}. */
  private int available;

  private @Nullable PayloadRest rest;

  private int headerEnd;
  private int headerAt;
  private int parsed;
  private int[] types = new int[16];

  /** Where each parsed column starts, relative to the record; one more than {@link #parsed}. */
  private int[] starts = new int[17];

  private long bits;
  private byte[] ref = NOTHING;

  public RecordReader() {
    this(TextEncoding.UTF_8);
  }

  public RecordReader(TextEncoding encoding) {
    this.encoding = encoding;
  }

  /** Moves the view to a record that is wholly in the array. */
  public void reset(byte[] array, int offset, int length) {
    this.rest = null;
    this.available = length;
    begin(array, offset, length);
  }

  /**
   * Moves the view to a record whose first {@code available} bytes are in the array. The rest is
   * asked for when a column needs it.
   */
  public void reset(byte[] array, int offset, int length, int available, PayloadRest rest) {
    this.rest = rest;
    this.available = available;
    begin(array, offset, length);
  }

  private void begin(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
    this.parsed = 0;
    if (available > 0) {
      int first = array[offset];
      if (first >= 0 && first <= available) {
        headerEnd = first;
        headerAt = 1;
        starts[0] = first;
        return;
      }
    }
    beginLongHeader();
  }

  private void beginLongHeader() {
    if (length == 0) {
      headerEnd = 0;
      headerAt = 0;
      starts[0] = 0;
      return;
    }
    long size = Varint.read(array, offset, offset + available);
    if (size > length || size > 0x100_0000) {
      throw Malformed.file();
    }
    headerEnd = (int) size;
    headerAt = Varint.length(array, offset);
    starts[0] = headerEnd;
    if (headerEnd > available) {
      completeRecord(headerEnd);
    }
  }

  private void completeRecord(int end) {
    PayloadRest source = rest;
    if (source == null || end > length) {
      throw Malformed.file();
    }
    array = source.complete();
    offset = 0;
    available = length;
    rest = null;
  }

  /** How many columns the record holds. Parses the whole header. */
  public int columnCount() {
    parseTo(Integer.MAX_VALUE);
    return parsed;
  }

  /** Decodes a column: its tag, or {@link #ABSENT}. */
  public int load(int column) {
    if (column >= parsed && !parseTo(column)) {
      return ABSENT;
    }
    int end = starts[column + 1];
    if (end > available) {
      completeRecord(end);
    }
    int type = types[column];
    if (SerialType.isInteger(type)) {
      bits = SerialType.integer(type, array, offset + end);
      return Tag.INTEGER;
    }
    return loadOther(type, offset + starts[column]);
  }

  private int loadOther(int type, int at) {
    if (type >= SerialType.FIRST_BLOB) {
      return loadSlice(type, at);
    }
    if (type != SerialType.REAL) {
      return Tag.NULL;
    }
    bits = Bytes.i64(array, at);
    return isNaN(bits) ? Tag.NULL : Tag.REAL;
  }

  private int loadSlice(int type, int at) {
    int n = type - SerialType.FIRST_BLOB >>> 1;
    ref = array;
    bits = Tag.slice(at, n);
    if ((type & 1) == 0) {
      return Tag.BLOB;
    }
    if (encoding != TextEncoding.UTF_8) {
      ref = encoding.toUtf8(array, at, n);
      bits = Tag.slice(0, ref.length);
    }
    return Tag.TEXT;
  }

  /** SQLite reads a stored NaN as NULL. */
  private static boolean isNaN(long bits) {
    return (bits & Long.MAX_VALUE) > 0x7ff0_0000_0000_0000L;
  }

  /** The bits of the column loaded last, as {@link Tag} explains them. */
  public long bits() {
    return bits;
  }

  /** The array that the TEXT or BLOB loaded last is a slice of. */
  public byte[] ref() {
    return ref;
  }

  /** The array of the record itself, complete or not. */
  public byte[] array() {
    return array;
  }

  /** Parses the header up to a column; false where the record ends before it. */
  private boolean parseTo(int column) {
    byte[] a = array;
    int base = offset;
    int at = base + headerAt;
    int limit = base + headerEnd;
    int n = parsed;
    int start = starts[n];
    while (n <= column && at < limit) {
      if (n == types.length) {
        grow();
      }
      int type = a[at];
      if (type >= 0) {
        at++;
        start += SerialType.shortLength(type);
      } else {
        type = wideType(at, limit);
        at += Varint.length(a, at);
        start += SerialType.length(type);
        if (start > length || start < 0) {
          throw Malformed.file();
        }
      }
      types[n] = type;
      starts[++n] = start;
    }
    headerAt = at - base;
    parsed = n;
    return n > column;
  }

  private int wideType(int at, int limit) {
    long wide = Varint.read(array, at, limit);
    if (wide < 0 || wide > Integer.MAX_VALUE) {
      throw Malformed.file();
    }
    return (int) wide;
  }

  private void grow() {
    types = Arrays.copyOf(types, types.length * 2);
    starts = Arrays.copyOf(starts, types.length + 1);
  }
}
