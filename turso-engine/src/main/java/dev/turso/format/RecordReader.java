package dev.turso.format;

import dev.turso.value.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A movable view of one record: parses the header as far as needed and a column when asked.
 *
 * <p>{@link #load} returns the column's {@link Tag} and leaves its lane in {@link #bits()} and
 * {@link #ref()}. TEXT and BLOB are slices of the record's array, not copies; in a UTF-16 database
 * a TEXT is a fresh UTF-8 array. Nothing is allocated per record. Not thread-safe.
 *
 * <p>A column beyond those the record holds is {@link #ABSENT}: the row is older than the column,
 * and the caller supplies the column's default. A record that contradicts itself is a {@link
 * dev.turso.error.CorruptException}.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#record_format">File format, 2.1</a>
 */
public final class RecordReader {

  /** What {@link #load} returns for a column that the record does not have. */
  public static final int ABSENT = -1;

  /** What {@link #parseTo} returns for a column that the record does not have. */
  private static final long NO_COLUMN = 0xffff_ffffL;

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

  /** Where the body of the last parsed column ends, relative to the record. */
  private int bodyAt;

  /** For each parsed column where its body ends, relative to the record, and its serial type. */
  private long[] columns = new long[16];

  /** The highest columns that had to be parsed for: of this record and of the one before. */
  private int highest;

  private int usual;

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
        bodyAt = first;
        return;
      }
    }
    beginLongHeader();
  }

  private void beginLongHeader() {
    if (length == 0) {
      throw Malformed.file();
    }
    long size = Varint.read(array, offset, offset + available);
    if (size > length || size > 0x100_0000) {
      throw Malformed.file();
    }
    headerEnd = (int) size;
    headerAt = Varint.length(array, offset);
    bodyAt = headerEnd;
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
    parseTo(Integer.MAX_VALUE - 1);
    return parsed;
  }

  /** Decodes a column: its tag, or {@link #ABSENT}. */
  public int load(int column) {
    long found = column < parsed ? columns[column] : parseTo(column);
    int type = (int) found;
    int end = (int) (found >> 32);
    if (end > available) {
      completeRecord(end);
    }
    if (SerialType.isInteger(type)) {
      bits = SerialType.integer(type, array, offset + end);
      return Tag.INTEGER;
    }
    return loadOther(type, offset + end);
  }

  private int loadOther(int type, int end) {
    if (type >= SerialType.FIRST_BLOB) {
      return loadSlice(type, end);
    }
    if (type != SerialType.REAL) {
      return type < 0 ? ABSENT : Tag.NULL;
    }
    bits = Bytes.i64(array, end - 8);
    return isNaN(bits) ? Tag.NULL : Tag.REAL;
  }

  private int loadSlice(int type, int end) {
    int n = type - SerialType.FIRST_BLOB >>> 1;
    int at = end - n;
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
  static boolean isNaN(long bits) {
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

  /** How the record stores its texts. */
  public TextEncoding encoding() {
    return encoding;
  }

  /** The array of the record itself, complete or not. */
  public byte[] array() {
    return array;
  }

  /** Parses the header up to a column and returns what {@link #columns} has of it. */
  private long parseTo(int column) {
    int last = parsed == 0 ? firstAsked(column) : askedAgain(column);
    byte[] a = array;
    int at = offset + headerAt;
    int limit = offset + headerEnd;
    int n = parsed;
    int end = bodyAt;
    long[] to = columns;
    if (last >= to.length) {
      to = grow(last, n + limit - at);
    }
    while (n <= last && at < limit) {
      int type = a[at];
      if (type >= 0) {
        at++;
        end += SerialType.shortLength(type);
      } else {
        type = wideType(at, limit);
        at += Varint.length(a, at);
        end += SerialType.length(type);
        if (end > length || end < 0) {
          throw Malformed.file();
        }
      }
      to[n++] = (long) end << 32 | type;
    }
    if (at >= limit && end != length) {
      throw Malformed.file();
    }
    headerAt = at - offset;
    bodyAt = end;
    parsed = n;
    return n > column ? to[column] : NO_COLUMN;
  }

  /** Who asks for a second column of a record will ask for as many as of the one before. */
  private int firstAsked(int column) {
    usual = highest;
    highest = column;
    return column;
  }

  private int askedAgain(int column) {
    int last = Math.max(column, usual);
    highest = Math.max(highest, last);
    return last;
  }

  /** A column takes at least one byte of header: there are no more than {@code most}. */
  private long[] grow(int last, int most) {
    int wanted = (int) Math.min(last + 1L, most);
    if (wanted > columns.length) {
      columns = Arrays.copyOf(columns, Math.max(wanted, 2 * columns.length));
    }
    return columns;
  }

  private int wideType(int at, int limit) {
    long wide = Varint.read(array, at, limit);
    if (wide < 0 || wide > Integer.MAX_VALUE) {
      throw Malformed.file();
    }
    return (int) wide;
  }
}
