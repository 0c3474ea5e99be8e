package dev.turso.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random programs, held against native SQLite. */
class FuzzDifferentialTest {

  private static final int MOST_FAILURES = 5;

  /** Seconds after which everything should have been met. */
  private static final int LONG = 120;

  private static final double ENOUGH = 90;

  /**
   * So many programs are known to agree, so that another day's build does not fail for what only a
   * longer search finds.
   */
  private static final int SLICE = 30;

  private final long seed = Long.getLong("turso.seed", 0);
  private final long seconds = Long.getLong("turso.fuzz.seconds", 8);
  private final int programs =
      Long.getLong("turso.fuzz.seconds") == null ? SLICE : Integer.MAX_VALUE;

  @Test
  void randomProgramsRunAsNativeSqliteRunsThem() {
    System.out.println("seed " + seed + ", " + seconds + " s");
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    Coverage coverage = new Coverage();
    Fuzzer fuzzer = new Fuzzer(TursoEngine::new, coverage);
    List<String> found = new ArrayList<>();
    long first = seed * 100_000;
    for (long each = first; System.nanoTime() < end && each - first < programs; each++) {
      Fuzzer.Failure failure = fuzzer.run(each);
      if (failure != null) {
        found.add(
            "program "
                + each
                + ": "
                + failure.difference()
                + "\n"
                + String.join(";\n", fuzzer.shrink(failure)));
        if (found.size() == MOST_FAILURES) {
          break;
        }
      }
    }
    System.out.println(fuzzer.summary());
    System.out.println(
        seconds > LONG ? coverage.report() + coverage.summary() : coverage.summary());
    if (seconds > LONG) {
      assertThat(coverage.percent()).isGreaterThan(ENOUGH);
    }
    assertThat(found).isEmpty();
  }
}
