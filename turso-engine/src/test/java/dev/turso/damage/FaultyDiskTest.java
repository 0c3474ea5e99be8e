package dev.turso.damage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.DatabaseException;
import dev.turso.error.ResultCode;
import dev.turso.vfs.FaultyFileSystem;
import dev.turso.vfs.FaultyFileSystem.Fault;
import dev.turso.vfs.MemoryFileSystem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every call to the file system of a script fails once, each in its turn, or from there on for a
 * while: the statement that meets it fails with a clear error or not at all, what was committed stays,
 * what failed has not happened, and the same connection goes on when the disk is well again.
 */
class FaultyDiskTest {

  /** Every call with {@code -Dturso.faults.step=1}; in the build each day others of them. */
  private static final int STEP = Integer.getInteger("turso.faults.step", 4);

  private static final int FIRST = (int) (LocalDate.now().toEpochDay() % STEP);

  private static final String PATH = "/a.db";

  private static final String[] SCRIPT = {
    "INSERT INTO t(b) VALUES (zeroblob(300))",
    "UPDATE t SET b = zeroblob(1500) WHERE id = 3",
    "BEGIN",
    "INSERT INTO t(b) SELECT zeroblob(900) FROM t LIMIT 40",
    "SAVEPOINT s",
    "DELETE FROM t WHERE id % 3 = 0",
    "ROLLBACK TO s",
    "DELETE FROM t WHERE id % 5 = 0",
    "COMMIT",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "CREATE INDEX j ON t(length(b))",
    "INSERT INTO t(b) VALUES (zeroblob(10))",
    "PRAGMA incremental_vacuum",
  };

  @ParameterizedTest
  @CsvSource({
    "WAL, FULL, IO_ERROR, 1",
    "WAL, FULL, IO_ERROR, 6",
    "WAL, NORMAL, DISK_FULL, 1000000",
    "DELETE, FULL, IO_ERROR, 1",
    "DELETE, EXTRA, DISK_FULL, 1000000",
    "TRUNCATE, FULL, IO_ERROR, 1",
    "PERSIST, FULL, IO_ERROR, 1",
    "PERSIST, NORMAL, IO_ERROR, 6"
  })
  void everyCallFailsInItsTurn(String journalMode, String synchronous, Fault fault, int times) {
    List<List<String>> states = states();
    int calls = calls(journalMode, synchronous);
    int failed = 0;
    for (int call = 1 + FIRST; call <= calls; call += STEP) {
      String where = journalMode + " " + synchronous + " " + fault + " at call " + call;
      try {
        failed += run(journalMode, synchronous, fault, call, times, states, where) ? 1 : 0;
      } catch (RuntimeException e) {
        throw new AssertionError(where, e);
      }
    }
    System.out.printf(
        "%s %s %s x%d: %d calls, %d of them failed a statement%n",
        journalMode, synchronous, fault, times, calls, failed);
  }

  private static Database open(FaultyFileSystem files) {
    return Database.open(files, PATH, Options.DEFAULT.withCacheBytes(64 * 1024));
  }

  private static void prepare(Session session, String journalMode, String synchronous) {
    session.execute("PRAGMA page_size=1024; PRAGMA auto_vacuum=2");
    session.execute("PRAGMA journal_mode=" + journalMode);
    session.execute("PRAGMA synchronous=" + synchronous);
    session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, b); CREATE INDEX i ON t(b)");
    session.execute("INSERT INTO t SELECT value, zeroblob(40) FROM generate_series(1, 200)");
  }

  /** What the table says after each statement of the script that commits. */
  private static List<List<String>> states() {
    List<List<String>> states = new ArrayList<>();
    FaultyFileSystem files = new FaultyFileSystem(new MemoryFileSystem());
    try (Database database = open(files);
        Session session = database.connect()) {
      prepare(session, "DELETE", "OFF");
      states.add(content(session));
      for (String each : SCRIPT) {
        session.execute(each);
        if (session.autoCommit()) {
          states.add(content(session));
        }
      }
    }
    return states;
  }

  private static int calls(String journalMode, String synchronous) {
    FaultyFileSystem files = new FaultyFileSystem(new MemoryFileSystem());
    try (Database database = open(files);
        Session session = database.connect()) {
      prepare(session, journalMode, synchronous);
      files.failAt(Integer.MAX_VALUE, 0, Fault.IO_ERROR);
      for (String each : SCRIPT) {
        session.execute(each);
      }
      return files.calls();
    }
  }

  private static List<String> content(Session session) {
    List<String> rows = new ArrayList<>();
    try (Statement statement = session.prepare("SELECT id, length(b) FROM t NOT INDEXED");
        Rows all = statement.query()) {
      while (all.next()) {
        rows.add(all.getLong(0) + "|" + all.getLong(1));
      }
    }
    return rows;
  }

  private static boolean run(
      String journalMode,
      String synchronous,
      Fault fault,
      int call,
      int times,
      List<List<String>> states,
      String where) {
    MemoryFileSystem disk = new MemoryFileSystem();
    FaultyFileSystem files = new FaultyFileSystem(disk);
    boolean failed = false;
    int state = 0;
    try (Database database = open(files);
        Session session = database.connect()) {
      prepare(session, journalMode, synchronous);
      files.failAt(call, times, fault);
      for (String each : SCRIPT) {
        try {
          session.execute(each);
          state += session.autoCommit() ? 1 : 0;
        } catch (DatabaseException e) {
          failed = true;
          checkError(e, where + ": " + each);
          break;
        }
      }
      files.heal();
      if (!session.autoCommit()) {
        session.execute("ROLLBACK");
      }
      // A commit whose sync failed may have happened or not; nothing else may.
      assertThat(content(session)).as(where).isIn(near(states, state));
      List<String> before = content(session);
      session.execute("INSERT INTO t(b) VALUES (zeroblob(2000))");
      assertThat(content(session)).as(where).hasSize(before.size() + 1);
      assertThat(check(session)).as(where).isEqualTo("ok");
    }
    try (Database database = open(new FaultyFileSystem(disk));
        Session session = database.connect()) {
      assertThat(check(session)).as(where).isEqualTo("ok");
    }
    return failed;
  }

  private static List<List<String>> near(List<List<String>> states, int state) {
    return states.subList(state, Math.min(states.size(), state + 2));
  }

  private static void checkError(DatabaseException e, String where) {
    ResultCode code = e.code().primary();
    assertThat(code)
        .as(where + ": " + e)
        .isIn(ResultCode.IOERR, ResultCode.FULL, ResultCode.CANTOPEN, ResultCode.BUSY);
    assertThat(e.getMessage()).as(where).isNotBlank();
  }

  private static String check(Session session) {
    try (Statement statement = session.prepare("PRAGMA integrity_check");
        Rows rows = statement.query()) {
      rows.next();
      return String.valueOf(rows.getText(0));
    }
  }
}
