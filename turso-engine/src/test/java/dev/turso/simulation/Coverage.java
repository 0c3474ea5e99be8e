package dev.turso.simulation;

import java.util.Map;
import java.util.TreeMap;

/** Counts of what simulations did. */
final class Coverage {

  private final Map<String, TreeMap<String, Integer>> counts = new TreeMap<>();

  void count(String kind, String what) {
    counts.computeIfAbsent(kind, k -> new TreeMap<>()).merge(what, 1, Integer::sum);
  }

  int total(String kind) {
    return counts.getOrDefault(kind, new TreeMap<>()).values().stream().mapToInt(n -> n).sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach((kind, each) ->
        text.append(kind)
            .append(' ')
            .append(total(kind))
            .append(": ")
            .append(each.toString().replaceAll("[{}]", ""))
            .append('\n'));
    return text.toString();
  }
}
