package dev.turso.simulation;

import dev.turso.vfs.SimulatedProcess;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One thing that one client does, and what befalls it. It means the same whichever steps are around it,
 * so that a program can be shortened.
 *
 * @param process of the client
 * @param client within its process
 * @param seed of all that the action chooses
 * @param accident what goes wrong, null if nothing
 * @param intrusions what others do meanwhile
 */
record Step(
    int process,
    int client,
    Action action,
    long seed,
    @Nullable Accident accident,
    List<Intrusion> intrusions) {

  /** What goes wrong. */
  enum Mishap {
    IO_ERROR,
    DISK_FULL,
    FAILED_SYNC,
    KILLED,
    POWER_CUT
  }

  /** Which calls an accident counts. */
  enum Counted {
    CALL,
    CHANGE,
    SYNC;

    boolean counts(SimulatedProcess.Call call) {
      return switch (call) {
        case SYNC -> true;
        case WRITE, TRUNCATE, DELETE, SYNC_DIRECTORY -> this != SYNC;
        default -> this == CALL;
      };
    }
  }

  /**
   * @param at which of the step's calls to its files, of those that count
   * @param times how many calls fail
   */
  record Accident(Mishap mishap, Counted counted, int at, int times) {

    @Override
    public String toString() {
      return mishap + " at " + counted + " " + at + (times == 1 ? "" : " x" + times);
    }
  }

  /** A step of another process, before one of this step's calls. */
  record Intrusion(int call, Step step) {}

  private static final int TOTAL = totalWeight();

  private static int totalWeight() {
    int sum = 0;
    for (Action each : Action.values()) {
      sum += each.weight;
    }
    return sum;
  }

  static Step of(Random random, Setting setting) {
    return of(random, setting, 0, true);
  }

  private static Step of(Random random, Setting setting, int depth, boolean mayCommit) {
    Action action = action(random);
    while (depth > 0 && !action.mayIntrude() || !mayCommit && action.commitsAlone()) {
      action = action(random);
    }
    List<Intrusion> intrusions = List.of();
    int process = random.nextInt(setting.processes());
    int client = random.nextInt(setting.clients());
    if (setting.processes() > 1 && depth < 2 && random.nextInt(4) == 0) {
      boolean lets = mayCommit && !action.writesUnread();
      intrusions = List.of(new Intrusion(call(random), of(random, setting, depth + 1, lets)));
    }
    Accident accident = random.nextInt(14) == 0 ? accident(random) : null;
    return new Step(process, client, action, random.nextLong(), accident, intrusions);
  }

  private static Action action(Random random) {
    int at = random.nextInt(TOTAL);
    for (Action each : Action.values()) {
      at -= each.weight;
      if (at < 0) {
        return each;
      }
    }
    throw new IllegalStateException();
  }

  /** Most steps make few calls. */
  private static int call(Random random) {
    return 1 + random.nextInt(1 << random.nextInt(7));
  }

  private static Accident accident(Random random) {
    Mishap mishap = Mishap.values()[random.nextInt(Mishap.values().length)];
    int times =
        switch (mishap) {
          case IO_ERROR -> random.nextBoolean() ? 1 : 6;
          case DISK_FULL -> 1_000_000;
          default -> 1;
        };
    Counted counted =
        mishap == Mishap.FAILED_SYNC
            ? Counted.SYNC
            : random.nextInt(3) == 0 ? Counted.CALL : Counted.CHANGE;
    int at = counted == Counted.CALL ? call(random) : 1 + random.nextInt(1 + random.nextInt(12));
    return new Accident(mishap, counted, at, times);
  }

  Step withoutAccidents() {
    return new Step(process, client, action, seed, null, List.of());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append('p').append(process).append('c').append(client).append(' ').append(action);
    text.append(" seed ").append(seed);
    if (accident != null) {
      text.append(", ").append(accident);
    }
    for (Intrusion each : intrusions) {
      text.append(", at call ").append(each.call).append(": (").append(each.step).append(')');
    }
    return text.toString();
  }
}
