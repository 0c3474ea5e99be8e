package dev.turso.fuzz;

import dev.turso.mutation.MutatingLoader;
import dev.turso.mutation.Mutation;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks for planted bugs as for any other. */
final class PlantedBugs {

  private static final Set<String> SHARED =
      Set.of("dev.turso.fuzz.Engine", "dev.turso.fuzz.Outcome");

  private static final int QUERIES = 25;

  private PlantedBugs() {}

  /**
   * Runs some programs, and queries over many rows, until one tells the engine with the bug from native
   * SQLite, and the engine without it does not.
   *
   * @return what tells it, or null if nothing does
   */
  static @Nullable String find(Mutation mutation, long seed, int programs) {
    Supplier<Engine> engines = engines(mutation);
    for (int i = 0; i < programs; i++) {
      String many = manyRows(engines, seed + i);
      if (many != null) {
        return "tables " + (i + 1) + ", " + many;
      }
      Fuzzer.Failure failure = new Fuzzer(engines, null).run(seed + i);
      if (failure != null && Fuzzer.replay(failure.program(), TursoEngine::new, true) == null) {
        Difference difference = failure.difference();
        return "program " + (i + 1) + ", " + difference.what() + ": " + difference.sql();
      }
    }
    return null;
  }

  private static @Nullable String manyRows(Supplier<Engine> engines, long seed) {
    FastPaths paths = new FastPaths(seed);
    try (Duel duel = new Duel(new NativeEngine(), engines.get())) {
      for (String sql : paths.schema()) {
        Difference difference = duel.run(sql);
        if (difference != null) {
          return difference.what() + ": " + sql;
        }
      }
      for (int i = 0; i < QUERIES; i++) {
        String sql = paths.query();
        Difference difference = duel.run(sql);
        if (difference != null) {
          return difference.what() + ": " + sql;
        }
      }
    }
    return null;
  }

  private static Supplier<Engine> engines(Mutation mutation) {
    MutatingLoader loader = new MutatingLoader(mutation, SHARED);
    return () -> {
      try {
        Class<?> type = loader.loadClass("dev.turso.fuzz.TursoEngine");
        return (Engine) type.getConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
