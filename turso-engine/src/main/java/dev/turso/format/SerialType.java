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

  /** Body bytes of the types that take one byte of header, 0 to 127. */
  private static final byte[] SHORT_LENGTH = shortLengths();

  /** In byte {@code n}, the bits by which an integer of type {@code n} is short of 64. */
  private static final long MISSING_BITS = 56L << 8 | 48L << 16 | 40L << 24 | 32L << 32 | 16L << 40;

  /** The types whose values are integers, as a set of bits. */
  private static final int INTEGERS = 0b11_0111_1110;

  private SerialType() {}

  private static byte[] shortLengths() {
    byte[] lengths = new byte[128];
    byte[] fixed = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
    System.arraycopy(fixed, 0, lengths, 0, FIRST_BLOB);
    for (int type = FIRST_BLOB; type < 128; type++) {
      lengths[type] = (byte) (type - FIRST_BLOB >>> 1);
    }
    return lengths;
  }

  /** Bytes of body that a value of the type takes. */
  static int length(int type) {
    return type < 128 ? SHORT_LENGTH[type] : type - FIRST_BLOB >>> 1;
  }

  /** As {@link #length} for a type below 128. */
  static int shortLength(int type) {
    return SHORT_LENGTH[type];
  }

  /** Whether values of the type are integers. */
  static boolean isInteger(int type) {
    return type < FIRST_BLOB && (INTEGERS >>> type & 1) != 0;
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

  /**
   * The integer of an integer type whose body ends before {@code end}. The eight bytes before the
   * end are read whatever the width and the surplus shifted out: columns mix widths at random, and
   * a branch on them would be mispredicted.
   */
  static long integer(int type, byte[] a, int end) {
    if (end < 8) {
      return nearStart(type, a, end);
    }
    int missing = (int) (MISSING_BITS >>> 8 * type) & 63;
    int constant = type >>> 3;
    return Bytes.i64(a, end - 8) << missing >> missing & constant - 1 | constant & type;
  }

  private static long nearStart(int type, byte[] a, int end) {
    int n = length(type);
    if (n == 0) {
      return type - ZERO;
    }
    long value = a[end - n];
    for (int i = end - n + 1; i < end; i++) {
      value = value << 8 | a[i] & 0xff;
    }
    return value;
  }
}
