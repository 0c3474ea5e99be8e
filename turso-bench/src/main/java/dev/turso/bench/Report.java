package dev.turso.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Collects the figures of a run: medians by engine, ratios to the first engine, answers that differ. */
final class Report {

  private final List<Engine> engines;
  private final Map<String, Map<Engine, List<Metric>>> figures = new LinkedHashMap<>();

  Report(List<Engine> engines) {
    this.engines = engines;
  }

  void add(Engine engine, Metric metric) {
    figures
        .computeIfAbsent(metric.name(), name -> new HashMap<>())
        .computeIfAbsent(engine, e -> new ArrayList<>())
        .add(metric);
  }

  /** A Markdown table; each engine after the first has its ratio to the first behind its figure. */
  String table() {
    StringBuilder text = new StringBuilder("| |");
    engines.forEach(each -> text.append(' ').append(each.label()).append(" |"));
    text.append("\n|---|").append("---|".repeat(engines.size())).append('\n');
    figures.forEach((name, byEngine) -> {
      text.append("| ").append(name).append(" |");
      for (Engine each : engines) {
        text.append(' ').append(cell(byEngine, each)).append(" |");
      }
      text.append('\n');
    });
    return text.toString();
  }

  private String cell(Map<Engine, List<Metric>> byEngine, Engine engine) {
    List<Metric> own = byEngine.get(engine);
    if (own == null) {
      return "";
    }
    Metric metric = own.getFirst();
    double median = median(own);
    String text = String.format(Locale.ROOT, "%,.1f %s", median, metric.unit());
    List<Metric> first = byEngine.get(engines.getFirst());
    if (engine == engines.getFirst() || first == null) {
      return text;
    }
    double ratio = metric.moreIsBetter() ? median / median(first) : median(first) / median;
    return text + String.format(Locale.ROOT, " (%.2fx)", ratio);
  }

  /** Metrics whose answers are not the same everywhere. */
  List<String> differences() {
    List<String> different = new ArrayList<>();
    figures.forEach((name, byEngine) -> {
      TreeSet<String> answers = new TreeSet<>();
      byEngine.values().forEach(list -> list.forEach(each -> answers.add(each.answer())));
      if (answers.size() > 1) {
        different.add(name + ": " + answers);
      }
    });
    return different;
  }

  private static double median(List<Metric> metrics) {
    double[] values = metrics.stream().mapToDouble(Metric::value).toArray();
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
