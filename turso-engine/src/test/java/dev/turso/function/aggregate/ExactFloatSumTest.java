package dev.turso.function.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.value.Register;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactFloatSumTest {

  private static final int ROUNDS = Integer.getInteger("turso.rounds", 3000);

  private final long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void theSumIsTheExactOneCorrectlyRounded() {
    for (int round = 0; round < ROUNDS; round++) {
      ExactFloatSum sum = new ExactFloatSum();
      BigDecimal exact = BigDecimal.ZERO;
      int kind = random.nextInt(6);
      int count = random.nextInt(1, 40);
      for (int i = 0; i < count; i++) {
        double value = number(kind);
        sum.add(value);
        exact = exact.add(new BigDecimal(value));
        if (i % 8 == 0) {
          assertThat(sum.value()).as("seed %d", seed).isEqualTo(exact.doubleValue());
        }
      }
      assertThat(sum.value()).as("seed %d round %d", seed, round).isEqualTo(exact.doubleValue());
    }
  }

  @Test
  void whatWasTakenOutLeavesNoTrace() {
    for (int round = 0; round < ROUNDS; round++) {
      ExactFloatSum sum = new ExactFloatSum();
      ExactFloatSum kept = new ExactFloatSum();
      int kind = random.nextInt(6);
      List<Double> leaving = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        double value = random.nextInt(15) == 0 ? Double.POSITIVE_INFINITY : number(kind);
        sum.add(value);
        if (random.nextBoolean()) {
          kept.add(value);
        } else {
          leaving.add(value);
        }
      }
      for (double value : leaving) {
        sum.subtract(value);
      }
      assertThat(sum.value()).as("seed %d", seed).isEqualTo(kept.value());
      assertThat(sum.encode()).as("seed %d", seed).isEqualTo(kept.encode());
    }
  }

  @Test
  void aStateThatWasStoredGoesOnWhereItWas() {
    for (int round = 0; round < ROUNDS; round++) {
      ExactFloatSum whole = new ExactFloatSum();
      ExactFloatSum stored = new ExactFloatSum();
      int kind = random.nextInt(6);
      for (int i = 0; i < 20; i++) {
        if (random.nextInt(3) == 0) {
          byte[] bytes = stored.encode();
          stored = ExactFloatSum.decode(bytes, 0, bytes.length);
          assertThat(stored.encode()).as("seed %d", seed).isEqualTo(bytes);
        }
        double value = number(kind);
        whole.add(value);
        stored.add(value);
      }
      assertThat(stored.value()).as("seed %d", seed).isEqualTo(whole.value());
      assertThat(stored.encode()).as("seed %d", seed).isEqualTo(whole.encode());
    }
  }

  @Test
  void integersAndFloatsAreSummedAsOne() {
    for (int round = 0; round < ROUNDS; round++) {
      ExactSumAccumulator sum = new ExactSumAccumulator(SumKind.TOTAL);
      BigDecimal exact = BigDecimal.ZERO;
      Register[] argument = {new Register()};
      for (int i = 0; i < 12; i++) {
        if (random.nextBoolean()) {
          long value = random.nextBoolean() ? random.nextLong() : Long.MIN_VALUE;
          argument[0].setInteger(value);
          exact = exact.add(BigDecimal.valueOf(value));
        } else {
          double value = number(1);
          argument[0].setReal(value);
          exact = exact.add(new BigDecimal(value));
        }
        sum.step(argument, 1);
        if (random.nextInt(3) == 0) {
          sum.step(argument, 1);
          sum.inverse(argument, 1);
        }
      }
      Register result = new Register();
      sum.value(result);
      assertThat(result.real()).as("seed %d", seed).isEqualTo(exact.doubleValue());
    }
  }

  @Test
  void aLargeSumComesBackFromBeyondTheLargestDouble() {
    ExactFloatSum sum = new ExactFloatSum();
    sum.add(Double.MAX_VALUE);
    sum.add(Double.MAX_VALUE);
    assertThat(sum.value()).isEqualTo(Double.POSITIVE_INFINITY);
    sum.subtract(Double.MAX_VALUE);
    assertThat(sum.value()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void aStateOfSimilarNumbersIsSmall() {
    ExactFloatSum sum = new ExactFloatSum();
    for (int i = 0; i < 100_000; i++) {
      sum.add(i / 100.0);
    }
    assertThat(sum.encode()).hasSizeLessThanOrEqualTo(22);
  }

  private double number(int kind) {
    return switch (kind) {
      case 0 -> random.nextDouble(-1, 1);
      case 1 -> random.nextInt(-1_000_000, 1_000_000) / 100.0;
      case 2 -> {
        double tiny = Double.longBitsToDouble(random.nextLong(1L << 54));
        yield random.nextBoolean() ? tiny : -tiny;
      }
      case 3 -> Math.scalb(random.nextDouble(-1, 1), random.nextInt(-200, 200));
      case 4 -> random.nextBoolean() ? 1e300 : -1e300;
      default -> finite();
    };
  }

  private double finite() {
    while (true) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        return value;
      }
    }
  }
}
