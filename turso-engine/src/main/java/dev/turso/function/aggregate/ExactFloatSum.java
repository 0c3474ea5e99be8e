package dev.turso.function.aggregate;

import java.util.Arrays;

/**
 * The exact sum of doubles, rounded only when it is asked for.
 *
 * <p>What comes out depends on which numbers were added and taken out again, never on the order:
 * the property that a materialized view needs and a running double does not have. An infinity is
 * counted; of both kinds together the sum is NaN. Mutable; used by one thread at a time.
 *
 * <p>The sum is held in digits of base 2<sup>32</sup> above 2<sup>-1074</sup>, the smallest double,
 * each in a {@code long} that may run over (or under) by 30 bits before carries are settled: a
 * superaccumulator as in R. M. Neal, "Fast exact summation using small and large superaccumulators"
 * (2015). Only the stretch of digits that numbers have touched is kept: three to five for numbers
 * of similar size, 67 at most.
 *
 * <pre>
 *   double = ± m · 2^(p-1074), m &lt; 2^53           p = 32·i + s
 *   m · 2^s  =  d₂ · 2^64 + d₁ · 2^32 + d₀        added to digits i+2, i+1, i
 * </pre>
 */
public final class ExactFloatSum {

  private static final long DIGIT = 0xffffffffL;
  private static final int DIGIT_BITS = 32;
  private static final int EXPONENT_MASK = 0x7ff;
  private static final long FRACTION = (1L << 52) - 1;
  private static final long HIDDEN = 1L << 52;

  /** Additions between two settlings: each adds less than 2^34 to a digit of 63 bits. */
  private static final int MOST_PENDING = 1 << 28;

  /** Where the bit of weight 1 is. */
  private static final int UNIT_POSITION = 1074;

  /** A sum of nothing, encoded. */
  private static final byte[] ZERO = {0};

  private long[] digits = {};

  /** The place value of {@code digits[0]}: 2^(32·base - 1074). */
  private int base;

  private int pending;
  private long positiveInfinities;
  private long negativeInfinities;

  /** Puts a number in; it is not NaN. */
  public void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & EXPONENT_MASK;
    if (exponent == EXPONENT_MASK) {
      countInfinity(value, 1);
      return;
    }
    long significand = bits & FRACTION;
    if (exponent != 0) {
      significand |= HIDDEN;
      exponent--;
    }
    addBits(significand, exponent, bits >> 63);
  }

  /** Takes a number out that was put in. */
  public void subtract(double value) {
    if (Double.isInfinite(value)) {
      countInfinity(value, -1);
    } else {
      add(-value);
    }
  }

  /** Puts in an integer of 128 bits: {@code high * 2^64 + low}, low being unsigned. */
  public void addInteger(long high, long low) {
    if (high < 0) {
      long carry = low == 0 ? 1 : 0;
      addHalves(~high + carry, -low, -1L);
    } else {
      addHalves(high, low, 0L);
    }
  }

  private void addHalves(long high, long low, long sign) {
    addBits(low & DIGIT, UNIT_POSITION, sign);
    addBits(low >>> DIGIT_BITS, UNIT_POSITION + DIGIT_BITS, sign);
    addBits(high & DIGIT, UNIT_POSITION + 2 * DIGIT_BITS, sign);
    addBits(high >>> DIGIT_BITS, UNIT_POSITION + 3 * DIGIT_BITS, sign);
  }

  /**
   * @param sign 0 to add, -1 to subtract: x ^ -1 - -1 is -x
   */
  private void addBits(long significand, int position, long sign) {
    int index = (position >>> 5) - base;
    if (index < 0 || index + 2 >= digits.length) {
      makeRoom(position >>> 5);
      index = (position >>> 5) - base;
    }
    int shift = position & 31;
    long low = (significand & DIGIT) << shift;
    long high = significand >>> DIGIT_BITS << shift;
    long[] d = digits;
    d[index] += ((low & DIGIT) ^ sign) - sign;
    d[index + 1] += (((low >>> DIGIT_BITS) + (high & DIGIT)) ^ sign) - sign;
    d[index + 2] += ((high >>> DIGIT_BITS) ^ sign) - sign;
    if (++pending >= MOST_PENDING) {
      settle();
    }
  }

  /** Makes the digits from {@code index} to {@code index + 2} exist. */
  private void makeRoom(int index) {
    if (digits.length == 0) {
      digits = new long[4];
      base = Math.max(index - 1, 0);
      if (index + 2 < base + 4) {
        return;
      }
    }
    int newBase = Math.min(base, index);
    int newEnd = Math.max(base + digits.length, index + 3);
    resize(newBase, newEnd);
  }

  private void resize(int newBase, int newEnd) {
    long[] grown = new long[newEnd - newBase];
    System.arraycopy(digits, 0, grown, base - newBase, digits.length);
    digits = grown;
    base = newBase;
  }

  private void countInfinity(double value, int change) {
    if (value > 0) {
      positiveInfinities += change;
    } else {
      negativeInfinities += change;
    }
  }

  /**
   * Carries over, so that every digit but the last is between 0 and 2^32; the last has the sign.
   */
  private void settle() {
    pending = 0;
    if (digits.length == 0) {
      return;
    }
    long last = digits[digits.length - 1];
    if (last > Integer.MAX_VALUE || last < Integer.MIN_VALUE) {
      resize(base, base + digits.length + 2);
    }
    long carry = 0;
    int end = digits.length - 1;
    for (int i = 0; i < end; i++) {
      long digit = digits[i] + carry;
      digits[i] = digit & DIGIT;
      carry = digit >> DIGIT_BITS;
    }
    digits[end] += carry;
  }

  /** The double nearest to the exact sum, halves to even; NaN if both infinities are in. */
  public double value() {
    if (positiveInfinities > 0 || negativeInfinities > 0) {
      return positiveInfinities == 0
          ? Double.NEGATIVE_INFINITY
          : negativeInfinities == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    settle();
    boolean negative = digits.length > 0 && digits[digits.length - 1] < 0;
    long[] magnitude = negative ? negated() : digits;
    int top = magnitude.length - 1;
    while (top >= 0 && magnitude[top] == 0) {
      top--;
    }
    if (top < 0) {
      return 0.0;
    }
    double rounded = round(magnitude, top);
    return negative ? -rounded : rounded;
  }

  private long[] negated() {
    long[] negated = new long[digits.length];
    long carry = 1;
    for (int i = 0; i < digits.length; i++) {
      long digit = (~digits[i] & DIGIT) + carry;
      negated[i] = digit & DIGIT;
      carry = digit >>> DIGIT_BITS;
    }
    return negated;
  }

  private double round(long[] magnitude, int top) {
    int topBit = 63 - Long.numberOfLeadingZeros(magnitude[top]);
    int position = (base + top) * DIGIT_BITS + topBit;
    if (position <= 52) {
      // a subnormal number, or the smallest normal ones: no bit is lost
      return Double.longBitsToDouble(bits(magnitude, 0, 53));
    }
    int lowest = position - 52;
    long significand = bits(magnitude, lowest, 53);
    boolean half = bits(magnitude, lowest - 1, 1) == 1;
    if (half && ((significand & 1) == 1 || anyBitBelow(magnitude, lowest - 1))) {
      significand++;
    }
    // the hidden bit adds one to the exponent, and so does a carry out of the significand
    long exponent = position - 52;
    if (exponent >= EXPONENT_MASK - 1) {
      return Double.POSITIVE_INFINITY;
    }
    return Double.longBitsToDouble((exponent << 52) + significand);
  }

  /** Up to 53 bits of a number from a position on. */
  private long bits(long[] magnitude, int position, int count) {
    long bits = 0;
    for (int i = position >> 5; i <= position + count - 1 >> 5; i++) {
      int index = i - base;
      long digit = index >= 0 && index < magnitude.length ? magnitude[index] : 0;
      int shift = i * DIGIT_BITS - position;
      bits |= shift >= 0 ? digit << shift : digit >>> -shift;
    }
    return bits & (1L << count) - 1;
  }

  private boolean anyBitBelow(long[] magnitude, int position) {
    int whole = (position >> 5) - base;
    for (int i = 0; i < whole && i < magnitude.length; i++) {
      if (magnitude[i] != 0) {
        return true;
      }
    }
    int rest = position & 31;
    return rest > 0
        && whole >= 0
        && whole < magnitude.length
        && (magnitude[whole] & (1L << rest) - 1) != 0;
  }

  /**
   * The state as bytes, equal for equal sums: the two counts of infinities (8 bytes each,
   * big-endian, left out if both are 0 and marked so in the first byte), then the place of the
   * lowest digit that is not 0 and the digits from there on, lowest first, 4 bytes each, the last
   * one signed.
   */
  public byte[] encode() {
    settle();
    int low = 0;
    int high = digits.length;
    while (low < high && digits[low] == 0) {
      low++;
    }
    boolean infinite = positiveInfinities != 0 || negativeInfinities != 0;
    if (high == low && !infinite) {
      return ZERO;
    }
    int[] shown = new int[high - low + 2];
    int count = 0;
    for (int i = low; i < high; i++) {
      shown[count++] = (int) digits[i];
    }
    if (count > 0) {
      long last = digits[high - 1];
      if (last != (int) last || last >= 0 != shown[count - 1] >= 0) {
        shown[count++] = (int) (last >> DIGIT_BITS);
      }
      while (count > 1 && shown[count - 1] == shown[count - 2] >> 31) {
        count--;
      }
      if (count == 1 && shown[0] == 0) {
        count = 0;
      }
    }
    byte[] out = new byte[1 + (infinite ? 16 : 0) + (count == 0 ? 0 : 1 + 4 * count)];
    out[0] = (byte) (infinite ? 1 : 0);
    int at = 1;
    if (infinite) {
      at = writeLong(out, at, positiveInfinities);
      at = writeLong(out, at, negativeInfinities);
    }
    if (count > 0) {
      out[at++] = (byte) (base + low);
      for (int i = 0; i < count; i++) {
        for (int shift = 24; shift >= 0; shift -= 8) {
          out[at++] = (byte) (shown[i] >> shift);
        }
      }
    }
    return out;
  }

  /** The sum whose state {@link #encode} wrote. */
  public static ExactFloatSum decode(byte[] bytes, int offset, int length) {
    ExactFloatSum sum = new ExactFloatSum();
    int at = offset + 1;
    if (bytes[offset] != 0) {
      sum.positiveInfinities = readBytes(bytes, at, 8);
      sum.negativeInfinities = readBytes(bytes, at + 8, 8);
      at += 16;
    }
    int end = offset + length;
    if (at < end) {
      sum.base = bytes[at++] & 0xff;
      int count = (end - at) / 4;
      sum.digits = new long[Math.max(count, 3)];
      for (int i = 0; i < count; i++) {
        int digit = (int) readBytes(bytes, at + 4 * i, 4);
        sum.digits[i] = i == count - 1 ? digit : digit & DIGIT;
      }
      sum.spreadSign(count);
    }
    return sum;
  }

  /** Where the array is longer than the digits that were read, carries the sign up to its end. */
  private void spreadSign(int count) {
    if (count < digits.length && digits[count - 1] < 0) {
      digits[count - 1] &= DIGIT;
      Arrays.fill(digits, count, digits.length - 1, DIGIT);
      digits[digits.length - 1] = -1;
    }
  }

  private static int writeLong(byte[] out, int at, long value) {
    for (int i = 0; i < 8; i++) {
      out[at + i] = (byte) (value >> 56 - 8 * i);
    }
    return at + 8;
  }

  private static long readBytes(byte[] bytes, int at, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | bytes[at + i] & 0xff;
    }
    return value;
  }

  /** A sum of its own with the same numbers in. */
  public ExactFloatSum copy() {
    ExactFloatSum copy = new ExactFloatSum();
    copy.digits = digits.clone();
    copy.base = base;
    copy.pending = pending;
    copy.positiveInfinities = positiveInfinities;
    copy.negativeInfinities = negativeInfinities;
    return copy;
  }
}
