package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.SimulatedFileSystem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The crash script under one setting. */
final class CrashRun {

  static final int COMMITS = 200;
  private static final String PATH = "/db";
  private static final boolean ALL = "all".equals(System.getProperty("turso.crash"));
  private static final long SEED =
      Long.getLong("turso.seed", LocalDate.now().toEpochDay());

  /**
   * @param maybeLost how many of the newest commits a cut may lose
   */
  record Setting(String journal, String synchronous, int maybeLost) {}

  /** Makes the file system that the engine is given out of the disk: a place for planted bugs. */
  interface Wrapping {
    FileSystem wrap(SimulatedFileSystem disk);
  }

  private final Setting setting;
  private final List<List<String>> steps = new ArrayList<>();
  private final List<DatabaseState> states = new ArrayList<>();
  private int done;
  private int examined;
  private int slice = 1;

  CrashRun(Setting setting) {
    this.setting = setting;
  }

  void run() {
    run(disk -> disk);
  }

  void run(Wrapping wrapping) {
    plan();
    SimulatedFileSystem counted = new SimulatedFileSystem();
    script(counted);
    int points = counted.points();
    slice = ALL ? 1 : Math.max(1, points / 60);
    SimulatedFileSystem disk = new SimulatedFileSystem();
    disk.onPoint(point -> cut(disk, point));
    script(wrapping.wrap(disk));
    System.out.printf(
        "%s %s: seed %d, %d commits, %d points, %d restarts examined%n",
        setting.journal, setting.synchronous, SEED, COMMITS, points, examined);
  }

  /** Chooses the steps and notes the state after each of them. */
  private void plan() {
    CrossingScript script = new CrossingScript(SEED, true);
    List<List<String>> candidates = new ArrayList<>(CrossingScript.setUp());
    try (Database database = Database.open(":memory:", options());
        Session session = database.connect()) {
      session.execute("PRAGMA foreign_keys = ON");
      states.add(DatabaseState.of(session));
      while (steps.size() < COMMITS) {
        List<String> step = candidates.isEmpty() ? script.step() : candidates.removeFirst();
        CrossingScript.run(session, step);
        DatabaseState state = DatabaseState.of(session);
        if (!state.equals(states.getLast()) || step.contains("VACUUM")) {
          steps.add(step);
          states.add(state);
        }
      }
      assertThat(Soundness.faults(session)).as("without a crash, seed " + SEED).isEmpty();
    }
  }

  private static Options options() {
    return Options.DEFAULT;
  }

  private void script(FileSystem disk) {
    done = 0;
    try (Database database = open(disk);
        Session session = connect(database)) {
      for (List<String> each : steps) {
        CrossingScript.run(session, each);
        done++;
      }
    }
  }

  private Database open(FileSystem disk) {
    return Database.open(
        disk,
        PATH,
        options()
            .withJournalMode(setting.journal)
            .withSynchronous(setting.synchronous)
            .withCacheBytes(256 << 10));
  }

  private static Session connect(Database database) {
    Session session = database.connect();
    session.execute("PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 60");
    return session;
  }

  private void cut(SimulatedFileSystem disk, int point) {
    if (ALL) {
      for (int fate = 0; fate < 4; fate++) {
        examine(disk.afterPowerCut(fate < 2 ? fate : 1000L * point + fate), point, fate);
      }
    } else if ((point + SEED) % slice == 0) {
      long fate = (point / slice + SEED) % 4;
      examine(disk.afterPowerCut(fate < 2 ? fate : 1000L * point + fate), point, fate);
    }
  }

  private void examine(SimulatedFileSystem disk, int point, long fate) {
    String where =
        setting + " seed " + SEED + " cut at " + point + " fate " + fate + " in step "
            + (done + 1) + " " + (done < steps.size() ? steps.get(done) : "close");
    try (Database database = open(disk);
        Session session = connect(database)) {
      String wrong = wrong(session);
      if (wrong != null) {
        throw new AssertionError(where + ": " + wrong);
      }
      examined++;
    } catch (RuntimeException e) {
      throw new AssertionError(where, e);
    }
  }

  private @Nullable String wrong(Session session) {
    DatabaseState found = DatabaseState.of(session);
    int newest = Math.min(done + 1, steps.size());
    int oldest = Math.max(0, done - Math.min(done, setting.maybeLost));
    int at = newest;
    while (at >= oldest && !states.get(at).equals(found)) {
      at--;
    }
    if (at < oldest) {
      return "not the state after " + done + " or " + newest + " steps, but "
          + found.differences(states.get(done)) + " and "
          + found.differences(states.get(newest)) + (states.indexOf(found) < 0 ? "" :
          " are other; it is that after " + states.indexOf(found));
    }
    List<String> faults = Soundness.faults(session);
    if (!faults.isEmpty()) {
      return faults.toString();
    }
    if (at >= CrossingScript.SCHEMA.size() + CrossingScript.VIEWS.size()) {
      session.execute("REPLACE INTO customers VALUES(3, 'next', 2)");
      session.execute("REPLACE INTO orders VALUES(7, 3, 5, 1.5, 'next')");
      List<String> later = Soundness.faults(session);
      if (!later.isEmpty()) {
        return "after the next commit: " + later;
      }
    }
    return null;
  }
}
