package dev.turso.dbsp.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The exact sum of doubles, from which they can be taken out again.
 *
 * <p>The sum is an integer times a power of two; nothing is rounded until {@link #value}, so the result
 * does not depend on the order of rows. Infinities are counted apart. Not thread-safe.
 */
public final class ExactSum {

  private static final int FRACTION_BITS = 52;
  private static final int BIAS = 1075;

  private BigInteger mantissa = BigInteger.ZERO;
  private int exponent;
  private long positiveInfinities;
  private long negativeInfinities;

  public ExactSum() {}

  /** A sum as {@link #mantissa}, {@link #exponent} and the counts of infinities told it. */
  public ExactSum(byte[] mantissa, int exponent, long positive, long negative) {
    this.mantissa = mantissa.length == 0 ? BigInteger.ZERO : new BigInteger(mantissa);
    this.exponent = exponent;
    this.positiveInfinities = positive;
    this.negativeInfinities = negative;
  }

  /** Adds a number some times, or takes it out if {@code times} is negative. */
  public void add(double value, long times) {
    if (Double.isInfinite(value)) {
      if (value > 0) {
        positiveInfinities += times;
      } else {
        negativeInfinities += times;
      }
      return;
    }
    if (value == 0) {
      return;
    }
    long bits = Double.doubleToRawLongBits(value);
    int power = (int) (bits >>> FRACTION_BITS) & 0x7ff;
    long whole = bits & (1L << FRACTION_BITS) - 1;
    if (power == 0) {
      power = 1;
    } else {
      whole |= 1L << FRACTION_BITS;
    }
    int zeros = Long.numberOfTrailingZeros(whole);
    long odd = whole >>> zeros;
    addScaled(BigInteger.valueOf(bits < 0 ? -odd : odd), power - BIAS + zeros, times);
  }

  private void addScaled(BigInteger value, int scale, long times) {
    BigInteger term = times == 1 ? value : value.multiply(BigInteger.valueOf(times));
    if (mantissa.signum() == 0) {
      mantissa = term;
      exponent = scale;
    } else if (scale >= exponent) {
      mantissa = mantissa.add(term.shiftLeft(scale - exponent));
    } else {
      mantissa = mantissa.shiftLeft(exponent - scale).add(term);
      exponent = scale;
    }
  }

  /** The sum and an integer, correctly rounded to a double; NaN for opposite infinities. */
  public double value(BigInteger integers) {
    if (positiveInfinities > 0 || negativeInfinities > 0) {
      return negativeInfinities <= 0
          ? Double.POSITIVE_INFINITY
          : positiveInfinities <= 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    BigDecimal sum = new BigDecimal(mantissa);
    BigDecimal two = BigDecimal.valueOf(2);
    sum =
        exponent >= 0
            ? new BigDecimal(mantissa.shiftLeft(exponent))
            : sum.divide(two.pow(-exponent));
    return sum.add(new BigDecimal(integers)).doubleValue();
  }

  public byte[] mantissa() {
    return mantissa.signum() == 0 ? new byte[0] : mantissa.toByteArray();
  }

  public int exponent() {
    return exponent;
  }

  public long positiveInfinities() {
    return positiveInfinities;
  }

  public long negativeInfinities() {
    return negativeInfinities;
  }
}
