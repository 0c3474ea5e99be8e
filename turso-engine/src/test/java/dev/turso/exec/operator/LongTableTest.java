package dev.turso.exec.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Integers keep their numbers however they are spread. */
final class LongTableTest {

  private static final long SEED = Long.getLong("turso.seed", 20260114L);

  @Test
  void idsInAscendingOrderAreFound() {
    check(i -> i + 1);
  }

  @Test
  void idsInDescendingOrderAreFound() {
    check(i -> 50_000 - i);
  }

  @Test
  void integersThatSpreadFarApartAreFound() {
    SplittableRandom random = new SplittableRandom(SEED);
    check(i -> random.nextLong());
  }

  @Test
  void idsFollowedByFarIntegersAreFound() {
    check(i -> i < 5000 ? i : i * 1_000_003L);
  }

  @Test
  void integersAtBothEndsAreFound() {
    check(i -> i % 2 == 0 ? Long.MIN_VALUE + i : Long.MAX_VALUE - i);
  }

  @Test
  void integersInRandomOrderWithinARangeAreFound() {
    SplittableRandom random = new SplittableRandom(SEED);
    check(i -> random.nextLong(60_000) - 30_000);
  }

  /** From the array to cells and back again, with another base. */
  @Test
  void rangesFarFromEachOtherAreFound() {
    check(i -> i / 1000 * 1_000_003L + i % 1000);
    check(i -> (20_000 - i) / 1000 * 1_000_003L - i % 1000);
    check(i -> i < 3000 ? i : i < 3100 ? i * 1_000_000_007L : 500_000_000_000L + i);
  }

  @Test
  void idsAtTheLeastAndTheGreatestIntegerAreFound() {
    check(i -> Long.MIN_VALUE + i);
    check(i -> Long.MIN_VALUE + 20_000 - i);
    check(i -> Long.MAX_VALUE - i);
    check(i -> Long.MAX_VALUE - 20_000 + i);
  }

  @Test
  void runsOfAnyLengthAnywhereAreFound() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int program = 0; program < 50; program++) {
      long[] keys = new long[20_000];
      for (int i = 0; i < keys.length; ) {
        long at = random.nextInt(4) == 0 ? random.nextLong() : random.nextLong(1 << 30);
        long step = random.nextInt(-3, 4);
        for (int end = Math.min(keys.length, i + 1 + random.nextInt(8_000)); i < end; i++) {
          keys[i] = at;
          at += step;
        }
      }
      check(i -> keys[i]);
    }
  }

  private interface Source {
    long at(int i);
  }

  private static void check(Source source) {
    LongTable table = new LongTable();
    for (int round = 0; round < 2; round++) {
      Map<Long, Integer> expected = new HashMap<>();
      for (int i = 0; i < 20_000; i++) {
        long key = source.at(i);
        assertThat(table.get(key)).isEqualTo(expected.getOrDefault(key, -1));
        if (!expected.containsKey(key)) {
          table.put(key, expected.size());
          expected.put(key, expected.size());
        }
      }
      expected.forEach((key, number) -> assertThat(table.get(key)).isEqualTo(number));
      table.clear();
      assertThat(table.get(source.at(0))).isEqualTo(-1);
    }
  }
}
