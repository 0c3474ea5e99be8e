package dev.turso.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs programs; called through {@link SimulationLoader}, so with types of the JDK only. */
public final class Simulations {

  private static final int MOST_SHRINKING_RUNS = 600;

  private static final long SHRINKING_NANOS = 120_000_000_000L;
  private static final int SHOWN_CALLS = 400;

  /** The engine warns of what fails in the background, which is often here. */
  private static final Logger CHECKPOINTER = Logger.getLogger("dev.turso.pager.Checkpointer");

  private Simulations() {}

  /**
   * Runs one program after the other until one fails or the time is up.
   *
   * @param firstSeed of the first, the others follow
   * @param length of each, in steps
   * @param shrinks whether a program that fails is shortened
   * @return how many ran; the failure as text, empty if none; what was covered; a number made of their traces
   */
  public static Object[] run(
      long firstSeed, int programs, int length, long nanos, boolean shrinks) {
    CHECKPOINTER.setLevel(Level.OFF);
    long deadline = System.nanoTime() + nanos;
    Coverage coverage = new Coverage();
    long trace = 0;
    int ran = 0;
    String failure = "";
    while (ran < programs && failure.isEmpty() && (ran == 0 || System.nanoTime() < deadline)) {
      Program program = Program.of(firstSeed + ran, length);
      World world = new World(program, coverage);
      Violation violation = world.run();
      trace = trace * 31 + world.trace();
      ran++;
      if (violation != null) {
        System.out.println("program " + program.seed() + ": " + violation.getMessage());
        failure = shrinks ? shrunk(program, violation) : describe(program, violation, false);
      }
    }
    return new Object[] {ran, failure, coverage.toString(), trace};
  }

  private static String shrunk(Program program, Violation violation) {
    Program small = program;
    Violation last = violation;
    int runs = 0;
    long deadline = System.nanoTime() + SHRINKING_NANOS;
    for (int chunk = Math.max(1, small.steps().size() / 2); chunk > 0; chunk /= 2) {
      for (int from = 0; from < small.steps().size() && runs < MOST_SHRINKING_RUNS; runs++) {
        if (System.nanoTime() > deadline) {
          break;
        }
        List<Step> fewer = new ArrayList<>(small.steps());
        fewer.subList(from, Math.min(from + chunk, fewer.size())).clear();
        Violation still = run(small.with(fewer));
        if (still != null) {
          small = small.with(fewer);
          last = still;
        } else {
          from += chunk;
        }
      }
    }
    for (int i = 0; i < small.steps().size(); i++) {
      List<Step> simpler = new ArrayList<>(small.steps());
      simpler.set(i, simpler.get(i).withoutAccidents());
      Violation still = run(small.with(simpler));
      if (still != null) {
        small = small.with(simpler);
        last = still;
      }
    }
    return describe(small, last, true);
  }

  private static @Nullable Violation run(Program program) {
    return new World(program, new Coverage()).run();
  }

  private static String describe(Program program, Violation violation, boolean isShrunk) {
    StringBuilder text = new StringBuilder("seed " + program.seed() + ": ");
    text.append(violation.getMessage()).append('\n');
    text.append(isShrunk ? "shrunk to " : "").append(program.steps().size()).append(" steps: ");
    text.append(program);
    for (Throwable e = violation; e != null; e = e.getCause()) {
      text.append(e).append('\n');
      int shown = 0;
      for (StackTraceElement each : e.getStackTrace()) {
        if (each.getClassName().startsWith("dev.turso.") && shown++ < 12) {
          text.append("    at ").append(each).append('\n');
        }
      }
    }
    if (isShrunk) {
      World again = new World(program, new Coverage()).recording();
      again.run();
      List<String> calls = again.calls();
      text.append("its calls, the last of them:\n");
      calls
          .subList(Math.max(0, calls.size() - SHOWN_CALLS), calls.size())
          .forEach(each -> text.append(each).append('\n'));
    }
    return text.toString();
  }
}
