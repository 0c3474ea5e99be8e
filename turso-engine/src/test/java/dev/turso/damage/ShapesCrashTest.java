package dev.turso.damage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Session;
import dev.turso.vfs.SimulatedFileSystem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A script of SQL over files of each shape, with the power cut at every write and every sync.
 *
 * <p>Each day every third point with one outcome of the unsynced sectors; {@code -Dturso.crash.fates=N}
 * looks at every point with N.
 */
class ShapesCrashTest {

  private static final int STEP = Integer.getInteger("turso.crash.fates") == null ? 3 : 1;
  private static final int FATES = Integer.getInteger("turso.crash.fates", 1);
  private static final long SEED = Long.getLong("turso.seed", LocalDate.now().toEpochDay());

  /**
   * @param mayLose how many of the newest commits a cut may undo
   */
  private record Setting(String journal, String synchronous, int mayLose) {}

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("WAL", "FULL", 0),
          new Setting("WAL", "NORMAL", Integer.MAX_VALUE),
          new Setting("DELETE", "EXTRA", 0),
          new Setting("DELETE", "FULL", 1),
          new Setting("TRUNCATE", "FULL", 0),
          new Setting("PERSIST", "FULL", 0));

  private int points;
  private int looks;
  private @Nullable AssertionError wrong;

  @Test
  void whateverTheShapeWhatWasCommittedIsThere() {
    for (Shape shape : Shape.values()) {
      List<List<String>> states = states(shape);
      for (Setting setting : SETTINGS) {
        run(shape, setting, states);
      }
    }
    System.out.printf(
        "crashes of %d shapes in %d settings: %d points, %d restarts (seed %d)%n",
        Shape.values().length, SETTINGS.size(), points, looks, SEED);
    assertThat(looks).isGreaterThan(1_000);
  }

  private static List<List<String>> states(Shape shape) {
    List<List<String>> states = new ArrayList<>();
    try (Database database = Shape.open(new SimulatedFileSystem());
        Session session = database.connect()) {
      shape.make(session, "DELETE", "OFF");
      states.add(Shape.content(session));
      for (String each : Shape.SCRIPT) {
        session.execute(each);
        states.add(Shape.content(session));
      }
    }
    return states;
  }

  private void run(Shape shape, Setting setting, List<List<String>> states) {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    int[] done = {0};
    try (Database database = Shape.open(disk);
        Session session = database.connect()) {
      shape.make(session, setting.journal, setting.synchronous);
      session.execute("PRAGMA wal_autocheckpoint=25");
      session.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      disk.syncDirectory("/");
      // Closing is the last of what may be cut.
      disk.onPoint(point -> {
        if (++points % STEP != SEED % STEP) {
          return;
        }
        for (int i = 0; i < FATES && wrong == null; i++) {
          long fate = SEED + point + i;
          long seed = fate % 4 < 2 ? fate % 4 : fate;
          String at = point + " " + seed;
          look(disk.afterPowerCut(seed), shape, setting, states, done[0], at);
        }
      });
      for (String each : Shape.SCRIPT) {
        session.execute(each);
        done[0]++;
      }
    } catch (RuntimeException | AssertionError e) {
      throw wrong == null ? new AssertionError(shape + " " + setting, e) : wrong;
    }
  }

  /** Steps that change nothing are no commits. */
  private static int oldest(List<List<String>> states, int done, int mayLose) {
    int oldest = done;
    for (int lost = 0; lost < mayLose && oldest > 0; lost++) {
      List<String> newer = states.get(oldest);
      while (oldest > 0 && states.get(oldest).equals(newer)) {
        oldest--;
      }
    }
    return oldest;
  }

  private void look(
      SimulatedFileSystem disk,
      Shape shape,
      Setting setting,
      List<List<String>> states,
      int done,
      String point) {
    looks++;
    String where = shape + " " + setting + " after " + done + " steps, point and seed " + point;
    try (Database database = Shape.open(disk);
        Session session = database.connect()) {
      List<String> found = Shape.content(session);
      int oldest = oldest(states, done, setting.mayLose);
      int newest = Math.min(done + 1, states.size() - 1);
      if (!states.subList(oldest, newest + 1).contains(found)) {
        throw new AssertionError(
            where
                + ": the state after "
                + states.lastIndexOf(found)
                + " steps, not after "
                + oldest
                + " to "
                + newest);
      }
      assertThat(Shape.answer(session, "PRAGMA integrity_check")).as(where).isEqualTo("ok");
      session.execute("INSERT INTO t(id, a, b) VALUES(999, 'next', zeroblob(700))");
    } catch (RuntimeException | AssertionError e) {
      // The engine is in the middle of a commit, and would go on to undo it.
      wrong = new AssertionError(where, e);
      throw wrong;
    }
  }
}
