package dev.turso.format;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.value.Tag;
import java.util.Arrays;

/**
 * Builds one record after another in a buffer of its own.
 *
 * <p>{@link #reset}, one {@code add} a column, {@link #finish}; the record is then the slice {@link
 * #array()}, {@link #offset()}, {@link #length()}, valid until the next {@code reset}. Integers
 * take their narrowest serial type. Nothing is allocated per record. Not thread-safe.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#record_format">File format, 2.1</a>
 */
public final class RecordWriter {

  /** Room kept before the body so that the header, whose size is known last, needs no shift. */
  private static final int HEADER_ROOM = 64;

  private static final long MAX_COMPACT = 0x7fff_ffff_ffffL;

  private final TextEncoding encoding;
  private byte[] buffer = new byte[512];
  private int end;
  private int[] types = new int[16];
  private int count;
  private int offset;

  public RecordWriter() {
    this(TextEncoding.UTF_8);
  }

  public RecordWriter(TextEncoding encoding) {
    this.encoding = encoding;
    reset();
  }

  /** Begins a new record. */
  public RecordWriter reset() {
    end = HEADER_ROOM;
    count = 0;
    offset = HEADER_ROOM;
    return this;
  }

  /** Appends a value given as a lane. */
  public RecordWriter add(int tag, long bits, byte[] ref) {
    return switch (tag) {
      case Tag.NULL -> addNull();
      case Tag.INTEGER -> addInteger(bits);
      case Tag.REAL -> addReal(bits);
      case Tag.TEXT -> addText(ref, Tag.offset(bits), Tag.length(bits));
      case Tag.BLOB -> addBlob(ref, Tag.offset(bits), Tag.length(bits));
      default -> throw new IllegalArgumentException("no such tag: " + tag);
    };
  }

  public RecordWriter addNull() {
    type(SerialType.NULL);
    return this;
  }

  public RecordWriter addInteger(long value) {
    int type = SerialType.ofInteger(value);
    type(type);
    int n = SerialType.length(type);
    room(8);
    // The value's eight bytes, its n lowest first in place; what follows is overwritten or unused.
    Bytes.put64(buffer, end, n == 0 ? 0 : value << 64 - 8 * n);
    end += n;
    return this;
  }

  /** Appends a REAL by its bits; a NaN is stored as NULL. */
  public RecordWriter addReal(long bits) {
    if (Double.isNaN(Double.longBitsToDouble(bits))) {
      return addNull();
    }
    type(SerialType.REAL);
    room(8);
    Bytes.put64(buffer, end, bits);
    end += 8;
    return this;
  }

  /**
   * Appends a REAL to a column of REAL affinity: a whole number of at most 48 bits is stored as an
   * integer, which its reader turns back into a REAL.
   */
  public RecordWriter addCompactReal(long bits) {
    double value = Double.longBitsToDouble(bits);
    long whole = (long) value;
    if (whole == value && whole >= -MAX_COMPACT - 1 && whole <= MAX_COMPACT) {
      return addInteger(whole);
    }
    return addReal(bits);
  }

  /** Appends a TEXT given in UTF-8. */
  public RecordWriter addText(byte[] utf8, int offset, int length) {
    if (encoding == TextEncoding.UTF_8) {
      return slice(SerialType.FIRST_TEXT, utf8, offset, length);
    }
    byte[] stored = encoding.fromUtf8(utf8, offset, length);
    return slice(SerialType.FIRST_TEXT, stored, 0, stored.length);
  }

  public RecordWriter addBlob(byte[] bytes, int offset, int length) {
    return slice(SerialType.FIRST_BLOB, bytes, offset, length);
  }

  private RecordWriter slice(int base, byte[] bytes, int from, int n) {
    if (n > (Integer.MAX_VALUE - base) / 2) {
      throw new SqlException(ResultCode.TOOBIG, "string or blob too big");
    }
    type(base + 2 * n);
    room(n);
    System.arraycopy(bytes, from, buffer, end, n);
    end += n;
    return this;
  }

  private void type(int type) {
    if (count == types.length) {
      types = Arrays.copyOf(types, count * 2);
    }
    types[count++] = type;
  }

  private void room(int n) {
    if (buffer.length - end < n) {
      long wanted = Math.max((long) end + n, Math.min(2L * buffer.length, Integer.MAX_VALUE - 16L));
      if (wanted > Integer.MAX_VALUE - 16) {
        throw new SqlException(ResultCode.TOOBIG, "string or blob too big");
      }
      buffer = Arrays.copyOf(buffer, (int) wanted);
    }
  }

  /** Puts the header before the body and returns the record's length in bytes. */
  public int finish() {
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += types[i] < 0x80 ? 1 : Varint.lengthOf(types[i]);
    }
    int headerSize = size + 1;
    if (headerSize > 0x7f) {
      headerSize = size + Varint.lengthOf(size + Varint.lengthOf(size));
    }
    if (headerSize > HEADER_ROOM) {
      room(headerSize);
      System.arraycopy(buffer, HEADER_ROOM, buffer, headerSize, end - HEADER_ROOM);
      end += headerSize - HEADER_ROOM;
      offset = 0;
    } else {
      offset = HEADER_ROOM - headerSize;
    }
    int at = Varint.write(buffer, offset, headerSize);
    for (int i = 0; i < count; i++) {
      at = Varint.write(buffer, at, types[i]);
    }
    return end - offset;
  }

  /** The buffer that holds the finished record. */
  public byte[] array() {
    return buffer;
  }

  /** Where the finished record starts. */
  public int offset() {
    return offset;
  }

  /** The length of the finished record in bytes. */
  public int length() {
    return end - offset;
  }

  /** The finished record in an array of its own. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(buffer, offset, end);
  }
}
