package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.btree.Shell;
import dev.turso.cipher.EncryptionKey;
import dev.turso.error.BusyException;
import dev.turso.error.DatabaseException;
import dev.turso.error.KeyException;
import dev.turso.vfs.FaultyFileSystem;
import dev.turso.vfs.FaultyFileSystem.Fault;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.ForwardingFileHandle;
import dev.turso.vfs.ForwardingFileSystem;
import dev.turso.vfs.MemoryFileSystem;
import dev.turso.vfs.PowerCut;
import dev.turso.vfs.SimulatedFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file gets its first key, another one, or none; and keys that are given by pragma. */
class RekeyingTest {

  /** Three fates of what was not synced at each point, not one. */
  private static final boolean WHOLE = Boolean.getBoolean("turso.encryption.whole");

  private static final String FIRST = "11".repeat(32);
  private static final String SECOND = "22".repeat(16);
  private static final String ALL =
      "SELECT count(*), sum(id), sum(length(b)), max(b), (SELECT max(k) FROM w) FROM t";

  @TempDir Path directory;

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private static Options options(String hex) {
    return Options.DEFAULT
        .withBusyTimeout(100)
        .withEncryption(hex.isEmpty() ? null : EncryptionKey.ofHex(null, hex));
  }

  private static void fill(Session session) {
    session.execute(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, b TEXT); CREATE INDEX i ON t(b);"
            + "CREATE TABLE w(k TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO w VALUES ('k');"
            + "INSERT INTO t SELECT value, printf('%.*c', value * 20, 'b')"
            + " FROM generate_series(1, 60); DELETE FROM t WHERE id % 4 = 0");
  }

  private static String in(Database database, String sql) {
    try (Session session = database.connect()) {
      return SessionRows.of(session, sql);
    }
  }

  /** What the copies that VACUUM and the first key make have no room for in the cache. */
  private static final class CountingFileSystem extends ForwardingFileSystem {
    final AtomicLong temporaryBytes = new AtomicLong();

    CountingFileSystem() {
      super(new MemoryFileSystem());
    }

    @Override
    public FileHandle openTemporary() {
      return new ForwardingFileHandle(super.openTemporary()) {
        @Override
        public void write(long position, byte[] from, int offset, int length) {
          temporaryBytes.addAndGet(length);
          super.write(position, from, offset, length);
        }
      };
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void theCopyOfALargeFileIsInATemporaryFileBeyondTheCache(String mode) {
    CountingFileSystem files = new CountingFileSystem();
    Options small = options("").withCacheBytes(1 << 18);
    try (Database database = Database.open(files, "/db", small);
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode=" + mode);
      fill(session);
      session.execute(
          "INSERT INTO t SELECT value, printf('%.*c', 1000, 'b') FROM generate_series(100, 4000)");
      session.execute("DELETE FROM t WHERE id > 100 AND id % 3 = 0");
      String all = SessionRows.of(session, ALL);
      for (String command : List.of("VACUUM", "PRAGMA hexrekey='" + FIRST + "'", "VACUUM")) {
        long before = files.temporaryBytes.get();
        session.execute(command);
        assertThat(files.temporaryBytes.get() - before).as(command).isGreaterThan(500_000);
        assertThat(SessionRows.of(session, ALL)).isEqualTo(all);
        assertThat(SessionRows.of(session, "PRAGMA integrity_check")).isEqualTo("ok");
      }
    }
    try (Database database = Database.open(files, "/db", options(FIRST))) {
      assertThat(in(database, "PRAGMA quick_check")).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void aFileGetsAKeyAndAnotherAndNoneAgain(String mode) throws IOException {
    String name = file("a.db");
    String all;
    try (Database database = Database.open(name, options(""));
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode=" + mode);
      fill(session);
      all = SessionRows.of(session, ALL);
      for (String hex : List.of(FIRST, SECOND, FIRST, "")) {
        session.execute("PRAGMA hexrekey='" + hex + "'");
        assertThat(SessionRows.of(session, ALL)).isEqualTo(all);
        assertThat(SessionRows.of(session, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(SessionRows.of(session, "PRAGMA journal_mode")).isEqualToIgnoringCase(mode);
        assertThat(in(database, ALL)).isEqualTo(all);
        session.execute("INSERT INTO t(b) VALUES ('n'); DELETE FROM t WHERE b = 'n'");
      }
    }
    try (Database database = Database.open(name, options(""))) {
      assertThat(in(database, ALL)).isEqualTo(all);
    }
    if (Shell.present()) {
      assertThat(Shell.run(Path.of(name), "PRAGMA integrity_check; " + ALL + ";"))
          .isEqualTo("ok\n" + all);
    }
  }

  @Test
  void theNewKeyOpensTheFileAndTheOldOneDoesNot() {
    try (Database database = Database.open(file("a.db"), options(FIRST));
        Session session = database.connect()) {
      fill(session);
      session.rekey("main", EncryptionKey.ofHex(null, SECOND));
      session.execute("VACUUM INTO '" + file("copy.db") + "'");
    }
    for (String name : List.of("a.db", "copy.db")) {
      assertThatThrownBy(() -> read(name, FIRST)).isInstanceOf(KeyException.class);
      assertThat(read(name, SECOND)).startsWith("45|");
    }
  }

  private String read(String name, String hex) {
    try (Database database = Database.open(file(name), options(hex))) {
      return in(database, ALL);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void aReaderIsInTheWayAndNothingIsChanged(String mode) {
    try (Database database = Database.open(file("a.db"), options(FIRST));
        Session session = database.connect();
        Session reader = database.connect()) {
      session.execute("PRAGMA journal_mode=" + mode);
      fill(session);
      reader.execute("BEGIN; SELECT * FROM t");
      assertThat(SessionRows.of(reader, ALL)).startsWith("45|");
      assertThatThrownBy(() -> session.execute("PRAGMA hexrekey='" + SECOND + "'"))
          .isInstanceOf(BusyException.class);
      reader.execute("COMMIT");
      assertThat(SessionRows.of(session, "PRAGMA cipher")).isEqualTo("aes256gcm");
      assertThat(SessionRows.of(session, ALL)).startsWith("45|");
    }
    assertThat(read("a.db", FIRST)).startsWith("45|");
  }

  /** The power is cut at every write and sync: the file has the old key or the new one, and all rows. */
  @Test
  void aPowerCutLeavesTheOldKeyOrTheNewOne() {
    int checked = 0;
    for (String[] keys : new String[][] {{"", FIRST}, {FIRST, SECOND}, {SECOND, ""}}) {
      int points = points(keys);
      boolean old = false;
      boolean changed = false;
      for (int point = 1; point <= points; point++) {
        long today = LocalDate.now().toEpochDay() + point;
        for (long fate = WHOLE ? 0 : today % 3; fate <= (WHOLE ? 2 : today % 3); fate++) {
          SimulatedFileSystem disk = cut(keys, point).afterPowerCut(fate == 2 ? point + 5L : fate);
          boolean isOld = opens(disk, keys[0]);
          assertThat(opens(disk, keys[1])).as("point %d, fate %d", point, fate).isEqualTo(!isOld);
          old |= isOld;
          changed |= !isOld;
          checked++;
        }
      }
      assertThat(old && changed).isTrue();
    }
    System.out.println("rekeying: " + checked + " restarts verified");
  }

  private static int points(String[] keys) {
    SimulatedFileSystem disk = filled(keys[0]);
    int before = disk.points();
    rekey(disk, keys);
    return disk.points() - before;
  }

  private static SimulatedFileSystem filled(String hex) {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    try (Database database = Database.open(disk, "/db", options(hex));
        Session session = database.connect()) {
      session.execute("PRAGMA page_size=1024; PRAGMA journal_mode=WAL");
      fill(session);
    }
    return disk;
  }

  private static SimulatedFileSystem cut(String[] keys, int point) {
    SimulatedFileSystem disk = filled(keys[0]);
    disk.cutPowerAt(disk.points() + point);
    try {
      rekey(disk, keys);
    } catch (PowerCut e) {
      return disk;
    }
    return disk;
  }

  private static void rekey(SimulatedFileSystem disk, String[] keys) {
    Database database = Database.open(disk, "/db", options(keys[0]));
    Session session = database.connect();
    session.execute("PRAGMA hexrekey='" + keys[1] + "'");
    session.close();
    database.close();
  }

  private static boolean opens(FileSystem disk, String hex) {
    try (Database database = Database.open(disk, "/db", options(hex))) {
      assertThat(in(database, ALL)).startsWith("45|");
      assertThat(in(database, "PRAGMA integrity_check")).isEqualTo("ok");
      return true;
    } catch (KeyException e) {
      return false;
    }
  }

  /** Calls to the disk fail while a key changes: the same connection goes on, with all rows. */
  @Test
  void aFailingDiskLeavesTheOldKeyOrTheNewOne() {
    int calls = failing(Integer.MAX_VALUE, 1, Fault.IO_ERROR);
    int stride = WHOLE ? 1 : 7;
    int failed = 0;
    for (long call = LocalDate.now().toEpochDay() % stride + 1; call <= calls; call += stride) {
      int from = WHOLE ? 0 : (int) (call % 3);
      for (int way = from; way <= (WHOLE ? 2 : from); way++) {
        int times = way == 0 ? 1 : way == 1 ? 3 : 1000;
        Fault fault = way == 2 ? Fault.DISK_FULL : Fault.IO_ERROR;
        failed += failing((int) call, times, fault) < 0 ? 1 : 0;
      }
    }
    assertThat(failed).isPositive();
  }

  /** Returns how many calls there were, or -1 if the change of keys has failed. */
  private static int failing(int call, int times, Fault fault) {
    FaultyFileSystem disk = new FaultyFileSystem(new MemoryFileSystem());
    String where = call + " x " + times + " " + fault;
    int calls;
    try (Database database = Database.open(disk, "/db", options(FIRST));
        Session session = database.connect()) {
      session.execute("PRAGMA page_size=1024; PRAGMA journal_mode=WAL");
      fill(session);
      disk.failAt(call, times, fault);
      try {
        session.execute("PRAGMA hexrekey='" + SECOND + "'");
        calls = disk.calls();
      } catch (DatabaseException e) {
        calls = -1;
      }
      disk.heal();
      assertThat(SessionRows.of(session, ALL)).as(where).startsWith("45|");
      assertThat(SessionRows.of(session, "PRAGMA integrity_check")).as(where).isEqualTo("ok");
    }
    boolean old = opens(disk, FIRST);
    assertThat(opens(disk, SECOND)).as(where).isEqualTo(!old);
    return calls;
  }

  // ---- pragmas ----

  @Test
  void aPragmaGivesTheKeyBeforeAnythingIsRead() {
    for (int i = 0; i < 2; i++) {
      try (Database database = Database.open(file("p.db"), options(""));
          Session session = database.connect()) {
        assertThat(SessionRows.of(session, "PRAGMA hexkey")).isEmpty();
        session.execute("PRAGMA cipher='AES-256-GCM'; PRAGMA hexkey='" + FIRST + "'");
        assertThat(SessionRows.of(session, "PRAGMA hexkey"))
            .isEqualTo("encryption key is set for this session");
        assertThat(SessionRows.of(session, "PRAGMA cipher")).isEqualTo("aes256gcm");
        session.execute("CREATE TABLE IF NOT EXISTS t(x); INSERT INTO t VALUES (1)");
        assertThat(SessionRows.of(session, "SELECT count(*) FROM t")).isEqualTo("" + (i + 1));
        assertThatThrownBy(
                () -> session.execute("PRAGMA cipher=''; PRAGMA hexkey='" + SECOND + "'"))
            .hasMessageNotContaining(SECOND);
      }
    }
    try (Database database = Database.open(file("p.db"), options(FIRST))) {
      assertThat(in(database, "SELECT count(*) FROM t")).isEqualTo("2");
    }
  }

  @Test
  void aPlainFileThatIsInUseTakesNoKey() {
    try (Database database = Database.open(file("a.db"), options(""));
        Session session = database.connect()) {
      fill(session);
      assertThatThrownBy(() -> session.execute("PRAGMA hexkey='" + FIRST + "'"))
          .isInstanceOf(KeyException.class)
          .hasMessageNotContaining(FIRST);
      for (String pragma : List.of("key='secret'", "rekey='secret'", "textkey='secret'")) {
        assertThatThrownBy(() -> session.execute("PRAGMA " + pragma))
            .hasMessageContaining("is not supported")
            .hasMessageNotContaining("secret");
      }
      assertThatThrownBy(() -> session.execute("PRAGMA temp.hexrekey='" + FIRST + "'"))
          .hasMessageContaining("in memory");
      session.execute("BEGIN");
      assertThatThrownBy(() -> session.execute("PRAGMA hexrekey='" + FIRST + "'"))
          .hasMessageContaining("within a transaction");
    }
    assertThat(read("a.db", "")).startsWith("45|");
  }
}
