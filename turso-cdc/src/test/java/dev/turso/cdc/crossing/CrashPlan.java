package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cipher.EncryptionKey;
import dev.turso.vfs.MemoryFileSystem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps of one commit each, and the states that they lead through.
 *
 * @param steps statements by commit
 * @param states the state before the first step, and that after each
 */
record CrashPlan(long seed, List<List<String>> steps, List<DatabaseState> states) {

  static CrashPlan of(long seed, int commits) {
    return of(seed, commits, null);
  }

  /**
   * Chooses steps until there are enough that change something.
   *
   * @param key of the database, whose pages hold less if it has one: trees then have other roots
   */
  static CrashPlan of(long seed, int commits, @Nullable EncryptionKey key) {
    List<List<String>> steps = new ArrayList<>();
    List<DatabaseState> states = new ArrayList<>();
    CrossingScript script = new CrossingScript(seed, true);
    List<List<String>> candidates = new ArrayList<>(CrossingScript.setUp());
    Options options = Options.DEFAULT.withEncryption(key);
    try (Database database = Database.open(new MemoryFileSystem(), "plan.db", options);
        Session session = database.connect()) {
      session.execute("PRAGMA foreign_keys = ON");
      states.add(DatabaseState.of(session));
      while (steps.size() < commits) {
        List<String> step = candidates.isEmpty() ? script.step() : candidates.removeFirst();
        CrossingScript.run(session, step);
        DatabaseState state = DatabaseState.of(session);
        if (!state.equals(states.getLast()) || step.contains("VACUUM")) {
          steps.add(step);
          states.add(state);
        }
      }
      assertThat(Soundness.faults(session)).as("without a crash, seed " + seed).isEmpty();
    }
    return new CrashPlan(seed, List.copyOf(steps), List.copyOf(states));
  }

  /** What is wrong with a state found after so many steps, of which some may be lost; null if nothing. */
  @Nullable String wrong(DatabaseState found, int done, int maybeLost) {
    int newest = Math.min(done + 1, steps.size());
    int oldest = Math.max(0, done - Math.min(done, maybeLost));
    for (int at = newest; at >= oldest; at--) {
      if (states.get(at).equals(found)) {
        return null;
      }
    }
    int known = states.lastIndexOf(found);
    return known >= 0
        ? "the state after " + known + " steps, not after " + done + " or " + newest
        : "after "
            + done
            + " steps other than that state in "
            + found.differences(states.get(done))
            + ", and than the next in "
            + found.differences(states.get(newest));
  }
}
