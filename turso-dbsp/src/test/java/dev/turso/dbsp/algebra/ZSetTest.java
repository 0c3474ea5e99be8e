package dev.turso.dbsp.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ZSetTest {

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  @Test
  void oppositeWeightsCancelOut() {
    ZSet set = new ZSet();
    set.add(bytes("b"), 2);
    set.add(bytes("a"), 1);
    set.add(bytes("a"), -1);
    set.consolidate();
    assertThat(set.size()).isEqualTo(1);
    assertThat(set.row(0)).isEqualTo(bytes("b"));
    assertThat(set.weight(0)).isEqualTo(2);
  }

  @Test
  void aSingleRowOfWeightZeroDisappears() {
    ZSet set = new ZSet();
    set.add(bytes("a"), 0);
    set.consolidate();
    assertThat(set.isEmpty()).isTrue();
  }

  @Test
  void consolidationEqualsAnOrderedMapOfSums() {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    Random random = new Random(seed);
    TreeMap<byte[], Long> expected = new TreeMap<>(Arrays::compareUnsigned);
    ZSet set = new ZSet();
    for (int i = 0; i < 5000; i++) {
      byte[] row = new byte[random.nextInt(3)];
      random.nextBytes(row);
      long weight = random.nextInt(5) - 2;
      set.add(row, weight);
      expected.merge(row, weight, Long::sum);
    }
    expected.values().removeIf(each -> each == 0);
    set.consolidate();
    int i = 0;
    assertThat(set.size()).as("seed %d", seed).isEqualTo(expected.size());
    for (var each : expected.entrySet()) {
      assertThat(set.row(i)).as("seed %d", seed).isEqualTo(each.getKey());
      assertThat(set.weight(i++)).isEqualTo(each.getValue());
    }
  }
}
