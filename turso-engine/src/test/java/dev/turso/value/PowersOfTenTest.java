package dev.turso.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PowersOfTenTest {

  private static final int STEP = 27;

  @Test
  void everyTableEntryIsThePowerRoundedTo96Bits() {
    for (int p = -13 * STEP; p <= 12 * STEP; p += STEP) {
      if (p < PowersOfTen.FIRST) {
        continue;
      }
      BigInteger leading = leadingBits(p, 96, true);
      assertThat(PowersOfTen.high(p)).as("1e%d", p).isEqualTo(leading.shiftRight(32).longValue());
      assertThat(PowersOfTen.low(p)).as("1e%d", p).isEqualTo(leading.intValue());
    }
  }

  @Test
  void everyPowerIsWithinOneUnitOfItsLeading64Bits() {
    for (int p = PowersOfTen.FIRST; p <= PowersOfTen.LAST; p++) {
      BigInteger exact = leadingBits(p, 64, false);
      BigInteger given = new BigInteger(Long.toUnsignedString(PowersOfTen.high(p)));
      assertThat(given.subtract(exact).abs()).as("1e%d", p).isLessThanOrEqualTo(BigInteger.ONE);
    }
  }

  @Test
  void aShortDecimalBecomesTheDoubleNearestToIt() {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100_000; i++) {
      long significand = random.nextLong(1, 1L << random.nextInt(1, 60));
      int exponent = random.nextInt(-340, 310);
      assertThat(PowersOfTen.toDouble(significand, exponent))
          .as("%de%d seed %d", significand, exponent, seed)
          .isEqualTo(new BigDecimal(BigInteger.valueOf(significand), -exponent).doubleValue());
    }
  }

  /** The most significant bits of a power of ten. */
  private static BigInteger leadingBits(int p, int bits, boolean round) {
    BigInteger power = BigInteger.TEN.pow(Math.abs(p));
    if (p >= 0) {
      int surplus = power.bitLength() - bits;
      return surplus <= 0 ? power.shiftLeft(-surplus) : shift(power, surplus, round);
    }
    int room = bits + power.bitLength() + 64;
    BigInteger quotient = BigInteger.ONE.shiftLeft(room).divide(power);
    return shift(quotient, quotient.bitLength() - bits, round);
  }

  private static BigInteger shift(BigInteger value, int bits, boolean round) {
    BigInteger half = round ? BigInteger.ONE.shiftLeft(bits - 1) : BigInteger.ZERO;
    return value.add(half).shiftRight(bits);
  }
}
