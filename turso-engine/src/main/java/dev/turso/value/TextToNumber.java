package dev.turso.value;

/**
 * Texts read as numbers, by SQLite's rules.
 *
 * <p>Spaces (also tab, line feed, vertical tab, form feed, carriage return) around a number are
 * ignored; hexadecimal, {@code Inf} and {@code NaN} are not numbers. A text ends at its first zero
 * byte. Only the first 19 or so significant digits count, as in SQLite. Stateless; nothing but a
 * fixed little is allocated.
 *
 * @see <a href="https://www.sqlite.org/datatype3.html#storage_class_conversions">Datatypes, 4.2</a>
 */
public final class TextToNumber {

  /** The whole text is a number. */
  public static final int WHOLE = 1;

  /** The number has neither point nor exponent. */
  public static final int INTEGRAL = 2;

  /** The text starts with a number. */
  public static final int PREFIX = 4;

  /** The largest significand that takes another digit. */
  private static final long FULL = Long.divideUnsigned(-10L, 10);

  private static final int EXPONENT_CAP = 10000;

  private static final int FITS_NOT = 0;
  private static final int FITS_PREFIX = 1;
  private static final int FITS_WHOLE = 2;

  private TextToNumber() {}

  /** The integer at the start of a text; out of range becomes the nearest, no digit becomes 0. */
  public static long prefixLong(byte[] text, int offset, int length) {
    int end = offset + length;
    int i = skipSpaces(text, offset, end);
    boolean negative = i < end && text[i] == '-';
    if (i < end && (text[i] == '-' || text[i] == '+')) {
      i++;
    }
    long value = 0;
    while (i < end && isDigit(text[i])) {
      int digit = text[i++] - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
      value = value * 10 - digit;
    }
    if (negative) {
      return value;
    }
    return value == Long.MIN_VALUE ? Long.MAX_VALUE : -value;
  }

  /** The number at the start of a text, 0.0 if there is none. */
  public static double prefixDouble(byte[] text, int offset, int length) {
    Scan scan = new Scan();
    scan.run(text, offset, offset + length);
    return scan.value();
  }

  /** Whether the text is a number as a whole, spaces around it ignored. */
  public static boolean isNumber(byte[] text, int offset, int length) {
    return (new Scan().run(text, offset, offset + length) & WHOLE) != 0;
  }

  /**
   * Whether the text is an integer, spaces around it ignored, that fits 64 bits: then {@link
   * #prefixLong} is exactly it.
   */
  public static boolean isLong(byte[] text, int offset, int length) {
    return fit(text, offset, offset + length) == FITS_WHOLE;
  }

  /** How the integer at the start of a text fits 64 bits: one of the {@code FITS} constants. */
  private static int fit(byte[] text, int offset, int end) {
    int i = skipSpaces(text, offset, end);
    boolean negative = i < end && text[i] == '-';
    if (i < end && (text[i] == '-' || text[i] == '+')) {
      i++;
    }
    int start = i;
    long value = 0;
    while (i < end && isDigit(text[i])) {
      int digit = text[i++] - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        return FITS_NOT;
      }
      value = value * 10 - digit;
    }
    if (i == start || !negative && value == Long.MIN_VALUE) {
      return FITS_NOT;
    }
    return skipSpaces(text, i, end) == end ? FITS_WHOLE : FITS_PREFIX;
  }

  /** A TEXT that is a number as a whole becomes that INTEGER or REAL; any other stays. */
  public static void convertIfNumeric(Register register) {
    byte[] text = register.ref;
    int offset = register.offset();
    int length = register.length();
    if (length == 0 || !canStartNumber(text[offset])) {
      return;
    }
    Scan scan = new Scan();
    int kind = scan.run(text, offset, offset + length);
    if ((kind & WHOLE) == 0) {
      return;
    }
    double real = scan.value();
    if ((kind & INTEGRAL) != 0) {
      long truncated = Numbers.toLong(real);
      if (Numbers.sameNumber(real, truncated)) {
        register.setInteger(truncated);
        return;
      }
      if (isLong(text, offset, length)) {
        register.setInteger(prefixLong(text, offset, length));
        return;
      }
    }
    register.setReal(real);
  }

  /**
   * The number a TEXT or BLOB stands for in arithmetic: INTEGER where its whole or its start is one
   * written without point and exponent, otherwise REAL; 0 if it does not start with a number.
   */
  public static void toOperand(Register source, Register result) {
    byte[] text = source.ref;
    int offset = source.offset();
    int length = source.length();
    Scan scan = new Scan();
    int kind = scan.run(text, offset, offset + length);
    if ((kind & PREFIX) == 0) {
      result.setInteger(0);
    } else if ((kind & INTEGRAL) != 0
        && fit(text, offset, offset + length) >= ((kind & WHOLE) != 0 ? FITS_WHOLE : FITS_PREFIX)) {
      result.setInteger(prefixLong(text, offset, length));
    } else {
      result.setReal(scan.value());
    }
  }

  /** {@code CAST(… AS NUMERIC)} of a TEXT or BLOB. */
  static void castToNumeric(Register source, Register result) {
    byte[] text = source.ref;
    int offset = source.offset();
    int length = source.length();
    Scan scan = new Scan();
    int kind = scan.run(text, offset, offset + length);
    double real = scan.value();
    long truncated = Numbers.toLong(real);
    if ((kind & PREFIX) == 0) {
      result.setInteger(0);
    } else if ((kind & INTEGRAL) != 0 && fit(text, offset, offset + length) != FITS_NOT) {
      result.setInteger(prefixLong(text, offset, length));
    } else if (Numbers.sameNumber(real, truncated)) {
      result.setInteger(truncated);
    } else {
      result.setReal(real);
    }
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  private static boolean canStartNumber(byte b) {
    return b <= '9' && (b >= '0' || b == '-' || b == '+' || b == '.' || isSpace(b));
  }

  private static int skipSpaces(byte[] text, int from, int end) {
    int i = from;
    while (i < end && isSpace(text[i])) {
      i++;
    }
    return i;
  }

  /** One pass over a text: sign, significand and power of ten of the number at its start. */
  private static final class Scan {
    private boolean negative;
    private long significand;
    private int exponent;

    double value() {
      double magnitude = significand == 0 ? 0.0 : PowersOfTen.toDouble(significand, exponent);
      return negative ? -magnitude : magnitude;
    }

    /** Returns {@link #PREFIX} and what else of the three holds, or 0 if there is no number. */
    int run(byte[] text, int offset, int limit) {
      int i = skipSpaces(text, offset, limit);
      if (i < limit && (text[i] == '-' || text[i] == '+')) {
        negative = text[i] == '-';
        i++;
      }
      int digitsFrom = i;
      i = integerPart(text, i, limit);
      int digits = i - digitsFrom;
      boolean integral = true;
      if (i < limit && text[i] == '.') {
        int fractionFrom = i + 1;
        i = fraction(text, fractionFrom, limit);
        digits += i - fractionFrom;
        integral = false;
      }
      if (digits == 0) {
        negative = false;
        significand = 0;
        return 0;
      }
      if (i < limit && (text[i] == 'e' || text[i] == 'E')) {
        int after = exponent(text, i, limit);
        integral &= after == i;
        i = after;
      }
      i = skipSpaces(text, i, limit);
      boolean whole = i == limit || text[i] == 0;
      return PREFIX | (integral ? INTEGRAL : 0) | (whole ? WHOLE : 0);
    }

    private int integerPart(byte[] text, int from, int limit) {
      int i = from;
      while (i < limit && isDigit(text[i])) {
        if (Long.compareUnsigned(significand, FULL) < 0) {
          significand = significand * 10 + text[i] - '0';
        } else {
          exponent++;
        }
        i++;
      }
      return i;
    }

    private int fraction(byte[] text, int from, int limit) {
      int i = from;
      while (i < limit && isDigit(text[i])) {
        if (Long.compareUnsigned(significand, FULL) < 0) {
          significand = significand * 10 + text[i] - '0';
          exponent--;
        }
        i++;
      }
      return i;
    }

    /** Reads an exponent at {@code from}, where the E is; returns {@code from} if there is none. */
    private int exponent(byte[] text, int from, int limit) {
      int i = from + 1;
      boolean down = i < limit && text[i] == '-';
      if (i < limit && (text[i] == '-' || text[i] == '+')) {
        i++;
      }
      if (i >= limit || !isDigit(text[i])) {
        return from;
      }
      int power = 0;
      while (i < limit && isDigit(text[i])) {
        power = power < EXPONENT_CAP ? power * 10 + text[i] - '0' : EXPONENT_CAP;
        i++;
      }
      exponent += down ? -power : power;
      return i;
    }
  }
}
