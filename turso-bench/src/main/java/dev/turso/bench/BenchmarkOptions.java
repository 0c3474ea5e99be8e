package dev.turso.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to run, from arguments of the form {@code name=value}.
 *
 * @param rows of {@code kv} and of {@code fact}
 * @param repetitions how often each workload runs on each engine
 * @param warm seconds before a loop is measured
 * @param seconds of which it is
 * @param repeats how often a query is timed in one process
 */
record BenchmarkOptions(
    List<Engine> engines,
    List<Workload> workloads,
    int rows,
    int repetitions,
    double warm,
    double seconds,
    int repeats) {

  private static final List<String> NAMES =
      List.of("engines", "workloads", "rows", "repetitions", "warm", "seconds", "repeats");

  static BenchmarkOptions of(String... arguments) {
    Map<String, String> given = new HashMap<>();
    for (String each : arguments) {
      int equals = each.indexOf('=');
      if (equals < 0 || !NAMES.contains(each.substring(0, equals))) {
        throw new IllegalArgumentException("not an option: " + each + "; there are " + NAMES);
      }
      given.put(each.substring(0, equals), each.substring(equals + 1));
    }
    String workloads = given.getOrDefault("workloads", "");
    return new BenchmarkOptions(
        Arrays.stream(given.getOrDefault("engines", "sqlite,turso").split(","))
            .map(Engine::named)
            .toList(),
        workloads.isEmpty()
            ? Workloads.all()
            : Arrays.stream(workloads.split(",")).map(Workloads::named).toList(),
        Integer.parseInt(given.getOrDefault("rows", "1000000")),
        Integer.parseInt(given.getOrDefault("repetitions", "3")),
        Double.parseDouble(given.getOrDefault("warm", "1.5")),
        Double.parseDouble(given.getOrDefault("seconds", "2")),
        Integer.parseInt(given.getOrDefault("repeats", "3")));
  }
}
