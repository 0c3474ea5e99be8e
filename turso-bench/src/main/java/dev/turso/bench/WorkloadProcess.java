package dev.turso.bench;

import java.nio.file.Path;
import java.sql.SQLException;

/** One workload on one engine in a JVM of its own; prints a line per metric. */
final class WorkloadProcess {

  private WorkloadProcess() {}

  /** Engine, workload, file, seconds to warm up, seconds to measure, repeats of a query. */
  public static void main(String[] arguments) throws SQLException {
    if (arguments[0].equals("create")) {
      Dataset.create(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
      return;
    }
    Workload workload = Workloads.named(arguments[1]);
    try (Bench bench =
        new Bench(
            Engine.named(arguments[0]),
            Path.of(arguments[2]),
            Double.parseDouble(arguments[3]),
            Double.parseDouble(arguments[4]),
            Integer.parseInt(arguments[5]),
            metric -> System.out.println(metric.line()))) {
      workload.run(bench);
    }
  }
}
