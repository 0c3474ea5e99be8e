package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.btree.Shell;
import dev.turso.error.BusyException;
import dev.turso.error.IoException;
import dev.turso.error.ReadOnlyException;
import dev.turso.error.ResultCode;
import dev.turso.vfs.DiskFileSystem;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.ForwardingFileSystem;
import dev.turso.vfs.OpenMode;
import dev.turso.vfs.ReadOnlyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be done with a file as it is opened: locks that are kept, places that cannot be written. */
class OpeningModesTest {

  private static final FileSystem READ_ONLY = new ReadOnlyFolder();

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("a.db");
  }

  private Database open() {
    return Database.open(file().toString(), Options.DEFAULT);
  }

  private void make(String journalMode) {
    try (Database database = open();
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode=" + journalMode);
      session.execute("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)");
    }
  }

  // ---- locking_mode ----

  @Test
  void keptLocksOfAJournalKeepEverybodyOutAfterTheFirstWrite() {
    make("DELETE");
    try (Database database = open();
        Session one = database.connect();
        Session other = database.connect()) {
      assertThat(SessionRows.of(one, "PRAGMA locking_mode")).isEqualTo("normal");
      assertThat(SessionRows.of(one, "PRAGMA locking_mode=EXCLUSIVE")).isEqualTo("exclusive");
      assertThat(SessionRows.of(one, "SELECT count(*) FROM t")).isEqualTo("2");
      assertThat(SessionRows.of(other, "SELECT count(*) FROM t")).isEqualTo("2");
      assertThatThrownBy(() -> other.execute("INSERT INTO t VALUES (3)"))
          .isInstanceOf(BusyException.class);
      one.execute("INSERT INTO t VALUES (3)");
      one.execute("INSERT INTO t VALUES (4)");
      assertThatThrownBy(() -> SessionRows.of(other, "SELECT count(*) FROM t"))
          .isInstanceOf(BusyException.class);
      nativeSays("database is locked");
      assertThat(SessionRows.of(one, "PRAGMA locking_mode=NORMAL")).isEqualTo("normal");
      assertThat(SessionRows.of(one, "SELECT count(*) FROM t")).isEqualTo("4");
      assertThat(SessionRows.of(other, "SELECT count(*) FROM t")).isEqualTo("4");
      nativeSays("4");
    }
  }

  private void nativeSays(String text) {
    if (Shell.present()) {
      assertThat(Shell.run(file(), "SELECT count(*) FROM t;")).contains(text);
    }
  }

  @Test
  void keptLocksOnALogThatNobodyHadOpenNeedNoSharedMemory() {
    make("WAL");
    try (Database database = open();
        Session one = database.connect();
        Session other = database.connect()) {
      assertThat(SessionRows.of(one, "PRAGMA locking_mode=EXCLUSIVE")).isEqualTo("exclusive");
      one.execute("INSERT INTO t VALUES (3)");
      assertThat(Files.exists(directory.resolve("a.db-shm"))).isFalse();
      assertThat(Files.exists(directory.resolve("a.db-wal"))).isTrue();
      assertThatThrownBy(() -> SessionRows.of(other, "SELECT count(*) FROM t"))
          .isInstanceOf(BusyException.class);
      nativeSays("database is locked");
      assertThat(SessionRows.of(one, "PRAGMA locking_mode=NORMAL")).isEqualTo("normal");
      assertThat(SessionRows.of(other, "SELECT count(*) FROM t")).isEqualTo("3");
      assertThat(Files.exists(directory.resolve("a.db-shm"))).isTrue();
      nativeSays("3");
    }
  }

  @Test
  void theLocksGoWithTheConnectionThatKeptThem() {
    for (String mode : new String[] {"DELETE", "WAL"}) {
      make(mode);
      try (Database database = open()) {
        try (Session one = database.connect()) {
          one.execute("PRAGMA locking_mode=EXCLUSIVE; INSERT INTO t VALUES (3)");
        }
        nativeSays("3");
        try (Session two = database.connect()) {
          two.execute("DROP TABLE t");
        }
      }
    }
  }

  // ---- places that cannot be written ----

  @Test
  void aFileWithALogIsReadWhereNothingCanBeWritten() throws IOException {
    make("WAL");
    try (Database database = Database.open(READ_ONLY, file().toString(), Options.DEFAULT);
        Session session = database.connect()) {
      assertThat(SessionRows.of(session, "SELECT sum(a) FROM t")).isEqualTo("3");
      assertThat(SessionRows.of(session, "PRAGMA journal_mode")).isEqualTo("wal");
      assertThatThrownBy(() -> session.execute("INSERT INTO t VALUES (3)"))
          .isInstanceOf(ReadOnlyException.class);
    }
    assertThat(directory.toFile().list()).containsExactly("a.db");
  }

  @Test
  void commitsThatAreOnlyInTheLogAreReadWhereNothingCanBeWritten() throws IOException {
    make("WAL");
    Path copy = directory.resolve("copy.db");
    try (Database database = open();
        Session session = database.connect()) {
      session.execute("INSERT INTO t VALUES (4)");
      Files.copy(file(), copy);
      Files.copy(directory.resolve("a.db-wal"), directory.resolve("copy.db-wal"));
    }
    try (Database database = Database.open(READ_ONLY, copy.toString(), Options.DEFAULT);
        Session session = database.connect()) {
      assertThat(SessionRows.of(session, "SELECT sum(a) FROM t")).isEqualTo("7");
      assertThat(SessionRows.of(session, "PRAGMA integrity_check")).isEqualTo("ok");
    }
    assertThat(directory.resolve("copy.db-wal")).exists();
  }

  @Test
  void aFileWithAJournalIsReadWhereNothingCanBeWritten() {
    make("DELETE");
    try (Database database = Database.open(READ_ONLY, file().toString(), Options.DEFAULT);
        Session session = database.connect()) {
      assertThat(SessionRows.of(session, "SELECT sum(a) FROM t")).isEqualTo("3");
      assertThatThrownBy(() -> session.execute("INSERT INTO t VALUES (3)"))
          .isInstanceOf(ReadOnlyException.class);
    }
  }

  @Test
  void aJournalThatMayNotBeMadeIsNoWrite() {
    make("DELETE");
    try (Database database = Database.open(new SealedFolder(), file().toString(), Options.DEFAULT);
        Session session = database.connect()) {
      assertThatThrownBy(() -> session.execute("INSERT INTO t VALUES (3)"))
          .isInstanceOfSatisfying(
              ReadOnlyException.class,
              e -> assertThat(e.code()).isEqualTo(ResultCode.READONLY_DIRECTORY))
          .hasMessage("attempt to write a readonly database");
      assertThat(SessionRows.of(session, "SELECT sum(a) FROM t")).isEqualTo("3");
      session.execute("PRAGMA journal_mode=MEMORY; INSERT INTO t VALUES (3)");
      assertThat(SessionRows.of(session, "SELECT sum(a) FROM t")).isEqualTo("6");
    }
  }

  /** A folder whose files may be written, but where none can be made. */
  private static final class SealedFolder extends ForwardingFileSystem {

    SealedFolder() {
      super(DiskFileSystem.instance());
    }

    @Override
    public FileHandle open(String path, OpenMode mode) {
      if (mode == OpenMode.CREATE && !exists(path)) {
        throw new IoException(ResultCode.CANTOPEN, "unable to open database file: " + path);
      }
      return super.open(path, mode);
    }

    @Override
    public boolean mayCreate(String path) {
      return false;
    }
  }

  @Test
  void aFileThatCannotBeAttachedIsNamedAsItWasWritten() {
    make("DELETE");
    String missing = "file:" + directory.resolve("missing.db") + "?mode=rw";
    try (Database database = open();
        Session session = database.connect()) {
      assertThatThrownBy(() -> session.execute("ATTACH '" + missing + "' AS m"))
          .hasMessage("unable to open database: " + missing);
    }
  }

  // ---- URI parameters ----

  @Test
  void anImmutableFileIsReadWithoutLocksJournalOrLog() {
    make("WAL");
    try (Database database = Database.open("file:" + file() + "?immutable=1", Options.DEFAULT);
        Session session = database.connect()) {
      assertThat(SessionRows.of(session, "SELECT sum(a) FROM t")).isEqualTo("3");
      assertThatThrownBy(() -> session.execute("INSERT INTO t VALUES (3)"))
          .isInstanceOf(ReadOnlyException.class);
      assertThat(directory.toFile().list()).containsExactly("a.db");
      assertThatThrownBy(this::open).hasMessageContaining("nobody changes");
    }
    try (Database database = Database.open(file().toString(), Options.DEFAULT.withImmutable(true));
        Session session = database.connect()) {
      assertThat(SessionRows.of(session, "SELECT sum(a) FROM t")).isEqualTo("3");
    }
  }

  @Test
  void whoTakesAnOpenFileForImmutableDoesNotWriteIt() {
    make("WAL");
    try (Database database = open();
        Session writer = database.connect();
        Database promised = Database.open("file:" + file() + "?immutable=1", Options.DEFAULT);
        Session session = promised.connect()) {
      assertThat(SessionRows.of(session, "SELECT sum(a) FROM t")).isEqualTo("3");
      assertThatThrownBy(() -> session.execute("INSERT INTO t VALUES (3)"))
          .isInstanceOf(ReadOnlyException.class);
      writer.execute("INSERT INTO t VALUES (3)");
      assertThat(SessionRows.of(writer, "SELECT sum(a) FROM t")).isEqualTo("6");
    }
  }

  @Test
  void parametersOfAUriAreHeededOrRefusedByName() {
    make("DELETE");
    assertThat(sum("mode=ro&cache=private&whatever=1")).isEqualTo("3");
    assertThat(sum("mode=rwc&cache=shared&nolock=0")).isEqualTo("3");
    assertThatThrownBy(() -> sum("nolock=1")).hasMessageContaining("nolock");
    assertThatThrownBy(() -> sum("vfs=unix-none")).hasMessageContaining("vfs");
    assertThatThrownBy(() -> sum("mode=wo")).hasMessageContaining("no such access mode: wo");
    assertThatThrownBy(() -> sum("cache=big")).hasMessageContaining("no such cache mode: big");
    assertThatThrownBy(() ->
            Database.open(
                "file:" + file() + "?mode=rw", Options.DEFAULT.withMode(Options.Mode.READ_ONLY)))
        .hasMessageContaining("access mode not allowed: rw");
  }

  private String sum(String parameters) {
    try (Database database = Database.open("file:" + file() + "?" + parameters, Options.DEFAULT);
        Session session = database.connect()) {
      return SessionRows.of(session, "SELECT sum(a) FROM t");
    }
  }

  @Test
  void aHotJournalThatCannotBePlayedBackIsAnError() throws IOException {
    assumeTrue(Shell.present());
    make("DELETE");
    // The header of a journal with one record that nobody ended.
    byte[] journal = new byte[512 + 4096 + 8];
    byte[] magic = {(byte) 0xd9, (byte) 0xd5, 5, (byte) 0xf9, 0x20, (byte) 0xa1, 0x63, (byte) 0xd7};
    System.arraycopy(magic, 0, journal, 0, 8);
    Files.write(directory.resolve("a.db-journal"), journal);
    try (Database database = Database.open(READ_ONLY, file().toString(), Options.DEFAULT);
        Session session = database.connect()) {
      assertThatThrownBy(() -> SessionRows.of(session, "SELECT sum(a) FROM t"))
          .isInstanceOf(ReadOnlyException.class);
    }
  }
}
