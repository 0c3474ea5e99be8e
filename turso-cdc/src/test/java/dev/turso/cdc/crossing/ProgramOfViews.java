package dev.turso.cdc.crossing;

import dev.turso.vfs.MemoryFileSystem;
import java.util.function.BiFunction;

/** Runs a random program, in classes loaded anew that have a bug more: see {@link OperatorBugsTest}. */
public final class ProgramOfViews implements BiFunction<Long, Integer, String> {

  /** The first lines of what was found, with the number of steps, or an empty text. */
  @Override
  public String apply(Long seed, Integer steps) {
    Simulation simulation = new Simulation(Simulation.World.of(new MemoryFileSystem()), seed);
    try {
      simulation.run(steps);
      return "";
    } catch (AssertionError e) {
      String why = String.valueOf(e.getCause());
      return simulation.steps() + " steps: " + why.substring(0, Math.min(160, why.length()));
    }
  }
}
