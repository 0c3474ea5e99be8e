package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.turso.session.Extensions;
import dev.turso.vfs.DiskFileSystem;
import dev.turso.vfs.MemoryFileSystem;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random programs that cross views, log, listeners, triggers, foreign keys, savepoints, conflicts, DDL,
 * restarts, a second session and a native writer.
 *
 * <p>{@code -Dturso.steps=1000000} runs that many steps instead of a slice, {@code -Dturso.seed=N} starts
 * at that seed.
 */
class CrossingSimulationTest {

  private static final int STEPS_OF_ONE = 250;
  private static final int STEPS = Integer.getInteger("turso.steps", 1000);
  private static final long SEED =
      Long.getLong("turso.seed", LocalDate.now().toEpochDay() * 10_000);

  @TempDir Path folder;

  @Test
  void whatMustBeTrueIsTrueAllTheTime() {
    for (int i = 0; i < Math.max(1, STEPS / STEPS_OF_ONE); i++) {
      new Simulation(Simulation.World.of(new MemoryFileSystem()), SEED + i).run(STEPS_OF_ONE);
      tell(i + 1, "");
    }
    System.out.println("CrossingSimulationTest seed " + SEED + ", " + STEPS + " steps");
  }

  @Test
  void besideANativeWriterToo() {
    assumeThat(NativeCheck.isPossible()).as("sqlite3 is on the path").isTrue();
    for (int i = 0; i < Math.max(1, STEPS / 4 / STEPS_OF_ONE); i++) {
      Simulation.World world =
          new Simulation.World(
              DiskFileSystem.instance(), Extensions.installed(), folder.resolve(i + ".db"));
      new Simulation(world, SEED + 5_000_000 + i).run(STEPS_OF_ONE);
      tell(i + 1, " natively");
    }
    System.out.println(
        "CrossingSimulationTest seed " + SEED + ", " + STEPS / 4 + " steps natively");
  }

  /** A run of hours says how far it is, so that it counts when it is ended early. */
  private static void tell(int programs, String how) {
    if (programs % 40 == 0) {
      int steps = programs * STEPS_OF_ONE;
      System.out.println(
          "CrossingSimulationTest seed " + SEED + ", " + steps + " steps so far" + how);
    }
  }
}
