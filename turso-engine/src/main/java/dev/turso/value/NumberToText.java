package dev.turso.value;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as SQLite writes them: a REAL with up to 17 significant digits, always with a point or as
 * {@code Inf}; exponents outside -4 … 16 in scientific notation ({@code 1.0e+17}). Stateless.
 */
public final class NumberToText {

  /** No number takes more bytes than this. */
  public static final int MAX_LENGTH = 32;

  private static final int DIGITS = 17;
  private static final int MOST_DIGITS = 20;

  /** Of numbers with two decimals, those below this (times a hundred) are shown as they are. */
  private static final double HUNDREDTHS = 1e13;

  private NumberToText() {}

  public static byte[] bytes(long value) {
    int length = length(value);
    byte[] out = new byte[length];
    write(value, out, 0, length);
    return out;
  }

  public static byte[] bytes(double value) {
    byte[] buffer = new byte[MAX_LENGTH];
    int length = write(value, buffer, 0);
    byte[] out = new byte[length];
    System.arraycopy(buffer, 0, out, 0, length);
    return out;
  }

  public static String string(double value) {
    byte[] buffer = new byte[MAX_LENGTH];
    int length = write(value, buffer, 0);
    return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** How many bytes the integer's decimal form has. */
  public static int length(long value) {
    int length = value < 0 ? 2 : 1;
    long rest = value / 10;
    while (rest != 0) {
      length++;
      rest /= 10;
    }
    return length;
  }

  /** Writes the decimal form of an integer; returns its length. */
  public static int write(long value, byte[] out, int offset) {
    int length = length(value);
    write(value, out, offset, length);
    return length;
  }

  private static void write(long value, byte[] out, int offset, int length) {
    long rest = value;
    int i = offset + length;
    do {
      long quotient = rest / 10;
      out[--i] = (byte) ('0' + Math.abs(rest - quotient * 10));
      rest = quotient;
    } while (rest != 0);
    if (value < 0) {
      out[--i] = '-';
    }
  }

  /** Writes a double, which is not NaN; returns how many bytes that took. */
  public static int write(double value, byte[] out, int offset) {
    int at = offset;
    if (value < 0) {
      out[at++] = '-';
    }
    if (Double.isInfinite(value)) {
      out[at++] = 'I';
      out[at++] = 'n';
      out[at++] = 'f';
      return at - offset;
    }
    // At most 13 digits: the 17 digits of the double are these, then zeros or nines, which are cut.
    double hundredths = Math.rint(Math.abs(value) * 100);
    if (hundredths < HUNDREDTHS && hundredths / 100 == Math.abs(value)) {
      return hundredths((long) hundredths, out, at) - offset;
    }
    Decimal decimal = new Decimal();
    decimal.decode(value, DIGITS, MOST_DIGITS);
    int exponent = decimal.point() - 1;
    at =
        exponent < -4 || exponent > DIGITS - 1
            ? scientific(decimal, exponent, out, at)
            : plain(decimal, out, at);
    return at - offset;
  }

  private static int hundredths(long number, byte[] out, int offset) {
    long whole = number / 100;
    int rest = (int) (number - whole * 100);
    int at = offset + write(whole, out, offset);
    out[at++] = '.';
    out[at++] = (byte) ('0' + rest / 10);
    if (rest % 10 != 0) {
      out[at++] = (byte) ('0' + rest % 10);
    }
    return at;
  }

  private static int plain(Decimal decimal, byte[] out, int offset) {
    int at = offset;
    int point = decimal.point();
    if (point <= 0) {
      out[at++] = '0';
    }
    for (int i = 0; i < point; i++) {
      out[at++] = decimal.digit(i);
    }
    out[at++] = '.';
    for (int i = point; i < 0; i++) {
      out[at++] = '0';
    }
    int i = Math.max(point, 0);
    do {
      out[at++] = decimal.digit(i++);
    } while (i < decimal.count());
    return at;
  }

  private static int scientific(Decimal decimal, int exponent, byte[] out, int offset) {
    int at = offset;
    out[at++] = decimal.digit(0);
    out[at++] = '.';
    int i = 1;
    do {
      out[at++] = decimal.digit(i++);
    } while (i < decimal.count());
    out[at++] = 'e';
    out[at++] = (byte) (exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    if (magnitude >= 100) {
      out[at++] = (byte) ('0' + magnitude / 100);
    }
    out[at++] = (byte) ('0' + magnitude / 10 % 10);
    out[at++] = (byte) ('0' + magnitude % 10);
    return at;
  }
}
