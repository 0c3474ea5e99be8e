package dev.turso.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random programs, held against native SQLite. */
class FuzzDifferentialTest {

  private static final int MOST_FAILURES = 5;

  private final long seed = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
  private final long seconds = Long.getLong("turso.fuzz.seconds", 8);

  @Test
  void randomProgramsRunAsNativeSqliteRunsThem() {
    System.out.println("seed " + seed + ", " + seconds + " s");
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    Fuzzer fuzzer = new Fuzzer(TursoEngine::new, new Coverage());
    List<String> found = new ArrayList<>();
    for (long each = seed * 100_000; System.nanoTime() < end; each++) {
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
    assertThat(found).isEmpty();
  }
}
