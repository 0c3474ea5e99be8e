package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.cipher.EncryptionKey;
import dev.turso.cipher.WatchedFileSystem;
import dev.turso.error.CorruptException;
import dev.turso.error.DatabaseException;
import dev.turso.error.KeyException;
import dev.turso.schema.Table;
import dev.turso.vfs.OpenMode;
import dev.turso.vfs.PowerCut;
import dev.turso.vfs.SimulatedFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files under a key: who can read them, what lies in them, and that all else is as without one. */
class EncryptionTest {

  /** Damages every byte, not some. */
  private static final boolean WHOLE = Boolean.getBoolean("turso.encryption.whole");

  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String OTHER_HEX = "fedcba9876543210".repeat(4);
  private static final EncryptionKey KEY = EncryptionKey.ofHex("aes256gcm", HEX);
  private static final EncryptionKey OTHER = EncryptionKey.ofHex("aes256gcm", OTHER_HEX);
  private static final EncryptionKey SHORT = EncryptionKey.ofHex("aes128gcm", HEX.substring(32));
  private static final Options PLAIN = Options.DEFAULT.withBusyTimeout(20_000);
  private static final Options ENCRYPTED = PLAIN.withEncryption(KEY);
  private static final String ALL = "SELECT count(*), sum(id), sum(length(b)), max(b) FROM t";

  @TempDir Path directory;

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private static void fill(Session session) {
    session.execute(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, b TEXT); CREATE INDEX i ON t(b);"
            + "INSERT INTO t SELECT value, 'needle ' || value || hex(randomblob(value % 300))"
            + " FROM generate_series(1, 400)");
  }

  private static String in(Database database, String sql) {
    try (Session session = database.connect()) {
      return SessionRows.of(session, sql);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "WAL,4096",
    "DELETE,512",
    "TRUNCATE,1024",
    "PERSIST,65536",
    "MEMORY,4096",
    "OFF,4096"
  })
  void whatWasWrittenIsReadAgain(String mode, int pageSize) {
    String all;
    try (Database database = Database.open(file("a.db"), ENCRYPTED);
        Session session = database.connect()) {
      session.execute("PRAGMA page_size=" + pageSize + "; PRAGMA journal_mode=" + mode);
      fill(session);
      all = SessionRows.of(session, ALL);
      assertThat(in(database, ALL)).isEqualTo(all);
    }
    try (Database database = Database.open(file("a.db"), ENCRYPTED)) {
      assertThat(in(database, ALL)).isEqualTo(all);
      assertThat(in(database, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(in(database, "PRAGMA page_size")).isEqualTo("" + pageSize);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void noKeyOrAnotherIsRefusedByNameAndChangesNothing(String mode) throws IOException {
    try (Database database = Database.open(file("a.db"), ENCRYPTED);
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode=" + mode);
      fill(session);
      refuses(PLAIN, "is open with another encryption key, or with none");
      refuses(PLAIN.withEncryption(OTHER), "is open with another encryption key, or with none");
    }
    byte[] before = Files.readAllBytes(Path.of(file("a.db")));
    refuses(PLAIN, "is encrypted, and no key was given");
    refuses(PLAIN.withEncryption(OTHER), "is encrypted with another key");
    refuses(PLAIN.withEncryption(SHORT), "is not encrypted with aes128gcm but with another cipher");
    assertThat(Files.readAllBytes(Path.of(file("a.db")))).isEqualTo(before);
  }

  private void refuses(Options options, String message) {
    assertThatThrownBy(
            () -> {
              try (Database database = Database.open(file("a.db"), options)) {
                in(database, ALL);
              }
            })
        .isInstanceOf(KeyException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("0123456789")
        .hasMessageNotContaining("fedcba");
  }

  @Test
  void aPlainFileIsRefusedWithAKey() throws IOException {
    try (Database database = Database.open(file("a.db"), PLAIN);
        Session session = database.connect()) {
      fill(session);
    }
    byte[] before = Files.readAllBytes(Path.of(file("a.db")));
    refuses(ENCRYPTED, "is not encrypted, and a key was given");
    assertThat(Files.readAllBytes(Path.of(file("a.db")))).isEqualTo(before);
  }

  @Test
  void aHotJournalIsNotPlayedBackWithoutItsKey() {
    int hot = 0;
    for (int after = 1; after < 30; after++) {
      hot += isRefusedWhenCutInUpdate(after) ? 1 : 0;
    }
    assertThat(hot).isPositive();
  }

  /** Cuts the power in a commit; false if that left no journal to play back. */
  private static boolean isRefusedWhenCutInUpdate(int after) {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    try {
      Database database = Database.open(disk, "/db", ENCRYPTED);
      Session session = database.connect();
      session.execute("PRAGMA journal_mode=DELETE");
      fill(session);
      disk.cutPowerAt(disk.points() + after);
      session.execute("UPDATE t SET b = 'x' || b");
      return false;
    } catch (PowerCut e) {
      SimulatedFileSystem next = disk.afterPowerCut(1);
      Map<String, byte[]> files = next.files();
      if (!files.containsKey("/db-journal") || files.get("/db-journal").length < 10_000) {
        return false;
      }
      for (Options options : new Options[] {PLAIN, PLAIN.withEncryption(OTHER)}) {
        assertThatThrownBy(
                () -> {
                  try (Database database = Database.open(next, "/db", options)) {
                    in(database, ALL);
                  }
                })
            .isInstanceOf(KeyException.class);
        next.files().forEach((name, now) -> assertThat(now).isEqualTo(files.get(name)));
      }
      try (Database database = Database.open(next, "/db", ENCRYPTED)) {
        assertThat(in(database, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(in(database, "SELECT min(b LIKE 'needle%') + max(b LIKE 'x%') FROM t"))
            .isEqualTo("1");
      }
      return true;
    }
  }

  // ---- what lies on the disk ----

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE", "PERSIST"})
  void nothingThatIsWrittenAnywhereShowsWhatItSays(String mode) {
    assertThat(wordsFound(mode, PLAIN)).isNotEmpty();
    assertThat(wordsFound(mode, ENCRYPTED)).isEmpty();
  }

  private static Set<String> wordsFound(String mode, Options options) {
    WatchedFileSystem files = new WatchedFileSystem("needle", "haystack");
    Options small = options.withCacheBytes(64 << 10).withChangeSetBytes(16 << 10);
    try (Database database = Database.open(files, "/a.db", small);
        Session session = database.connect();
        AutoCloseable listener = database.changes().subscribe(new Everything())) {
      session.execute("PRAGMA journal_mode=" + mode);
      fill(session);
      session.execute(
          "CREATE TABLE haystack(x); BEGIN; UPDATE t SET b = 'haystack ' || b;"
              + "INSERT INTO haystack SELECT b FROM t, generate_series(1, 30); SAVEPOINT s;"
              + "DELETE FROM t; ROLLBACK TO s; COMMIT; PRAGMA wal_checkpoint(TRUNCATE);"
              + "UPDATE t SET b = b || 'needle'; VACUUM; VACUUM INTO '/copy.db';"
              + "ATTACH '/more.db' AS more; CREATE TABLE more.t AS SELECT * FROM t");
      session.backup("main", "/backup.db").finish();
      sortOnDisk(session, "t");
      assertThat(files.kinds())
          .contains("db", "temporary", mode.equals("WAL") ? "-wal" : "-journal");
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return files.found();
  }

  /** More than fits into the memory that it may have. */
  private static void sortOnDisk(Session session, String table) {
    session.execute("PRAGMA turso_operator_memory=1024");
    SessionRows.of(session, "SELECT b, count(*) FROM " + table + " GROUP BY 1 ORDER BY 1 DESC");
  }

  @Test
  void whatASortMovesToTheDiskOfAnAttachedFileIsEncryptedToo() {
    for (String key : new String[] {"", HEX}) {
      WatchedFileSystem files = new WatchedFileSystem("needle");
      try (Database database = Database.open(files, "/plain.db", PLAIN);
          Session session = database.connect()) {
        session.execute("CREATE TABLE x(a); ATTACH '/a.db' AS a KEY '" + key + "'");
        session.execute(
            "CREATE TABLE a.t AS SELECT 'needle ' || value AS b"
                + " FROM generate_series(1, 3000)");
        sortOnDisk(session, "a.t");
      }
      assertThat(files.kinds()).contains("temporary");
      assertThat(files.found().isEmpty()).isEqualTo(!key.isEmpty());
    }
  }

  /** Wants the changes of all tables, so that they are recorded, and spilled. */
  private static final class Everything implements CommitListener {

    @Override
    public boolean wants(Table table) {
      return true;
    }

    @Override
    public void committed(CommittedChanges commit) {}
  }

  @Test
  void everyDamagedRegionIsNoticed() {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    try (Database database = Database.open(disk, "/db", ENCRYPTED);
        Session session = database.connect()) {
      session.execute("PRAGMA page_size=1024; PRAGMA journal_mode=DELETE");
      fill(session);
    }
    byte[] whole = disk.content("/db");
    String expected;
    try (Database database = Database.open(diskWith(whole), "/db", ENCRYPTED)) {
      expected = in(database, ALL);
    }
    Random random = new Random(7);
    int pages = whole.length / 1024;
    int stride = WHOLE ? 1 : 997;
    for (int at = 0; at < whole.length; at += at < 100 ? 1 : stride) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 + random.nextInt(255));
      noticed(damaged, expected, "byte " + at);
    }
    for (int i = 0; i < (WHOLE ? 5_000 : 20); i++) {
      byte[] swapped = whole.clone();
      int a = random.nextInt(pages);
      int b = (a + 1 + random.nextInt(pages - 1)) % pages;
      System.arraycopy(whole, a * 1024, swapped, b * 1024, 1024);
      noticed(swapped, expected, "page " + (a + 1) + " in the place of " + (b + 1));
    }
  }

  /** Not one wrong row: an error, or, where the damage is in nothing that was read, the same. */
  private static void noticed(byte[] file, String expected, String where) {
    SimulatedFileSystem disk = diskWith(file);
    try (Database database = Database.open(disk, "/db", ENCRYPTED)) {
      assertThat(in(database, ALL)).as(where).isEqualTo(expected);
      assertThat(in(database, "PRAGMA integrity_check")).as(where).isNotEqualTo("ok");
    } catch (KeyException | CorruptException e) {
      assertThat(e.getMessage()).as(where).containsAnyOf("page", "header", "cipher", "database");
    }
  }

  private static SimulatedFileSystem diskWith(byte[] file) {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    try (var handle = disk.open("/db", OpenMode.CREATE)) {
      handle.write(0, file, 0, file.length);
    }
    return disk;
  }

  @Test
  void aPageOfAnotherFileWithTheSameKeyIsNoticedAndNamed() {
    byte[][] files = new byte[2][];
    for (int i = 0; i < 2; i++) {
      SimulatedFileSystem disk = new SimulatedFileSystem();
      try (Database database = Database.open(disk, "/db", ENCRYPTED);
          Session session = database.connect()) {
        session.execute("PRAGMA journal_mode=DELETE");
        fill(session);
      }
      files[i] = disk.content("/db");
    }
    byte[] spliced = files[0].clone();
    System.arraycopy(files[1], 2 * 4096, spliced, 2 * 4096, 4096);
    try (Database database = Database.open(diskWith(spliced), "/db", ENCRYPTED)) {
      assertThatThrownBy(() -> in(database, "SELECT * FROM t ORDER BY b"))
          .isInstanceOf(CorruptException.class)
          .hasMessageContaining("page 3 ");
      try {
        assertThat(in(database, "PRAGMA integrity_check")).contains("3");
      } catch (CorruptException e) {
        assertThat(e).hasMessageContaining("page 3 ");
      }
    }
  }

  // ---- beside everything else ----

  @Test
  void aRandomProgramGivesWhatItGivesWithoutAKey() {
    long first = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
    for (long seed = first; seed < first + (WHOLE ? 100 : 2); seed++) {
      String plain = program(seed, PLAIN);
      Options encrypted = seed % 2 == 0 ? ENCRYPTED : PLAIN.withEncryption(SHORT);
      assertThat(program(seed, encrypted)).as("-Dturso.seed=%d", seed).isEqualTo(plain);
    }
  }

  private static String program(long seed, Options options) {
    Random random = new Random(seed);
    SimulatedFileSystem disk = new SimulatedFileSystem();
    StringBuilder log = new StringBuilder();
    Options small = options.withCacheBytes(128 << 10);
    for (int run = 0; run < 3; run++) {
      try (Database database = Database.open(disk, "/db", small);
          Session session = database.connect()) {
        session.execute("PRAGMA foreign_keys=ON");
        String mode = random.nextBoolean() ? "WAL" : "DELETE";
        session.execute("PRAGMA page_size=1024; PRAGMA journal_mode=" + mode);
        session.execute(
            "CREATE TABLE IF NOT EXISTS a(k INTEGER PRIMARY KEY, v TEXT, n INT UNIQUE);"
                + "CREATE TABLE IF NOT EXISTS w(k TEXT PRIMARY KEY, v) WITHOUT ROWID");
        for (int i = 0; i < 80; i++) {
          log.append(step(session, random)).append('\n');
        }
        if (!session.autoCommit()) {
          session.execute(random.nextBoolean() ? "COMMIT" : "ROLLBACK");
        }
        log.append(SessionRows.of(session, "PRAGMA integrity_check"));
      }
    }
    return log.toString();
  }

  private static String step(Session session, Random random) {
    int n = random.nextInt(100);
    String sql =
        switch (random.nextInt(12)) {
          case 0 -> session.autoCommit() ? "BEGIN" : "COMMIT";
          case 1 -> session.autoCommit() ? "VACUUM" : "ROLLBACK";
          case 2 ->
              "INSERT INTO a(v, n) SELECT printf('%.*c', value, 'x'), NULL FROM generate_series(1, "
                  + n
                  + ")";
          case 3 -> "UPDATE a SET v = v || v WHERE k % 7 = " + n % 7 + " AND length(v) < 3000";
          case 4 -> "DELETE FROM a WHERE k % 5 = " + n % 5;
          case 5 -> "REPLACE INTO w VALUES ('k" + n % 40 + "', zeroblob(" + n * 10 + "))";
          case 6 -> "INSERT INTO a VALUES (" + n + ", 'v', " + n % 20 + ")";
          case 7 -> "PRAGMA wal_checkpoint";
          case 8 -> "CREATE INDEX IF NOT EXISTS i" + n % 3 + " ON a(v, n)";
          case 9 -> "DROP INDEX IF EXISTS i" + n % 3;
          case 10 -> "SELECT count(*), sum(k), sum(length(v)), sum(n) FROM a";
          default -> "SELECT count(*), max(k), sum(length(v)) FROM w";
        };
    try {
      if (sql.startsWith("SELECT")) {
        return SessionRows.of(session, sql);
      }
      session.execute(sql);
      return "";
    } catch (DatabaseException e) {
      return e.code() + " " + e.getMessage();
    }
  }

  // ---- other files ----

  @Test
  void attachedFilesHaveTheirOwnKeys() {
    try (Database database = Database.open(file("a.db"), ENCRYPTED);
        Session session = database.connect()) {
      session.execute(
          "CREATE TABLE t(x); ATTACH '"
              + file("same.db")
              + "' AS same;"
              + "ATTACH 'file:"
              + file("other.db")
              + "?hexkey="
              + OTHER_HEX
              + "' AS other;"
              + "ATTACH '"
              + file("plain.db")
              + "' AS plain KEY '';"
              + "CREATE TABLE same.t(x); CREATE TABLE other.t(x); CREATE TABLE plain.t(x);"
              + "BEGIN; INSERT INTO same.t VALUES (1); INSERT INTO other.t VALUES (2);"
              + "INSERT INTO plain.t VALUES (3); INSERT INTO main.t VALUES (0); COMMIT");
    }
    String x = "SELECT x FROM t";
    opens("same.db", ENCRYPTED, x, "1");
    opens("other.db", PLAIN.withEncryption(OTHER), x, "2");
    opens("plain.db", PLAIN, x, "3");
    opens("plain.db", PLAIN.withEncryption(path -> path.endsWith("plain.db") ? null : KEY), x, "3");
  }

  @Test
  void aCopyHasTheKeyUnlessToldOtherwise() {
    String all;
    try (Database database = Database.open(file("a.db"), ENCRYPTED);
        Session session = database.connect()) {
      fill(session);
      all = SessionRows.of(session, ALL);
      session.execute(
          "VACUUM INTO '"
              + file("same.db")
              + "'; VACUUM INTO 'file:"
              + file("plain.db")
              + "?cipher=none'; VACUUM INTO 'file:"
              + file("other.db")
              + "?cipher=aes256gcm&hexkey="
              + OTHER_HEX
              + "'");
      session.backup("main", file("backup.db")).finish();
      byte[] image = session.serialize("main");
      try (Database memory = Database.open(":memory:", ENCRYPTED);
          Session copy = memory.connect()) {
        copy.deserialize("main", image);
        assertThat(SessionRows.of(copy, ALL)).isEqualTo(all);
      }
    }
    opens("same.db", ENCRYPTED, ALL, all);
    opens("backup.db", ENCRYPTED, ALL, all);
    opens("plain.db", PLAIN, ALL, all);
    opens("other.db", PLAIN.withEncryption(OTHER), ALL, all);
  }

  private void opens(String name, Options options, String sql, String expected) {
    try (Database database = Database.open(file(name), options)) {
      assertThat(in(database, sql)).as(name).isEqualTo(expected);
      assertThat(in(database, "PRAGMA integrity_check")).as(name).isEqualTo("ok");
    }
  }

  @Test
  void whatIsLeftOfADamagedFileIsSalvagedWithItsKey() throws IOException {
    try (Database database = Database.open(file("a.db"), ENCRYPTED);
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode=DELETE");
      fill(session);
    }
    byte[] bytes = Files.readAllBytes(Path.of(file("a.db")));
    long lost = 0;
    for (int damaged = 1; damaged < 5; damaged++) {
      byte[] broken = bytes.clone();
      Arrays.fill(broken, damaged * 4096, damaged * 4096 + 50, (byte) 9);
      Files.write(Path.of(file("broken.db")), broken);
      try (Database database = Database.open(file("new" + damaged + ".db"), ENCRYPTED);
          Session session = database.connect()) {
        SalvageReport report = session.salvage(file("broken.db"));
        lost += report.lostPages();
        assertThat(
                SessionRows.of(
                    session,
                    "SELECT count(*) > 30 FROM " + (report.orphans() > 0 ? "lost_and_found" : "t")))
            .isEqualTo("1");
      }
    }
    assertThat(lost).isPositive();
  }

  @Test
  void whatIsUnknownIsRefusedByName() {
    for (String query :
        new String[] {
          "integrity=tree",
          "cipher=aegis256&hexkey=" + HEX,
          "hexkey=12",
          "cipher=aes256gcm",
          "cipher=aes128gcm&hexkey=" + HEX,
          "cipher=none&hexkey=" + HEX
        }) {
      assertThatThrownBy(() -> Database.open("file:" + file("x.db") + "?" + query, PLAIN))
          .as(query)
          .isInstanceOf(DatabaseException.class)
          .hasMessageNotContaining(HEX);
    }
    assertThat(Path.of(file("x.db"))).doesNotExist();
  }
}
