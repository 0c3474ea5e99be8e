package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.btree.Shell;
import dev.turso.error.CorruptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of databases: made while others write, as bytes, and of what is left of a damaged file. */
class BackupTest {

  private static final String ALL = "SELECT count(*), sum(id), sum(length(b)), sum(n) FROM t";

  @TempDir Path directory;

  private Path file(String name) {
    return directory.resolve(name);
  }

  private Database open(String name) {
    return Database.open(file(name).toString(), Options.DEFAULT.withBusyTimeout(20_000));
  }

  private static void fill(Session session) {
    session.execute(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, b, n INT); CREATE INDEX i ON t(n);"
            + "INSERT INTO t SELECT value, zeroblob(value % 700), 0 FROM generate_series(1, 3000);"
            + "CREATE TABLE w(k TEXT PRIMARY KEY, v) WITHOUT ROWID;"
            + "INSERT INTO w SELECT 'k' || id, id FROM t WHERE id % 10 = 0;"
            + "CREATE VIEW v AS SELECT * FROM t WHERE n > 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void aBackupIsOneStateThatWritersMovedOnFrom(String journalMode) throws Exception {
    try (Database database = open("a.db");
        Session session = database.connect();
        Session writer = database.connect()) {
      session.execute("PRAGMA journal_mode=" + journalMode);
      fill(session);
      String before = SessionRows.of(session, ALL);
      try (Backup backup = session.backup("main", file("copy.db").toString())) {
        assertThat(backup.step(20)).isFalse();
        assertThat(backup.remaining()).isEqualTo(backup.pageCount() - 20);
        writer.execute("UPDATE t SET n = n + 1");
        backup.finish();
        assertThat(backup.remaining()).isZero();
      }
      String after = SessionRows.of(session, ALL);
      String expected = journalMode.equals("WAL") ? before : after;
      try (Database copy = open("copy.db");
          Session copied = copy.connect()) {
        assertThat(SessionRows.of(copied, ALL)).isEqualTo(expected).isNotEqualTo("");
        assertThat(SessionRows.of(copied, "PRAGMA integrity_check")).isEqualTo("ok");
      }
      if (Shell.present()) {
        assertThat(Shell.run(file("copy.db"), "PRAGMA integrity_check; " + ALL + ";"))
            .isEqualTo("ok\n" + expected);
      }
    }
  }

  @Test
  void aBackupReplacesWhatTheTargetHeldAndIsRolledBackUnlessDone() {
    try (Database database = open("a.db");
        Session session = database.connect();
        Database other = open("b.db");
        Session target = other.connect()) {
      fill(session);
      target.execute("CREATE TABLE old(x); INSERT INTO old VALUES (1)");
      try (Backup backup = session.backup("main", file("b.db").toString())) {
        backup.step(3);
      }
      assertThat(SessionRows.of(target, "SELECT x FROM old")).isEqualTo("1");
      try (Backup backup = session.backup("main", file("b.db").toString())) {
        backup.finish();
      }
      assertThat(SessionRows.of(target, ALL)).isEqualTo(SessionRows.of(session, ALL));
      assertThatThrownBy(() -> SessionRows.of(target, "SELECT x FROM old"))
          .hasMessageContaining("no such table");
    }
  }

  @Test
  void aStepOfLessThanNothingIsAllAndADatabaseIsNotCopiedToItself() {
    try (Database database = open("a.db");
        Session session = database.connect()) {
      fill(session);
      String own = file("a.db").toString();
      assertThatThrownBy(() -> session.backup("main", own))
          .hasMessage("source and destination must be distinct");
      try (Backup backup = session.backup("main", file("copy.db").toString())) {
        assertThat(backup.step(-1)).isTrue();
      }
      session.execute("INSERT INTO t VALUES (5000, 1, 1)");
      assertThat(SessionRows.of(session, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  @Test
  void noBytesAreAnEmptyDatabase() {
    try (Database database = open("a.db");
        Session session = database.connect();
        Database empty = Database.open(":memory:", Options.DEFAULT);
        Session none = empty.connect()) {
      fill(session);
      none.deserialize("main", none.serialize("main"));
      session.deserialize("main", none.serialize("main"));
      assertThat(SessionRows.of(session, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
      assertThat(SessionRows.of(session, "PRAGMA integrity_check")).isEqualTo("ok");
      session.execute("CREATE TABLE again(a)");
    }
  }

  @Test
  void bytesOfADatabaseAreADatabase() throws IOException {
    byte[] image;
    String content;
    try (Database database = open("a.db");
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode=WAL");
      fill(session);
      content = SessionRows.of(session, ALL);
      image = session.serialize("main");
    }
    Files.write(file("written.db"), image);
    if (Shell.present()) {
      assertThat(Shell.run(file("written.db"), "PRAGMA integrity_check; " + ALL + ";"))
          .isEqualTo("ok\n" + content);
    }
    try (Database memory = Database.open(":memory:", Options.DEFAULT);
        Session session = memory.connect()) {
      session.execute("CREATE TABLE other(x)");
      session.deserialize("main", image);
      assertThat(SessionRows.of(session, ALL)).isEqualTo(content);
      session.execute("INSERT INTO t VALUES (9999, NULL, 3)");
      assertThat(session.serialize("main").length).isGreaterThanOrEqualTo(image.length);
      assertThatThrownBy(() -> session.deserialize("main", new byte[5000]))
          .isInstanceOf(CorruptException.class);
      assertThat(SessionRows.of(session, "SELECT n FROM t WHERE id = 9999")).isEqualTo("3");
    }
  }

  @Test
  void vacuumIntoCopiesOneStateWhileOthersWrite() throws Exception {
    try (Database database = open("a.db");
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode=WAL");
      fill(session);
      AtomicBoolean stop = new AtomicBoolean();
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                try (Session other = database.connect()) {
                  while (!stop.get()) {
                    other.execute("UPDATE t SET n = n + 1 WHERE id % 100 = 7");
                  }
                }
              });
      for (int i = 0; i < 3; i++) {
        session.execute("VACUUM INTO '" + file("v" + i + ".db") + "'");
      }
      stop.set(true);
      writer.join();
      for (int i = 0; i < 3; i++) {
        try (Database copy = open("v" + i + ".db");
            Session copied = copy.connect()) {
          assertThat(SessionRows.of(copied, "PRAGMA integrity_check")).isEqualTo("ok");
          assertThat(SessionRows.of(copied, "SELECT count(DISTINCT n) FROM t WHERE id % 100 = 7"))
              .isEqualTo("1");
        }
      }
    }
  }

  @Test
  void whatIsLeftOfADamagedFileIsSalvaged() throws IOException {
    try (Database database = open("a.db");
        Session session = database.connect()) {
      session.execute("PRAGMA page_size=1024");
      fill(session);
      session.execute("CREATE TABLE gone(x, y); INSERT INTO gone SELECT id, n FROM t LIMIT 50");
      session.execute("CREATE TRIGGER r AFTER DELETE ON t BEGIN DELETE FROM gone; END");
    }
    byte[] bytes = Files.readAllBytes(file("a.db"));
    int pages = bytes.length / 1024;
    int damaged = 0;
    for (int page = 40; page < pages; page += 37) {
      Arrays.fill(bytes, page * 1024, page * 1024 + 200, (byte) 0x5a);
      damaged++;
    }
    Files.write(file("a.db"), bytes);
    salvage("a.db", damaged, 2000, "");
    Arrays.fill(bytes, 0, 16, (byte) 0);
    Files.write(file("a.db"), bytes);
    salvage("a.db", damaged, 2000, "file is not a database");
  }

  private void salvage(String name, int damaged, int least, String message) {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      SalvageReport report = session.salvage(file(name).toString());
      assertThat(report.tables()).isEqualTo(3);
      assertThat(report.rows()).isGreaterThan(least);
      String kept =
          "SELECT (SELECT count(*) FROM t) + (SELECT count(*) FROM w) + count(*) FROM gone";
      assertThat(SessionRows.of(session, kept)).isEqualTo(String.valueOf(report.rows()));
      assertThat(report.lostPages() + report.lostRows()).isPositive();
      assertThat(String.join(" ", report.messages())).contains(message);
      assertThat(Long.parseLong(SessionRows.of(session, "SELECT count(*) FROM t")))
          .isGreaterThan(least)
          .isLessThan(3000);
      assertThat(SessionRows.of(session, "SELECT sum(x) FROM gone")).isEqualTo("1275");
      assertThat(SessionRows.of(session, "SELECT count(*) FROM sqlite_schema WHERE name = 'r'"))
          .isEqualTo("1");
      assertThat(SessionRows.of(session, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(damaged).isPositive();
    }
  }

  @Test
  void rowsThatNoTreeLeadsToAreFound() throws IOException {
    try (Database database = open("a.db");
        Session session = database.connect()) {
      session.execute("PRAGMA page_size=1024");
      fill(session);
    }
    byte[] bytes = Files.readAllBytes(file("a.db"));
    // The root of t, an interior page: nothing leads to its leaves any more.
    Arrays.fill(bytes, 1024, 2048, (byte) 0);
    Files.write(file("a.db"), bytes);
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      SalvageReport report = session.salvage(file("a.db").toString());
      assertThat(report.orphans()).isGreaterThan(2900);
      assertThat(SessionRows.of(session, "SELECT count(DISTINCT id) FROM lost_and_found"))
          .isEqualTo("3000");
      assertThat(SessionRows.of(session, "SELECT count(*) FROM w")).isEqualTo("300");
    }
  }
}
