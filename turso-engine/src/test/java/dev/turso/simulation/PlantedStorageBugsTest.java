package dev.turso.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.mutation.Choice;
import dev.turso.mutation.Mutation;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that finds nothing may be one that cannot: each of these bugs, planted alone, has to be found.
 *
 * <p>Each day others, as {@link Choice} says.
 */
class PlantedStorageBugsTest {

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

  static List<Mutation> bugs() {
    return Choice.of(PlantedBugs.all(), SLICE, LATE);
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
    Choice.assertEachHasItsPlace(PlantedBugs.all());
  }
}
