package dev.turso.value;

/** Between 64-bit integers and doubles, by SQLite's rules. Stateless. */
public final class Numbers {

  /** Above this a double has no 64-bit integer, below its negative neither. */
  private static final double LAST_DOUBLE_BELOW_2_63 = 9223372036854774784.0;

  /** 2<sup>51</sup>: integers this large are still told apart by doubles, with a bit to spare. */
  private static final long EXACT_LIMIT = 1L << 51;

  private Numbers() {}

  /** Truncates towards zero; what is out of range becomes the nearest 64-bit integer. */
  public static long toLong(double value) {
    if (value < -LAST_DOUBLE_BELOW_2_63) {
      return Long.MIN_VALUE;
    }
    return value > LAST_DOUBLE_BELOW_2_63 ? Long.MAX_VALUE : (long) value;
  }

  /** A REAL that equals an integer other than the two outermost becomes that INTEGER. */
  public static void integerIfExact(Register register) {
    double value = register.real();
    long integer = toLong(value);
    if ((double) integer == value && integer != Long.MIN_VALUE && integer != Long.MAX_VALUE) {
      register.setInteger(integer);
    }
  }

  /**
   * Whether {@code integer}, got from {@code value} by {@link #toLong}, is surely the same number.
   */
  static boolean sameNumber(double value, long integer) {
    return value == 0.0
        || (double) integer == value && integer >= -EXACT_LIMIT && integer < EXACT_LIMIT;
  }

  /**
   * Compares an integer with a double as the exact numbers they are.
   *
   * @return negative, zero or positive; {@code real} is not NaN
   */
  public static int compare(long integer, double real) {
    if (real < -0x1p63) {
      return 1;
    }
    if (real >= 0x1p63) {
      return -1;
    }
    long whole = (long) real;
    if (integer != whole) {
      return integer < whole ? -1 : 1;
    }
    double fraction = real - (double) whole;
    return fraction > 0 ? -1 : fraction < 0 ? 1 : 0;
  }
}
