package dev.turso.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs workloads on engines side by side and prints a table.
 *
 * <p>{@code turso-bench/run engines=sqlite,turso workloads=point,update repetitions=5}
 */
public final class Benchmark {

  private final BenchmarkOptions options;
  private final Path folder;

  private Benchmark(BenchmarkOptions options, Path folder) {
    this.options = options;
    this.folder = folder;
  }

  /** Options are {@code name=value}; see {@link BenchmarkOptions}. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("turso-bench");
    try {
      Report report = run(BenchmarkOptions.of(arguments), folder);
      System.out.println();
      System.out.print(report.table());
      List<String> differences = report.differences();
      System.out.println();
      System.out.println(differences.size() + " answers differ");
      differences.forEach(System.out::println);
      if (!differences.isEmpty()) {
        System.exit(1);
      }
    } finally {
      deleteAll(folder);
    }
  }

  /** Runs everything; files are made in a folder that may be deleted afterwards. */
  static Report run(BenchmarkOptions options, Path folder) throws Exception {
    return new Benchmark(options, folder).run();
  }

  private Report run() throws Exception {
    Path data = folder.resolve("data.db");
    process(List.of("create", data.toString(), String.valueOf(options.rows())));
    Report report = new Report(options.engines());
    for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
      for (Workload workload : options.workloads()) {
        for (Engine engine : options.engines()) {
          if (workload.runsOn(engine)) {
            System.out.println(
                "repetition " + repetition + ": " + workload.label() + " on " + engine.label());
            measure(data, workload, engine).forEach(metric -> report.add(engine, metric));
          }
        }
      }
    }
    return report;
  }

  private List<Metric> measure(Path data, Workload workload, Engine engine) throws Exception {
    Path own = Files.createDirectory(folder.resolve("run"));
    try {
      Path file = own.resolve("bench.db");
      Files.copy(data, file);
      List<Metric> metrics = new ArrayList<>();
      List<String> lines =
          process(
              List.of(
                  engine.label(),
                  workload.label(),
                  file.toString(),
                  String.valueOf(options.warm()),
                  String.valueOf(options.seconds()),
                  String.valueOf(options.repeats())));
      lines.forEach(line -> metrics.addAll(Metric.parse(line)));
      return metrics;
    } finally {
      deleteAll(own);
    }
  }

  private static List<String> process(List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx3g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                WorkloadProcess.class.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    }
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException(
          "exit " + exit + " of " + String.join(" ", arguments) + ": " + String.join("\n", lines));
    }
    return lines;
  }

  private static void deleteAll(Path folder) throws IOException {
    Path[] all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.toArray(Path[]::new);
    }
    Arrays.sort(all, (a, b) -> b.compareTo(a));
    for (Path each : all) {
      try {
        Files.delete(each);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
