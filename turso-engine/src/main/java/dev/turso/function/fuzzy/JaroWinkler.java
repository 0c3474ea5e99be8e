package dev.turso.function.fuzzy;

/** Jaro's measure of likeness between 0 and 1, raised by Winkler for a common start. */
final class JaroWinkler {

  private static final double PREFIX_WEIGHT = 0.1;
  private static final int LONGEST_PREFIX = 4;

  private JaroWinkler() {}

  static double of(int[] a, int[] b) {
    double jaro = jaro(a, b);
    int prefix = 0;
    while (prefix < LONGEST_PREFIX
        && prefix < a.length
        && prefix < b.length
        && a[prefix] == b[prefix]) {
      prefix++;
    }
    return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
  }

  private static double jaro(int[] a, int[] b) {
    if (a.length == 0 || b.length == 0) {
      return a.length == b.length ? 1.0 : 0.0;
    }
    int reach = Math.max(Math.max(a.length, b.length) / 2 - 1, 0);
    boolean[] matchedA = new boolean[a.length];
    boolean[] matchedB = new boolean[b.length];
    int matches = 0;
    for (int i = 0; i < a.length; i++) {
      int end = Math.min(i + reach + 1, b.length);
      for (int j = Math.max(0, i - reach); j < end && !matchedA[i]; j++) {
        if (!matchedB[j] && a[i] == b[j]) {
          matchedA[i] = true;
          matchedB[j] = true;
          matches++;
        }
      }
    }
    if (matches == 0) {
      return 0.0;
    }
    int outOfOrder = 0;
    int next = 0;
    for (int i = 0; i < a.length; i++) {
      if (matchedA[i]) {
        while (!matchedB[next]) {
          next++;
        }
        outOfOrder += a[i] == b[next++] ? 0 : 1;
      }
    }
    double m = matches;
    return (m / a.length + m / b.length + (m - outOfOrder / 2.0) / m) / 3;
  }
}
