package dev.turso.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Clients of several processes on a simulated disk, with faults, kills and power cuts.
 *
 * <p>{@code -Dturso.simulation.seconds=N} runs longer, {@code -Dturso.seed=N} begins with another seed,
 * and with {@code -Dturso.simulation.programs=1} runs that one alone.
 */
class StorageSimulationTest {

  static final int LENGTH = 60;

  private static final int SECONDS = Integer.getInteger("turso.simulation.seconds", 5);
  private static final int PROGRAMS =
      Integer.getInteger("turso.simulation.programs", Integer.MAX_VALUE);
  private static final long SEED =
      Long.getLong("turso.seed", LocalDate.now().toEpochDay() * 100_000);

  @Test
  void whatWasCommittedIsThereAndNothingElse() throws Exception {
    Object[] result = run(new SimulationLoader(null), SEED, PROGRAMS, SECONDS, true);
    System.out.printf(
        "storage simulation: %s programs of %d steps from seed %d, trace %016x%n%s",
        result[0], LENGTH, SEED, result[3], result[2]);
    assertThat(result[1]).asString().isEmpty();
  }

  @Test
  void aSeedTakesTheSameCourseAgain() throws Exception {
    Object[] first = run(new SimulationLoader(null), SEED, 6, 600, false);
    Object[] again = run(new SimulationLoader(null), SEED, 6, 600, false);
    System.out.printf("traces of 6 programs: %016x and %016x%n", first[3], again[3]);
    assertThat(again).isEqualTo(first);
  }

  static Object[] run(ClassLoader loader, long seed, int programs, int seconds, boolean shrinks)
      throws Exception {
    return (Object[])
        Class.forName("dev.turso.simulation.Simulations", true, loader)
            .getMethod("run", long.class, int.class, int.class, long.class, boolean.class)
            .invoke(null, seed, programs, LENGTH, TimeUnit.SECONDS.toNanos(seconds), shrinks);
  }
}
