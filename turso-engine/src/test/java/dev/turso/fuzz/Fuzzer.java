package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes programs, runs them on both engines, and keeps those that tell them apart. */
final class Fuzzer {

  static final int STATEMENTS = 70;
  private static final int CHECKS = 4;
  private static final int SECONDS_TO_SHRINK = 20;

  /**
   * A program whose last statement, or final content, differs.
   *
   * @param ours what a new engine of ours comes from
   */
  record Failure(long seed, List<String> program, Difference difference) {}

  private final Supplier<Engine> ours;
  private final @Nullable Coverage coverage;
  private long statements;
  private long programs;
  private long undecided;
  private long skipped;
  private long failed;

  Fuzzer(Supplier<Engine> ours, @Nullable Coverage coverage) {
    this.ours = ours;
    this.coverage = coverage;
  }

  long statements() {
    return statements;
  }

  long programs() {
    return programs;
  }

  /** Counts of what was run. */
  String summary() {
    return programs
        + " programs, "
        + statements
        + " statements, "
        + failed
        + " of them errors in both, "
        + skipped
        + " not compared, "
        + undecided
        + " programs ended early";
  }

  /** Runs the program of a seed. Returns null if the engines agree. */
  @Nullable Failure run(long seed) {
    programs++;
    List<String> program = new ArrayList<>();
    Engine native0 = new NativeEngine();
    Engine mine = ours.get();
    try (Duel duel = new Duel(native0, mine)) {
      ProgramMaker maker = new ProgramMaker(seed, native0, mine);
      if (coverage != null) {
        coverage.expect(maker.functions());
      }
      for (int i = 0; i < STATEMENTS && duel.undecided() == 0; i++) {
        String sql = maker.next();
        program.add(sql);
        int skippedBefore = duel.skipped();
        Difference difference = duel.run(sql);
        statements++;
        if (difference != null) {
          return rowidsEnd(maker, native0) ? null : new Failure(seed, program, difference);
        }
        if (coverage != null) {
          coverage.add(sql, duel.failed(), mine);
        }
        skipped += duel.skipped() - skippedBefore;
        failed += duel.failed() ? 1 : 0;
        maker.ran(sql);
      }
      if (duel.undecided() > 0) {
        undecided++;
        return null;
      }
      Difference difference = duel.content();
      if (difference == null) {
        difference = metamorphic(mine, maker);
      }
      return difference == null ? null : new Failure(seed, program, difference);
    }
  }

  /** Some checks of our engine by itself, on the tables that the program has made. */
  private static @Nullable Difference metamorphic(Engine mine, ProgramMaker maker) {
    Metamorphic checks = new Metamorphic(mine, maker.queries());
    for (int i = 0; i < CHECKS; i++) {
      String wrong = checks.check();
      if (wrong != null) {
        return new Difference(
            wrong, "metamorphic", Outcome.rows(List.of()), Outcome.rows(List.of()));
      }
    }
    return null;
  }

  /** Whether a table has the largest rowid, after which new ones are random. */
  private static boolean rowidsEnd(ProgramMaker maker, Engine theirs) {
    for (Model.Table each : maker.model().tables()) {
      String sql = "SELECT 1 FROM " + each.name() + " WHERE rowid > 9223372036854700000";
      if (!theirs.run(sql).rows().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** A shorter program with a difference of the same kind. */
  List<String> shrink(Failure failure) {
    Difference first = failure.difference();
    return new Shrinker(
            program -> {
              Difference now = replay(program, ours, true);
              return now != null && first.isLike(now);
            },
            SECONDS_TO_SHRINK)
        .shrink(failure.program());
  }

  /** The difference at the end of a program, or null. Differences before the end count too. */
  static @Nullable Difference replay(List<String> program, Supplier<Engine> ours, boolean content) {
    try (Duel duel = new Duel(new NativeEngine(), ours.get())) {
      for (String sql : program) {
        Difference difference = duel.run(sql);
        if (difference != null || duel.undecided() > 0) {
          return duel.undecided() > 0 ? null : difference;
        }
      }
      return content ? duel.content() : null;
    }
  }
}
