package dev.turso.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All workloads, in the order in which they are reported. */
final class Workloads {

  private Workloads() {}

  static List<Workload> all() {
    List<Workload> all = new ArrayList<>(Arrays.asList(KeyedWorkload.values()));
    all.add(new BulkWorkload("bulk", List.of()));
    all.add(new BulkWorkload("bulk-indexed", List.of("k", "r", "b")));
    all.add(new WritersWorkload(1));
    all.add(new WritersWorkload(4));
    all.add(new WritersWorkload(8));
    all.add(new AnalyticWorkload());
    all.add(new ViewWorkload());
    all.add(new CaptureWorkload());
    all.add(new LiveWorkload());
    return all;
  }

  static Workload named(String label) {
    for (Workload each : all()) {
      if (each.label().equals(label)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "no such workload: "
            + label
            + "; there are "
            + all().stream().map(Workload::label).toList());
  }
}
