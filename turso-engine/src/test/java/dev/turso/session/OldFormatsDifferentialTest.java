package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.btree.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of other encodings and of old schema formats mean what they mean to native SQLite. */
class OldFormatsDifferentialTest {

  @TempDir Path directory;

  @BeforeEach
  void needsTheShell() {
    assumeTrue(Shell.present(), "the sqlite3 shell is not installed");
  }

  private Path file() {
    return directory.resolve("a.db");
  }

  private String ours(String sql) {
    try (Database database = Database.open(file().toString(), Options.DEFAULT);
        Session session = database.connect()) {
      return SessionRows.of(session, sql);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16le", "UTF-16be"})
  void bytesOfATextAreThoseOfTheEncoding(String encoding) {
    Shell.run(
        file(),
        "PRAGMA encoding='"
            + encoding
            + "'; CREATE TABLE t(s); INSERT INTO t VALUES ('a'), ('é'), ('😀'), (7), (x'4142'), (NULL),"
            + " (1.5), (''); CREATE INDEX i ON t(hex(s)); CREATE INDEX j ON t(s);");
    String sql =
        "SELECT hex(s), hex(CAST(s AS BLOB)), typeof(CAST(s AS BLOB)),"
            + " hex(CAST(CAST(s AS BLOB) AS TEXT)), length(s) FROM t ORDER BY s;";
    assertThat(ours(sql)).isEqualTo(Shell.run(file(), sql));
    assertThat(ours("PRAGMA integrity_check")).isEqualTo("ok");
  }

  @Test
  void descendingIndexesOfOldSchemaFormatsAscend() {
    Shell.run(
        file(),
        "PRAGMA legacy_file_format=1; CREATE TABLE t(a, b); INSERT INTO t VALUES (1,5),(2,9),(3,7);"
            + "CREATE INDEX i ON t(b);");
    // The text alone changes: below format 4 the tree of such an index ascends.
    Shell.run(
        file(),
        "PRAGMA writable_schema=1; UPDATE sqlite_schema SET sql='CREATE INDEX i ON t(b DESC)'"
            + " WHERE name='i';");
    setFormat(1);
    assertThat(ours("SELECT b FROM t ORDER BY b DESC")).isEqualTo("9\n7\n5");
    assertThat(ours("PRAGMA integrity_check")).isEqualTo("ok");
    ours("INSERT INTO t VALUES (4, 6)");
    assertThat(Shell.run(file(), "PRAGMA integrity_check; SELECT b FROM t ORDER BY b;"))
        .isEqualTo("ok\n5\n6\n7\n9");
  }

  @Test
  void aSchemaFormatOfTheFutureIsRefused() {
    Shell.run(file(), "CREATE TABLE t(a);");
    setFormat(5);
    assertThatThrownBy(() -> ours("SELECT * FROM t"))
        .hasMessageContaining("unsupported file format");
  }

  private void setFormat(int format) {
    try {
      byte[] bytes = Files.readAllBytes(file());
      bytes[47] = (byte) format;
      Files.write(file(), bytes);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void keysThatOldVersionsLetPassAreReadFromASchemaButNotMade() {
    Shell.run(
        file(),
        "CREATE TABLE t(a TEXT PRIMARY KEY, b, FOREIGN KEY(b) REFERENCES t(a));"
            + "PRAGMA writable_schema=1; UPDATE sqlite_schema SET sql='CREATE TABLE t(a TEXT PRIMARY"
            + " KEY, b, FOREIGN KEY(b COLLATE nocase) REFERENCES t(a ASC))' WHERE name='t';");
    assertThat(ours("SELECT count(*) FROM t")).isEqualTo("0");
    assertThatThrownBy(
            () -> ours("CREATE TABLE u(b, FOREIGN KEY(b COLLATE nocase) REFERENCES t(a))"))
        .hasMessageContaining("syntax error after column name \"b\"");
  }

  @Test
  void tablesAreRenamedUnderTriggersThatCallWhatOnlyOtherConnectionsHave() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(
          "CREATE TABLE t(a); CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT nosuch(new.a); END;"
              + "ALTER TABLE t RENAME TO u");
      assertThat(SessionRows.of(session, "SELECT sql FROM sqlite_schema WHERE name = 'r'"))
          .contains("ON \"u\"");
      assertThatThrownBy(() -> session.execute("INSERT INTO u VALUES (1)"))
          .hasMessageContaining("no such function: nosuch");
    }
  }

  @Test
  void vacuumForgetsTheCountsOfRowidsWhenNoTableCounts() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT); DROP TABLE t; VACUUM");
      assertThat(SessionRows.of(session, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
    }
  }
}
