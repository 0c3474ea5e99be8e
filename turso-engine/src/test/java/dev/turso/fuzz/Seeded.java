package dev.turso.fuzz;

import java.util.List;
import java.util.Random;

/** Random choices that follow from a seed. */
final class Seeded {

  private final Random random;

  Seeded(long seed) {
    // Neighbouring seeds of Random give similar first numbers.
    random = new Random(seed * 0x9E3779B97F4A7C15L ^ seed >>> 17);
  }

  int below(int n) {
    return random.nextInt(n);
  }

  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  long anyLong() {
    return random.nextLong();
  }

  double unit() {
    return random.nextDouble();
  }

  boolean percent(int n) {
    return random.nextInt(100) < n;
  }

  String pick(String... from) {
    return from[random.nextInt(from.length)];
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
