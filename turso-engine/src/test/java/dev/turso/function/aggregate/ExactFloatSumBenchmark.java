package dev.turso.function.aggregate;

import dev.turso.value.Register;
import java.util.SplittableRandom;

/** Nanoseconds for one addition: SQLite's compensated sum against the exact one. Run it by hand. */
public final class ExactFloatSumBenchmark {

  private static final int COUNT = 1 << 20;

  private ExactFloatSumBenchmark() {}

  public static void main(String[] arguments) {
    String[] names = {"prices 0.01..10000.00", "uniform -1..1", "exponents -100..100"};
    for (int kind = 0; kind < names.length; kind++) {
      double[] numbers = numbers(kind);
      for (int round = 0; round < 3; round++) {
        double plain = plain(numbers);
        double compensated = compensated(numbers);
        double exact = exact(numbers);
        double perGroup = manyGroups(numbers);
        System.out.printf(
            "%-24s ns/add: double %.2f, compensated %.2f, exact %.2f, exact in 4096 groups %.2f%n",
            names[kind], plain, compensated, exact, perGroup);
      }
    }
  }

  private static double[] numbers(int kind) {
    SplittableRandom random = new SplittableRandom(42);
    double[] numbers = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      numbers[i] =
          switch (kind) {
            case 0 -> random.nextInt(1, 1_000_000) / 100.0;
            case 1 -> random.nextDouble(-1, 1);
            default -> Math.scalb(random.nextDouble(-1, 1), random.nextInt(-100, 100));
          };
    }
    return numbers;
  }

  private static double plain(double[] numbers) {
    long start = System.nanoTime();
    double sum = 0;
    for (int round = 0; round < 20; round++) {
      for (double number : numbers) {
        sum += number;
      }
    }
    return report(start, 20, sum);
  }

  private static double compensated(double[] numbers) {
    Register[] argument = {new Register()};
    SumAccumulator sum = new SumAccumulator(SumKind.SUM);
    long start = System.nanoTime();
    for (int round = 0; round < 20; round++) {
      for (double number : numbers) {
        argument[0].setReal(number);
        sum.step(argument, 1);
      }
    }
    sum.value(argument[0]);
    return report(start, 20, argument[0].asDouble());
  }

  private static double exact(double[] numbers) {
    Register[] argument = {new Register()};
    ExactSumAccumulator sum = new ExactSumAccumulator(SumKind.SUM);
    long start = System.nanoTime();
    for (int round = 0; round < 20; round++) {
      for (double number : numbers) {
        argument[0].setReal(number);
        sum.step(argument, 1);
      }
    }
    sum.value(argument[0]);
    return report(start, 20, argument[0].asDouble());
  }

  private static double manyGroups(double[] numbers) {
    ExactFloatSum[] sums = new ExactFloatSum[4096];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new ExactFloatSum();
    }
    long start = System.nanoTime();
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < numbers.length; i++) {
        sums[i * 31 & 4095].add(numbers[i]);
      }
    }
    return report(start, 20, sums[7].value());
  }

  private static double report(long start, int rounds, double sum) {
    double nanos = (System.nanoTime() - start) / ((double) rounds * COUNT);
    return sum == 42 ? nanos + 1e-9 : nanos;
  }
}
