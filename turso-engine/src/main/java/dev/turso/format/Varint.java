package dev.turso.format;

/**
 * The variable-length integer of the file format: one to nine bytes, big-endian, seven bits a byte
 * and eight in the ninth.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#varint">File format, 1.6 (varint)</a>
 */
public final class Varint {

  /** No varint is longer. */
  public static final int MAX_LENGTH = 9;

  private Varint() {}

  /** The number at {@code at}. The caller vouches that nine bytes can be read there. */
  public static long read(byte[] a, int at) {
    long value = a[at];
    if (value >= 0) {
      return value;
    }
    value &= 0x7f;
    for (int i = 1; i < 8; i++) {
      byte b = a[at + i];
      value = value << 7 | b & 0x7f;
      if (b >= 0) {
        return value;
      }
    }
    return value << 8 | a[at + 8] & 0xff;
  }

  /** How many bytes the number at {@code at} occupies. Same precondition as {@link #read}. */
  public static int length(byte[] a, int at) {
    int i = 0;
    while (i < 8 && a[at + i] < 0) {
      i++;
    }
    return i + 1;
  }

  /**
   * As {@link #read}, for bytes nobody vouched for: a number that reaches {@code limit} is damage.
   */
  public static long read(byte[] a, int at, int limit) {
    checkEnds(a, at, limit);
    return read(a, at);
  }

  private static void checkEnds(byte[] a, int at, int limit) {
    int end = Math.min(limit, at + MAX_LENGTH);
    for (int i = at; i < end; i++) {
      if (a[i] >= 0) {
        return;
      }
    }
    if (at < 0 || at + MAX_LENGTH > limit) {
      throw Malformed.file();
    }
  }

  /** How many bytes {@link #write} takes for the number. */
  public static int lengthOf(long value) {
    if (value >>> 56 != 0) {
      return MAX_LENGTH;
    }
    int bits = 64 - Long.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }

  /** Writes the number and returns the position after it. */
  public static int write(byte[] a, int at, long value) {
    if ((value & ~0x7fL) == 0) {
      a[at] = (byte) value;
      return at + 1;
    }
    if (value >>> 56 != 0) {
      return writeNine(a, at, value);
    }
    int n = lengthOf(value);
    long rest = value;
    for (int i = n - 1; i >= 0; i--) {
      a[at + i] = (byte) (rest & 0x7f | (i == n - 1 ? 0 : 0x80));
      rest >>>= 7;
    }
    return at + n;
  }

  private static int writeNine(byte[] a, int at, long value) {
    a[at + 8] = (byte) value;
    long rest = value >>> 8;
    for (int i = 7; i >= 0; i--) {
      a[at + i] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    return at + MAX_LENGTH;
  }
}
