package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.change.Position;
import dev.turso.vfs.SimulatedFileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A position that was announced once never names other data. */
class PositionsTest {

  private static final String NEWEST = "SELECT max(a) FROM t";

  @TempDir Path folder;

  /** What was the newest row when a position was announced. */
  private final Map<Position, String> announced = new HashMap<>();

  private void announce(Session session) {
    Position position = session.lastCommit();
    String now = Sql.texts(session, NEWEST).get(0);
    String before = announced.put(position, now);
    assertThat(before == null || before.equals(now))
        .as(position + " was announced for " + before)
        .isTrue();
  }

  private void insert(Session session, int first, int count) {
    for (int i = first; i < first + count; i++) {
      session.execute("INSERT INTO t VALUES (" + i + ")");
      announce(session);
    }
  }

  @Test
  void afterARestartVacuumAndAnOlderCopyPutBack() throws Exception {
    Path file = folder.resolve("positions.db");
    Path copy = folder.resolve("copy.db");
    open(
        file,
        session -> {
          session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY); PRAGMA turso_capture = 'full'");
          insert(session, 1, 3);
        });
    Files.copy(file, copy);
    open(
        file,
        session -> {
          insert(session, 10, 3);
          session.execute("VACUUM");
          insert(session, 20, 3);
        });
    Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
    open(file, session -> insert(session, 30, 8));
    if (NativeCheck.isPossible()) {
      NativeCheck.shell(file, "INSERT INTO t VALUES (100)");
      open(file, session -> insert(session, 110, 3));
    }
    assertThat(announced).hasSizeGreaterThanOrEqualTo(17);
  }

  @Test
  void afterAPowerCutThatLostCommits() {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    SimulatedFileSystem[] later = new SimulatedFileSystem[1];
    Options options = Options.DEFAULT.withJournalMode("WAL").withSynchronous("NORMAL");
    try (Database database = Database.open(disk, "/db", options);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY); PRAGMA turso_capture = 'full'");
      session.execute("PRAGMA wal_checkpoint");
      insert(session, 1, 20);
      later[0] = disk.afterPowerCut(0);
    }
    try (Database database = Database.open(later[0], "/db", options);
        Session session = database.connect()) {
      assertThat(AllRows.of(session, "SELECT * FROM t")).as("what was not synced").isEmpty();
      insert(session, 100, 30);
    }
    assertThat(announced).hasSize(50);
  }

  private interface Work {
    void in(Session session) throws Exception;
  }

  private static void open(Path file, Work work) throws Exception {
    try (Database database = Database.open(file.toString(), Options.DEFAULT);
        Session session = database.connect()) {
      work.in(session);
    }
  }
}
