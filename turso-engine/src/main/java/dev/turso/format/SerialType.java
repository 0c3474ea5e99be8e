package dev.turso.format;

/**
 * The serial types of a record header.
 *
 * <pre>
 *   0 NULL   1 8-bit   2 16-bit   3 24-bit   4 32-bit   5 48-bit   6 64-bit   7 IEEE double
 *   8 the integer 0    9 the integer 1       10, 11 reserved, read as NULL
 *   n &gt;= 12 even: BLOB of (n-12)/2 bytes    n &gt;= 13 odd: TEXT of (n-13)/2 bytes
 * </pre>
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#record_format">File format, 2.1</a>
 */
final class SerialType {

  static final int NULL = 0;
  static final int REAL = 7;
  static final int ZERO = 8;
  static final int ONE = 9;
  static final int FIRST_BLOB = 12;
  static final int FIRST_TEXT = 13;

  private static final byte[] FIXED_LENGTH = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};

  private SerialType() {}

  /** Bytes of body that a value of the type takes. */
  static int length(int type) {
    return type < FIRST_BLOB ? FIXED_LENGTH[type] : type - FIRST_BLOB >>> 1;
  }

  /** The narrowest type that holds the integer. */
  static int ofInteger(long value) {
    long magnitude = value ^ value >> 63;
    if (magnitude <= 0x7f) {
      return value == 0 || value == 1 ? ZERO + (int) value : 1;
    }
    if (magnitude <= 0x7fff) {
      return 2;
    }
    if (magnitude <= 0x7f_ffff) {
      return 3;
    }
    if (magnitude <= 0x7fff_ffff) {
      return 4;
    }
    return magnitude <= 0x7fff_ffff_ffffL ? 5 : 6;
  }

  /** The integer of a type from 1 to 6, 8 or 9. */
  static long integer(int type, byte[] a, int at) {
    return switch (type) {
      case 1 -> a[at];
      case 2 -> Bytes.i16(a, at);
      case 3 -> Bytes.i24(a, at);
      case 4 -> Bytes.i32(a, at);
      case 5 -> Bytes.i48(a, at);
      case 6 -> Bytes.i64(a, at);
      default -> type - ZERO;
    };
  }
}
