package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps of one commit each, and the states that they lead through.
 *
 * @param steps statements by commit
 * @param states the state before the first step, and that after each
 */
record CrashPlan(long seed, List<List<String>> steps, List<DatabaseState> states) {

  /** Chooses steps until there are enough that change something. */
  static CrashPlan of(long seed, int commits) {
    List<List<String>> steps = new ArrayList<>();
    List<DatabaseState> states = new ArrayList<>();
    CrossingScript script = new CrossingScript(seed, true);
    List<List<String>> candidates = new ArrayList<>(CrossingScript.setUp());
    try (Database database = Database.open(":memory:", Options.DEFAULT);
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
  @org.jspecify.annotations.Nullable
  String wrong(DatabaseState found, int done, int maybeLost) {
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
