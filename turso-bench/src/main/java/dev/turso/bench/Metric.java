package dev.turso.bench;

import java.util.List;
import java.util.Locale;

/**
 * One number about a workload.
 *
 * @param moreIsBetter whether it is a rate; otherwise it is a time or a cost
 * @param answer what the database said, equal on all engines; empty where there is nothing to compare
 */
record Metric(String name, double value, String unit, boolean moreIsBetter, String answer) {

  private static final String MARK = "metric\t";

  String line() {
    return MARK
        + String.join(
            "\t",
            name,
            String.format(Locale.ROOT, "%.4f", value),
            unit,
            String.valueOf(moreIsBetter),
            answer);
  }

  /** Reads what {@link #line} wrote; other lines of a process are not metrics. */
  static List<Metric> parse(String line) {
    if (!line.startsWith(MARK)) {
      return List.of();
    }
    String[] parts = line.substring(MARK.length()).split("\t", -1);
    return List.of(
        new Metric(
            parts[0],
            Double.parseDouble(parts[1]),
            parts[2],
            Boolean.parseBoolean(parts[3]),
            parts[4]));
  }
}
