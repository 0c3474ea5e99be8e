package dev.turso.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.mutation.Mutation;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that finds nothing may be one that cannot: each of these bugs, planted alone, has to be found.
 *
 * <p>Each day others; all of them with {@code -Dturso.planted=all}, some with words of their names.
 */
class PlantedStorageBugsTest {

  private static final String WHICH = System.getProperty("turso.planted", "");
  private static final boolean ALL = WHICH.equals("all");

  /** What only dozens of programs find, and is left to the longer run. */
  private static final List<String> LATE =
      List.of(
          "ignores the marks",
          "copies while",
          "keep nobody out",
          "are missed",
          "journal is overlooked",
          "two files is overlooked");

  private static final int SLICE = 2;
  private static final int MOST_SECONDS = Integer.getInteger("turso.planted.seconds", 600);
  private static final long SEED = 1_000_000;

  static Stream<Mutation> bugs() {
    List<Mutation> all = new ArrayList<>(PlantedBugs.all());
    if (ALL) {
      return all.stream();
    }
    if (!WHICH.isEmpty()) {
      return all.stream().filter(b -> b.what().contains(WHICH));
    }
    all.removeIf(b -> LATE.stream().anyMatch(b.what()::contains));
    List<Mutation> slice = new ArrayList<>();
    for (int i = 0; i < SLICE; i++) {
      slice.add(all.get((int) ((LocalDate.now().toEpochDay() * SLICE + i) % all.size())));
    }
    return slice.stream();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void isFound(Mutation bug) throws Exception {
    long start = System.nanoTime();
    Object[] result =
        StorageSimulationTest.run(
            new SimulationLoader(bug), SEED, Integer.MAX_VALUE, MOST_SECONDS, false);
    String failure = (String) result[1];
    System.out.printf(
        "\"%s\": program %s, %.1f s: %s%n",
        bug.what(),
        result[0],
        (System.nanoTime() - start) / 1e9,
        failure.lines().findFirst().orElse("not found"));
    assertThat(failure).as(bug.what()).isNotEmpty();
  }

  /** A change of the engine that takes a bug its place is seen at once. */
  @Test
  void eachHasItsPlace() throws IOException {
    for (Mutation each : PlantedBugs.all()) {
      String resource = "/dev/turso/" + each.type().replace('.', '/') + ".class";
      try (InputStream in = Mutation.class.getResourceAsStream(resource)) {
        assertThat(in).as(each.type()).isNotNull();
        assertThat(each.plant(in.readAllBytes())).isNotEmpty();
      }
    }
  }
}
