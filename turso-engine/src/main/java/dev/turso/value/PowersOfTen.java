package dev.turso.value;

/**
 * Between {@code significand * 10^exponent} and doubles, in 64- and 96-bit integer arithmetic.
 *
 * <p>The method is Russ Cox's "unrounded scaling": multiply by the leading bits of a power of ten,
 * keep a sticky bit for what is cut off, round once. SQLite does the same with a table of 96 bits;
 * the last digit of a printed number depends on the table's width and on where it cuts, so both are
 * kept as they are there: a power is a multiple-of-27 entry rounded to 96 bits times an exact small
 * power, cut to 96 bits.
 *
 * <p>Powers are normalised: the top bit of the upper 64 is set. The tables are plain mathematics,
 * and a test recomputes them.
 */
final class PowersOfTen {

  static final int FIRST = -348;
  static final int LAST = 347;

  private static final int STEP = 27;

  /** 10^0 … 10^26, exact. */
  private static final long[] SMALL = smallPowers();

  /** Upper 64 bits of 10^(27 k), k = -13 … 12. */
  private static final long[] HIGH = {
    0x8049a4ac0c5811aeL, 0xcf42894a5dce35eaL, 0xa76c582338ed2621L, 0x873e4f75e2224e68L,
    0xda7f5bf590966848L, 0xb080392cc4349decL, 0x8e938662882af53eL, 0xe65829b3046b0afaL,
    0xba121a4650e4ddebL, 0x964e858c91ba2655L, 0xf2d56790ab41c2a2L, 0xc428d05aa4751e4cL,
    0x9e74d1b791e07e48L, 0x8000000000000000L, 0xcecb8f27f4200f3aL, 0xa70c3c40a64e6c51L,
    0x86f0ac99b4e8dafdL, 0xda01ee641a708de9L, 0xb01ae745b101e9e4L, 0x8e41ade9fbebc27dL,
    0xe5d3ef282a242e81L, 0xb9a74a0637ce2ee1L, 0x95f83d0a1fb69cd9L, 0xf24a01a73cf2dccfL,
    0xc3b8358109e84f07L, 0x9e19db92b4e31ba9L,
  };

  /** The next 32 bits of 10^(27 k). */
  private static final int[] LOW = {
    0x205b896d, 0x52064cad, 0xaf2af2b8, 0x5a7744a7, 0xaf39a475, 0xbd8d794e, 0x547eb47b,
    0x0cb4a5a3, 0x92f34d62, 0x3a6a07f9, 0xfae27299, 0xaa97e14c, 0x775ea265, 0x00000000,
    0x00000000, 0x999090b6, 0x69a028bb, 0xe80e6f48, 0x5ec05dd0, 0x14588f14, 0x8f1668c9,
    0x6d953e2c, 0x4abdaf10, 0xbc633b39, 0x0a862f81, 0x6c07a2c2,
  };

  /** The powers that are doubles. */
  private static final double[] EXACT = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  };

  private static final int LAST_EXACT = 22;

  /** Position of k = 0 in the two tables. */
  private static final int ZERO = 13;

  private PowersOfTen() {}

  private static long[] smallPowers() {
    long[] powers = new long[STEP];
    long power = 1L << 63;
    for (int i = 0; i < STEP; i++) {
      powers[i] = power;
      // times 10/16 or 10/8: five fourths, then normalised
      long next = power + (power >>> 2);
      boolean carried = Long.compareUnsigned(next, power) < 0;
      power = carried ? next >>> 1 | Long.MIN_VALUE : next;
    }
    return powers;
  }

  /** floor(log2(10^p)). */
  static int log2OfPower10(int p) {
    return p * 108853 >> 15;
  }

  /** floor(log10(2^e)). */
  static int log10OfPower2(int e) {
    return e * 78913 >> 18;
  }

  /** Upper 64 bits of 10^p. */
  static long high(int p) {
    if (p == -1) {
      return 0xccccccccccccccccL;
    }
    if (p >= 0 && p < STEP) {
      return SMALL[p];
    }
    int k = Math.floorDiv(p, STEP);
    int n = p - k * STEP;
    long scale = HIGH[k + ZERO];
    if (n == 0) {
      return scale;
    }
    long high = productHigh(scale, LOW[k + ZERO], SMALL[n]);
    return high < 0 ? high : high << 1 | productMiddle(scale, LOW[k + ZERO], SMALL[n]) >>> 31;
  }

  /** The 32 bits of 10^p after the upper 64, as an unsigned number. */
  static int low(int p) {
    if (p == -1) {
      return 0xcccccccc;
    }
    if (p >= 0 && p < STEP) {
      return 0;
    }
    int k = Math.floorDiv(p, STEP);
    int n = p - k * STEP;
    if (n == 0) {
      return LOW[k + ZERO];
    }
    int middle = (int) productMiddle(HIGH[k + ZERO], LOW[k + ZERO], SMALL[n]);
    return productHigh(HIGH[k + ZERO], LOW[k + ZERO], SMALL[n]) < 0 ? middle : middle << 1 | 1;
  }

  /** Bits 96–159 of (a · 2^32 + aLow) · b. */
  private static long productHigh(long a, int aLow, long b) {
    long carryIn = Math.unsignedMultiplyHigh((aLow & 0xffffffffL) << 32, b);
    long lower = a * b;
    long sum = lower + carryIn;
    long high = Math.unsignedMultiplyHigh(a, b);
    return Long.compareUnsigned(sum, lower) < 0 ? high + 1 : high;
  }

  /** Bits 64–95 of (a · 2^32 + aLow) · b. */
  private static long productMiddle(long a, int aLow, long b) {
    return a * b + Math.unsignedMultiplyHigh((aLow & 0xffffffffL) << 32, b) >>> 32;
  }

  /**
   * The double nearest to {@code significand * 10^exponent}.
   *
   * @param significand unsigned, not zero
   */
  static double toDouble(long significand, int exponent) {
    if (significand >>> 53 == 0 && exponent >= -LAST_EXACT && exponent <= LAST_EXACT) {
      // both are doubles, and one operation rounds correctly
      return exponent < 0 ? significand / EXACT[-exponent] : significand * EXACT[exponent];
    }
    if (exponent < FIRST) {
      return 0.0;
    }
    if (exponent > LAST) {
      return Double.POSITIVE_INFINITY;
    }
    int zeros = Long.numberOfLeadingZeros(significand);
    int power2 = log2OfPower10(exponent);
    int scale = zeros - 11 - power2;
    if (scale >= 1130) {
      return 0.0;
    }
    scale = Math.min(scale, 1074);
    int shift = -(scale - zeros + power2 + 3);
    long unrounded = unrounded(significand << zeros, exponent, shift);
    if (Long.compareUnsigned(unrounded, (1L << 55) - 2) >= 0) {
      unrounded = unrounded >>> 1 | unrounded & 1;
      scale--;
    }
    long rounded = unrounded + 1 + (unrounded >>> 2 & 1) >>> 2;
    if (scale <= -972) {
      return Double.POSITIVE_INFINITY;
    }
    long hidden = 1L << 52;
    if ((rounded & hidden) != 0) {
      rounded = rounded & ~hidden | (long) (1075 - scale) << 52;
    }
    return Double.longBitsToDouble(rounded);
  }

  /** The product with two bits to spare, the lower one sticky. */
  private static long unrounded(long normalised, int exponent, int shift) {
    long high = high(exponent);
    int low = low(exponent);
    if (low != 0) {
      high++;
      low = ~low;
    }
    long product = Math.unsignedMultiplyHigh(normalised, high);
    long sticky = 1;
    if ((product & (1L << shift) - 1) == 0) {
      int middle = (int) (normalised * high >>> 32);
      int excess = (int) (Math.unsignedMultiplyHigh(normalised, (long) low << 32) >>> 32);
      sticky = Integer.compareUnsigned(middle - excess, 1) > 0 ? 1 : 0;
      if (Integer.compareUnsigned(middle, excess) < 0) {
        product--;
      }
    }
    return product >>> shift | sticky;
  }
}
