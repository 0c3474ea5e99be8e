package dev.turso.dbsp.algebra;

import java.util.Arrays;

/**
 * Builds byte strings whose unsigned order is the order of the values appended.
 *
 * <p>Values sort as in SQL: NULL, numbers by their mathematical value, texts, blobs. An integer and a
 * real of the same value have the same key. A text's key is that of its <em>folded</em> bytes: the
 * caller folds as the collation asks. Layout of a component:
 *
 * <pre>
 *   05                                  NULL
 *   0A                                  real below -2^63,      then its 8 bytes, inverted
 *   0B  ~int(8) [FF | FE ~frac(8)]      negative number: magnitude, inverted
 *   0C                                  zero
 *   0D  int(8)  [00 | 01 frac(8)]       positive number
 *   0E                                  real of 2^63 or more,  then its 8 bytes
 *   14  bytes, 00 as 00 FF, then 00 00  text
 *   1E  bytes, 00 as 00 FF, then 00 00  blob
 * </pre>
 *
 * <p>A descending component has all its bytes inverted. Reused by {@link #reset}; not thread-safe.
 */
public final class OrderedKey {

  private static final int NULL = 0x05;
  private static final int NULL_LAST = 0xFE;
  private static final int BELOW = 0x0A;
  private static final int NEGATIVE = 0x0B;
  private static final int ZERO = 0x0C;
  private static final int POSITIVE = 0x0D;
  private static final int ABOVE = 0x0E;
  private static final int TEXT = 0x14;
  private static final int BLOB = 0x1E;
  private static final double TWO_TO_63 = 0x1p63;

  private byte[] bytes = new byte[64];
  private int length;

  /** Begins a new key. */
  public OrderedKey reset() {
    length = 0;
    return this;
  }

  /** Forgets what was appended after the key had this length. */
  public OrderedKey truncate(int to) {
    length = to;
    return this;
  }

  public int length() {
    return length;
  }

  /** The buffer that holds the key, valid until the next change. */
  public byte[] array() {
    return bytes;
  }

  /** The key in an array of its own. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Appends bytes as they are: a key made earlier, or a prefix that keeps trees apart. */
  public OrderedKey addRaw(byte[] array, int offset, int count) {
    reserve(count);
    System.arraycopy(array, offset, bytes, length, count);
    length += count;
    return this;
  }

  /** Appends one byte as it is. */
  public OrderedKey addByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** Appends a long in eight bytes that sort as it does; for rowids and counters. */
  public OrderedKey addRowid(long value) {
    reserve(8);
    put64(value ^ Long.MIN_VALUE);
    return this;
  }

  public OrderedKey addNull() {
    return addByte(NULL);
  }

  /** Appends a NULL that sorts after everything else. */
  public OrderedKey addNullLast() {
    return addByte(NULL_LAST);
  }

  public OrderedKey addInteger(long value) {
    reserve(18);
    if (value == 0) {
      bytes[length++] = ZERO;
    } else if (value > 0) {
      bytes[length++] = POSITIVE;
      put64(value);
      bytes[length++] = 0;
    } else {
      bytes[length++] = NEGATIVE;
      put64(~-value);
      bytes[length++] = (byte) 0xFF;
    }
    return this;
  }

  public OrderedKey addReal(double value) {
    reserve(18);
    if (value == 0) {
      bytes[length++] = ZERO;
    } else if (value >= TWO_TO_63) {
      bytes[length++] = ABOVE;
      put64(Double.doubleToRawLongBits(value));
    } else if (value < -TWO_TO_63) {
      bytes[length++] = BELOW;
      put64(~Double.doubleToRawLongBits(-value));
    } else if (value == -TWO_TO_63) {
      return addInteger(Long.MIN_VALUE);
    } else {
      addMagnitude(Math.abs(value), value < 0);
    }
    return this;
  }

  private void addMagnitude(double magnitude, boolean negative) {
    long whole = (long) magnitude;
    double fraction = magnitude - whole;
    long flip = negative ? -1 : 0;
    bytes[length++] = (byte) (negative ? NEGATIVE : POSITIVE);
    put64(whole ^ flip);
    if (fraction == 0) {
      bytes[length++] = (byte) flip;
    } else {
      bytes[length++] = (byte) (1 ^ flip);
      put64(Double.doubleToRawLongBits(fraction) ^ flip);
    }
  }

  /** Appends a text by its folded bytes. */
  public OrderedKey addText(byte[] array, int offset, int count) {
    return addEscaped(TEXT, array, offset, count);
  }

  public OrderedKey addBlob(byte[] array, int offset, int count) {
    return addEscaped(BLOB, array, offset, count);
  }

  private OrderedKey addEscaped(int kind, byte[] array, int offset, int count) {
    reserve(2 * count + 3);
    bytes[length++] = (byte) kind;
    for (int i = 0; i < count; i++) {
      byte each = array[offset + i];
      bytes[length++] = each;
      if (each == 0) {
        bytes[length++] = (byte) 0xFF;
      }
    }
    bytes[length++] = 0;
    bytes[length++] = 0;
    return this;
  }

  /** Inverts what was appended after the key had this length: that component sorts descending. */
  public OrderedKey invertFrom(int from) {
    for (int i = from; i < length; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
    return this;
  }

  /** Where the component that starts at an offset of an ascending key ends. */
  public static int skip(byte[] key, int at) {
    return switch (key[at] & 0xFF) {
      case BELOW, ABOVE -> at + 9;
      case NEGATIVE, POSITIVE -> at + 10 + (key[at + 9] == 0 || key[at + 9] == -1 ? 0 : 8);
      case TEXT, BLOB -> {
        int i = at + 1;
        while (key[i] != 0 || key[i + 1] != 0) {
          i += key[i] == 0 ? 2 : 1;
        }
        yield i + 2;
      }
      default -> at + 1;
    };
  }

  private void put64(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}
