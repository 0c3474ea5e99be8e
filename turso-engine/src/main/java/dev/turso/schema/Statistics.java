package dev.turso.schema;

import java.util.Arrays;

/** The text of a {@code sqlite_stat1} row. */
final class Statistics {

  private Statistics() {}

  /** The leading integers of the text; words after them ({@code unordered}, …) are left out. */
  static long[] parse(String text) {
    long[] numbers = new long[8];
    int n = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ') {
        at++;
        continue;
      }
      if (c < '0' || c > '9') {
        break;
      }
      long value = 0;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        value = value * 10 + text.charAt(at++) - '0';
      }
      if (n == numbers.length) {
        numbers = Arrays.copyOf(numbers, n * 2);
      }
      numbers[n++] = value;
    }
    return Arrays.copyOf(numbers, n);
  }
}
