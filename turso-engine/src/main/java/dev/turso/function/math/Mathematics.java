package dev.turso.function.math;

import dev.turso.value.Decimal;

/** What {@link Math} lacks. */
final class Mathematics {

  private static final double LN_2 = 0.6931471805599453;

  /** From here on doubles have no fraction. */
  private static final double NO_FRACTION = 0x1p52;

  private static final int MAX_PLACES = 30;
  private static final int MAX_DIGITS = 26;

  private Mathematics() {}

  /** Rounds half away from zero, by the decimal digits SQLite would print. */
  static double round(double value, long places) {
    if (value < -NO_FRACTION || value > NO_FRACTION) {
      return value;
    }
    if (places <= 0) {
      return (double) (long) (value + (value < 0 ? -0.5 : 0.5));
    }
    Decimal decimal = new Decimal();
    int kept = (int) Math.min(places, MAX_PLACES);
    decimal.decode(value, -kept, MAX_DIGITS);
    double magnitude = decimal.point() + kept <= 0 ? 0.0 : decimal.toDouble();
    return value < 0 ? -magnitude : magnitude;
  }

  /** The logarithm to base 2, exact for powers of two. */
  static double log2(double value) {
    int exponent = Math.getExponent(value);
    if (value <= 0 || exponent < Double.MIN_EXPONENT || exponent > Double.MAX_EXPONENT) {
      return Math.log(value) / LN_2;
    }
    double fraction = Math.scalb(value, -exponent);
    if (fraction > 1.4142135623730951) {
      fraction /= 2;
      exponent++;
    }
    return exponent + Math.log(fraction) / LN_2;
  }

  static double asinh(double value) {
    double x = Math.abs(value);
    double result;
    if (x > 0x1p28) {
      result = Math.log(x) + LN_2;
    } else if (x > 2) {
      result = Math.log(2 * x + 1 / (Math.sqrt(x * x + 1) + x));
    } else {
      double square = x * x;
      result = Math.log1p(x + square / (1 + Math.sqrt(1 + square)));
    }
    return Math.copySign(result, value);
  }

  static double acosh(double x) {
    if (x < 1) {
      return Double.NaN;
    }
    if (x > 0x1p28) {
      return Math.log(x) + LN_2;
    }
    if (x > 2) {
      return Math.log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
    }
    double t = x - 1;
    return Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  static double atanh(double value) {
    double x = Math.abs(value);
    double result = 0.5 * Math.log1p(2 * x / (1 - x));
    return Math.copySign(result, value);
  }

  static double truncate(double value) {
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }
}
