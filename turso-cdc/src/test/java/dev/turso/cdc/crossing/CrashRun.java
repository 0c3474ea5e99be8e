package dev.turso.cdc.crossing;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cipher.EncryptionKey;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.SimulatedFileSystem;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A plan run under one setting, with a look at the disk as a power cut would leave it. */
final class CrashRun {

  private static final String PATH = "/db";

  /**
   * @param maybeLost how many of the newest commits a cut may lose
   * @param key what the file is encrypted with, if it is
   */
  record Setting(String journal, String synchronous, int maybeLost, @Nullable EncryptionKey key) {

    Setting(String journal, String synchronous, int maybeLost) {
      this(journal, synchronous, maybeLost, null);
    }
  }

  private final Setting setting;
  private final CrashPlan plan;
  private final int stride;
  private final int fates;
  private final UnaryOperator<FileSystem> wrapping;
  private @Nullable NativeCheck nativeCheck;
  private int done;
  private int examined;
  private int recoveries;

  /**
   * @param stride every how many points to look
   * @param fates how many outcomes of the unsynced sectors to look at there
   * @param wrapping makes the file system that the engine is given out of the disk
   */
  CrashRun(
      Setting setting, CrashPlan plan, int stride, int fates, UnaryOperator<FileSystem> wrapping) {
    this.setting = setting;
    this.plan = plan;
    this.stride = stride;
    this.fates = fates;
    this.wrapping = wrapping;
  }

  /** Has native SQLite look, too, at every tenth disk. */
  void checkNatively(NativeCheck check) {
    nativeCheck = check;
  }

  /** Runs the plan; fails where a disk is not as promised. */
  void run() {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    disk.onPoint(point -> cut(disk, point));
    try (Database database = open(wrapping.apply(disk));
        Session session = connect(database)) {
      for (List<String> each : plan.steps()) {
        CrossingScript.run(session, each);
        done++;
      }
    }
    System.out.printf(
        "%s %s: seed %d, %d commits, %d points, %d restarts and %d cut recoveries examined, %d natively%n",
        setting.journal,
        setting.synchronous,
        plan.seed(),
        plan.steps().size(),
        disk.points(),
        examined,
        recoveries,
        nativeCheck == null ? 0 : nativeCheck.checked());
  }

  private Database open(FileSystem disk) {
    return Database.open(
        disk,
        PATH,
        Options.DEFAULT
            .withJournalMode(setting.journal)
            .withSynchronous(setting.synchronous)
            .withEncryption(setting.key)
            .withCacheBytes(256 << 10));
  }

  private static Session connect(Database database) {
    Session session = database.connect();
    session.execute("PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 60");
    return session;
  }

  private void cut(SimulatedFileSystem disk, int point) {
    if ((point + plan.seed()) % stride != 0) {
      return;
    }
    long first = fates >= 4 ? 0 : point / stride + plan.seed();
    for (int i = 0; i < fates; i++) {
      long fate = (first + i) % 4;
      long seed = fate < 2 ? fate : 1000L * point + fate;
      String where =
          setting
              + " seed "
              + plan.seed()
              + " cut at "
              + point
              + " fate "
              + fate
              + " in step "
              + (done + 1)
              + " "
              + (done < plan.steps().size() ? plan.steps().get(done) : "close");
      if (examined % (fates > 1 ? 37 : 10) == 0) {
        if (nativeCheck != null) {
          nativeCheck.check(where, disk.afterPowerCut(seed).files(), PATH);
        }
        cutAgain(disk.afterPowerCut(seed), where);
      }
      examined++;
      examine(disk.afterPowerCut(seed), where);
    }
  }

  /** Cuts the power at every point of the recovery as well. */
  private void cutAgain(SimulatedFileSystem disk, String where) {
    disk.onPoint(point -> {
      recoveries++;
      examine(disk.afterPowerCut(point % 3), where + ", in its recovery at " + point);
    });
    try (Database database = open(disk);
        Session session = connect(database)) {
      AllRows.of(session, "SELECT count(*) FROM sqlite_schema");
      disk.onPoint(point -> {});
    }
  }

  private void examine(SimulatedFileSystem disk, String where) {
    try (Database database = open(disk);
        Session session = connect(database)) {
      String wrong = wrong(session);
      if (wrong != null) {
        throw new AssertionError(where + ": " + wrong);
      }
    } catch (RuntimeException e) {
      throw new AssertionError(where, e);
    }
  }

  private @Nullable String wrong(Session session) {
    DatabaseState found = DatabaseState.of(session);
    List<String> faults = Soundness.faults(session);
    if (!faults.isEmpty()) {
      return faults.toString();
    }
    String wrong = plan.wrong(found, done, setting.maybeLost);
    if (wrong != null) {
      return wrong;
    }
    if (found.tables().containsKey("v_audit")) {
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
