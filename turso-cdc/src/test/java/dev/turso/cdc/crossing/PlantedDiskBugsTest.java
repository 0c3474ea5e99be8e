package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.cdc.crossing.FaultyFileSystem.Fault;
import dev.turso.cdc.crossing.FaultyFileSystem.Operation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The test of the crash test: what an engine must not leave out is left out, and found missing. */
class PlantedDiskBugsTest {

  private static final CrashRun.Setting WAL = new CrashRun.Setting("WAL", "FULL", 0);
  private static final CrashRun.Setting DELETE = new CrashRun.Setting("DELETE", "EXTRA", 0);

  private static CrashPlan plan;

  @BeforeAll
  static void plan() {
    plan = CrashPlan.of(5, 70);
  }

  @Test
  void withoutABugNothingIsFound() {
    for (CrashRun.Setting each : new CrashRun.Setting[] {WAL, DELETE}) {
      new CrashRun(each, plan, 19, 1, disk -> new FaultyFileSystem(disk, (o, path, n) -> false))
          .run();
    }
  }

  @Test
  void syncOfTheLogSkipped() {
    found(WAL, (operation, path, n) -> operation == Operation.SYNC && path.endsWith("-wal"));
  }

  @Test
  void everySeventhSyncOfTheLogSkipped() {
    found(
        WAL,
        (operation, path, n) -> operation == Operation.SYNC && path.endsWith("-wal") && n % 7 == 0);
  }

  @Test
  void syncOfTheDatabaseSkippedAtCheckpoint() {
    found(WAL, (operation, path, n) -> operation == Operation.SYNC && path.endsWith("db") && n > 4);
  }

  @Test
  void frameOfTheLogNotWritten() {
    found(WAL, (operation, path, n) -> operation == Operation.WRITE && n == 150);
  }

  @Test
  void syncOfTheJournalSkipped() {
    found(DELETE, (operation, path, n) -> operation == Operation.SYNC && path.endsWith("-journal"));
  }

  @Test
  void syncOfTheDatabaseSkippedBeforeTheJournalGoes() {
    found(DELETE, (operation, path, n) -> operation == Operation.SYNC && path.endsWith("db"));
  }

  @Test
  void syncOfTheDirectorySkipped() {
    found(DELETE, (operation, path, n) -> operation == Operation.SYNC_DIRECTORY);
  }

  @Test
  void journalNotDeleted() {
    found(DELETE, (operation, path, n) -> operation == Operation.DELETE && n == 40);
  }

  @Test
  void pageNotWritten() {
    found(
        DELETE,
        (operation, path, n) ->
            operation == Operation.WRITE && path.endsWith("db") && n > 400 && n < 420);
  }

  @Test
  void journalPageNotWritten() {
    found(
        DELETE,
        (operation, path, n) ->
            operation == Operation.WRITE && path.endsWith("-journal") && n > 400 && n < 430);
  }

  private static void found(CrashRun.Setting setting, Fault fault) {
    int stride = setting == WAL ? 3 : 9;
    CrashRun run =
        new CrashRun(setting, plan, stride, 1, disk -> new FaultyFileSystem(disk, fault));
    assertThatThrownBy(run::run);
  }
}
