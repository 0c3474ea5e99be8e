package dev.turso.value;

/**
 * A double taken apart into decimal digits, with the digits SQLite takes.
 *
 * <p>The value is {@code 0.d₁d₂d₃… * 10^point}: {@link #count} digits in {@link #digit}, the
 * decimal point standing after the first {@link #point} of them (which may be before the first or
 * beyond the last). The last digit is never 0, but for the number 0 itself.
 *
 * <p>A holder to be filled again and again; used by one thread at a time.
 */
public final class Decimal {

  private static final int SIZE = 24;
  private static final long NINE_DIGITS = 1_000_000_000;

  private final byte[] buffer = new byte[SIZE];
  private int first;
  private int count;
  private int point;

  /** How many digits there are, at least one. */
  public int count() {
    return count;
  }

  /** Where the decimal point stands. */
  public int point() {
    return point;
  }

  /** The ASCII digit at {@code index}, or {@code '0'} beyond the last. */
  public byte digit(int index) {
    return index < count ? buffer[first + index] : (byte) '0';
  }

  /**
   * Takes a finite double apart; its sign is ignored.
   *
   * @param places how many digits to round to: if positive, significant ones; otherwise its
   *     negative is the number of digits after the decimal point
   * @param most no more significant digits than this
   */
  public void decode(double value, int places, int most) {
    double magnitude = Math.abs(value);
    if (magnitude == 0.0) {
      first = 0;
      buffer[0] = '0';
      count = 1;
      point = 1;
      return;
    }
    int exponent = extract(magnitude, places <= 0 || places >= 18 ? 18 : places + 1);
    point = count + exponent;
    int rounding = places;
    if (places <= 0) {
      rounding = point - places;
      if (rounding == 0 && buffer[first] >= '5') {
        rounding = 1;
        buffer[--first] = '0';
        count++;
        point++;
      }
    }
    if (rounding > 0 && (rounding < count || count > most)) {
      rounding = Math.min(rounding, most);
      round(rounding == 17 ? shorten(magnitude, exponent) : rounding);
    }
    while (buffer[first + count - 1] == '0') {
      count--;
    }
  }

  /** The double nearest to the digits, without sign. */
  public double toDouble() {
    return count == 1 && buffer[first] == '0'
        ? 0.0
        : PowersOfTen.toDouble(head(count), point - count);
  }

  /** Fills the buffer with about {@code wanted} digits; returns the power of ten of the last. */
  private int extract(double magnitude, int wanted) {
    long bits = Double.doubleToRawLongBits(magnitude);
    int exponent2 = (int) (bits >>> 52);
    long significand = bits & (1L << 52) - 1;
    if (exponent2 == 0) {
      int zeros = Long.numberOfLeadingZeros(significand);
      significand <<= zeros;
      exponent2 = -1074 - zeros;
    } else {
      significand = significand << 11 | Long.MIN_VALUE;
      exponent2 -= 1086;
    }
    int power = wanted - 1 - PowersOfTen.log10OfPower2(exponent2 + 63);
    long product = Math.unsignedMultiplyHigh(significand, PowersOfTen.high(power));
    int shift = -(exponent2 + PowersOfTen.log2OfPower10(power) + 1);
    long digits;
    if (wanted == 18) {
      product >>>= shift - 1;
      digits = product + (product << 1 & 2) >>> 1;
    } else {
      digits = product >>> shift;
    }
    writeDigits(digits);
    return -power;
  }

  private void writeDigits(long digits) {
    // two halves of nine digits: an int is divided faster
    long upper = digits / NINE_DIGITS;
    int lower = (int) (digits - upper * NINE_DIGITS);
    int at = SIZE;
    for (int i = 0; i < 9; i++) {
      int rest = lower / 10;
      buffer[--at] = (byte) ('0' + (lower - rest * 10));
      lower = rest;
    }
    while (upper > 0) {
      long rest = upper / 10;
      buffer[--at] = (byte) ('0' + (upper - rest * 10));
      upper = rest;
    }
    while (buffer[at] == '0') {
      at++;
    }
    first = at;
    count = SIZE - at;
  }

  /**
   * Of a number asked for with 17 digits, how many to round to: fewer where the digits end in nines
   * or zeros and fewer read back as the same double, so that 49.47 is not shown as
   * 49.469999999999999.
   */
  private int shorten(double magnitude, int exponent) {
    int kept;
    long head;
    if (at(15) == '9' && at(14) == '9') {
      kept = 14;
      while (kept > 0 && at(kept - 1) == '9') {
        kept--;
      }
      head = kept == 0 ? 1 : head(kept) + 1;
    } else if (point >= count || at(15) == '0' && at(14) == '0' && at(13) == '0') {
      kept = 13;
      while (at(kept - 1) == '0') {
        kept--;
      }
      head = head(kept);
    } else {
      return 17;
    }
    return PowersOfTen.toDouble(head, exponent + count - kept) == magnitude ? kept + 1 : 17;
  }

  private byte at(int index) {
    return buffer[first + index];
  }

  private long head(int digits) {
    long head = 0;
    for (int i = 0; i < digits; i++) {
      head = head * 10 + at(i) - '0';
    }
    return head;
  }

  /** Rounds half up to {@code digits} digits. */
  private void round(int digits) {
    boolean up = digits < count && at(digits) >= '5';
    count = digits;
    if (!up) {
      return;
    }
    int i = first + digits - 1;
    while (i >= first && ++buffer[i] > '9') {
      buffer[i--] = '0';
    }
    if (i < first) {
      buffer[--first] = '1';
      count++;
      point++;
    }
  }
}
