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

  private PlantedBugs() {}

  /**
   * Runs programs, or queries over many rows, until one tells the engine with the bug from native
   * SQLite, and the engine without it does not.
   *
   * @return what tells it, or null if nothing does in the time
   */
  static @Nullable String find(Mutation mutation, long seed, int seconds) {
    Supplier<Engine> engines = engines(mutation);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    for (long each = seed; System.nanoTime() < end; each++) {
      Fuzzer.Failure failure = new Fuzzer(engines, null).run(each);
      if (failure != null && Fuzzer.replay(failure.program(), TursoEngine::new, true) == null) {
        return "program "
            + (each - seed + 1)
            + ", "
            + failure.difference().what()
            + ": "
            + failure.difference().sql();
      }
      String many = manyRows(engines, each, end);
      if (many != null) {
        return many;
      }
    }
    return null;
  }

  private static @Nullable String manyRows(Supplier<Engine> engines, long seed, long end) {
    FastPaths paths = new FastPaths(seed);
    try (Duel duel = new Duel(new NativeEngine(), engines.get())) {
      for (String sql : paths.schema()) {
        duel.run(sql);
      }
      for (int i = 0; i < 12 && System.nanoTime() < end; i++) {
        String sql = paths.query();
        Difference difference = duel.run(sql);
        if (difference != null) {
          return "many rows, " + difference.what() + ": " + sql;
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
