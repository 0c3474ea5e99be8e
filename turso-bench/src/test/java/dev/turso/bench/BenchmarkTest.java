package dev.turso.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkTest {

  @TempDir Path folder;

  @Test
  void everyWorkloadRunsOnBothEnginesAndTheyAgree() throws Exception {
    BenchmarkOptions options =
        BenchmarkOptions.of(
            "rows=2000",
            "repetitions=1",
            "repeats=1",
            "warm=0.02",
            "seconds=0.05",
            "workloads=point,key,range,insert,update,writers1,analytics,view,capture");
    Report report = Benchmark.run(options, folder);
    assertThat(report.differences()).isEmpty();
    assertThat(report.table()).contains("point p50", "join of three", "with capture full");
  }

  @Test
  void anAnswerThatDiffersIsReported() {
    Report report = new Report(List.of(Engine.SQLITE, Engine.TURSO));
    report.add(Engine.SQLITE, new Metric("sum", 10, "ms", false, "1/a"));
    report.add(Engine.TURSO, new Metric("sum", 5, "ms", false, "1/b"));
    assertThat(report.differences()).containsExactly("sum: [1/a, 1/b]");
  }

  @Test
  void aRatioAboveOneMeansFasterWhateverTheUnit() {
    Report report = new Report(List.of(Engine.SQLITE, Engine.TURSO));
    report.add(Engine.SQLITE, new Metric("time", 10, "ms", false, ""));
    report.add(Engine.TURSO, new Metric("time", 5, "ms", false, ""));
    report.add(Engine.SQLITE, new Metric("rate", 10, "/s", true, ""));
    report.add(Engine.TURSO, new Metric("rate", 30, "/s", true, ""));
    assertThat(report.table()).contains("5.0 ms (2.00x)", "30.0 /s (3.00x)");
  }

  @Test
  void anUnknownOptionIsRefusedByName() {
    assertThatThrownBy(() -> BenchmarkOptions.of("reps=5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reps=5")
        .hasMessageContaining("repetitions");
  }
}
