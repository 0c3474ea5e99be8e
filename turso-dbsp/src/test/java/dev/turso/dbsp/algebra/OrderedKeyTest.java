package dev.turso.dbsp.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderedKeyTest {

  private static byte[] integer(long value) {
    return new OrderedKey().addInteger(value).toBytes();
  }

  private static byte[] real(double value) {
    return new OrderedKey().addReal(value).toBytes();
  }

  private static int sign(byte[] a, byte[] b) {
    return Integer.signum(Arrays.compareUnsigned(a, b));
  }

  @Test
  void aWholeRealHasTheKeyOfItsInteger() {
    for (long each : new long[] {0, 1, -1, 1L << 52, -(1L << 60), Long.MIN_VALUE}) {
      assertThat(real((double) each)).isEqualTo(integer(each));
    }
    assertThat(real(-0.0)).isEqualTo(integer(0));
  }

  @Test
  void numbersSortByTheirExactValue() {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Number a = number(random);
      Number b = number(random);
      int expected = new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
      if (a instanceof Double x) {
        expected =
            new BigDecimal(x)
                .compareTo(b instanceof Double y ? new BigDecimal(y) : new BigDecimal((Long) b));
      } else if (b instanceof Double y) {
        expected = new BigDecimal((Long) a).compareTo(new BigDecimal(y));
      }
      assertThat(sign(key(a), key(b)))
          .as("seed %d: %s, %s", seed, a, b)
          .isEqualTo(Integer.signum(expected));
    }
  }

  private static byte[] key(Number each) {
    return each instanceof Double d ? real(d) : integer(each.longValue());
  }

  private static Number number(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> random.nextLong();
      case 1 -> (long) random.nextInt(10) - 5;
      case 2 -> (double) (random.nextInt(10) - 5);
      case 3 -> random.nextDouble() * 4 - 2;
      case 4 -> random.nextGaussian() * 0x1p62;
      case 5 -> (random.nextInt(9) - 4) * Double.MIN_VALUE;
      default -> (random.nextBoolean() ? 1 : -1) * Math.exp(random.nextDouble() * 600 - 300);
    };
  }

  @Test
  void storageClassesSortAsInSql() {
    byte[][] ascending = {
      new OrderedKey().addNull().toBytes(),
      real(Double.NEGATIVE_INFINITY),
      integer(Long.MIN_VALUE),
      real(-0.5),
      integer(0),
      real(1e-300),
      integer(Long.MAX_VALUE),
      real(Double.POSITIVE_INFINITY),
      new OrderedKey().addText(new byte[0], 0, 0).toBytes(),
      new OrderedKey().addText(new byte[] {0}, 0, 1).toBytes(),
      new OrderedKey().addText(new byte[] {0, 1}, 0, 2).toBytes(),
      new OrderedKey().addText(new byte[] {1}, 0, 1).toBytes(),
      new OrderedKey().addBlob(new byte[0], 0, 0).toBytes(),
      new OrderedKey().addNullLast().toBytes(),
    };
    for (int i = 1; i < ascending.length; i++) {
      assertThat(sign(ascending[i - 1], ascending[i])).as("%d", i).isEqualTo(-1);
    }
  }

  @Test
  void anInvertedComponentSortsDescendingAndLeavesTheNextAlone() {
    OrderedKey key = new OrderedKey();
    byte[] two = key.reset().addInteger(2).invertFrom(0).addInteger(1).toBytes();
    byte[] one = key.reset().addInteger(1).invertFrom(0).addInteger(1).toBytes();
    byte[] oneNine = key.reset().addInteger(1).invertFrom(0).addInteger(9).toBytes();
    assertThat(sign(two, one)).isEqualTo(-1);
    assertThat(sign(one, oneNine)).isEqualTo(-1);
  }
}
