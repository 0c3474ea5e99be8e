package dev.turso.damage;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.DatabaseException;
import dev.turso.vfs.FileSystem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Databases of different shapes, all with a table {@code t(id, a, b)} for the same script. */
enum Shape {
  SMALL_PAGES(
      "PRAGMA page_size=512",
      "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b); CREATE INDEX i ON t(a)"),
  WITHOUT_ROWID(
      "PRAGMA page_size=1024", "CREATE TABLE t(id PRIMARY KEY, a TEXT UNIQUE, b) WITHOUT ROWID"),
  UTF_16_VACUUMED(
      "PRAGMA encoding='UTF-16le'; PRAGMA page_size=512; PRAGMA auto_vacuum=FULL",
      "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b); CREATE INDEX i ON t(a DESC)"),
  BIG_ENDIAN_INCREMENTAL(
      "PRAGMA encoding='UTF-16be'; PRAGMA page_size=4096; PRAGMA auto_vacuum=INCREMENTAL",
      "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b);"
          + " CREATE INDEX p ON t(length(b)) WHERE id % 2"),
  TRIGGERS(
      "PRAGMA page_size=1024; PRAGMA auto_vacuum=FULL",
      "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b); CREATE TABLE h(x, y);"
          + " CREATE TRIGGER r AFTER UPDATE ON t BEGIN INSERT INTO h VALUES(old.id, old.a); END;"
          + " CREATE TRIGGER d AFTER DELETE ON t BEGIN DELETE FROM h WHERE x = old.id; END;"
          + " CREATE VIEW v AS SELECT a, count(*) FROM t GROUP BY a"),
  LARGE_PAGES(
      "PRAGMA page_size=16384",
      "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b, c AS (length(b)) STORED);"
          + " CREATE INDEX i ON t(a, b); CREATE INDEX c ON t(c)");

  static final String PATH = "/a.db";

  private static final int LONGEST_SHOWN = 200;

  /** One commit each, or none. */
  static final List<String> SCRIPT =
      List.of(
          "INSERT INTO t(id, a, b) SELECT value, 'a' || value, zeroblob(value % 50)"
              + " FROM generate_series(1, 30)",
          "UPDATE t SET b = zeroblob(1500) WHERE id % 7 = 0",
          "INSERT INTO t(id, a, b) SELECT value, 'b' || value, 'text ' || value"
              + " FROM generate_series(31, 50)",
          "DELETE FROM t WHERE id BETWEEN 10 AND 20",
          "BEGIN; UPDATE t SET a = a || 'y' WHERE id < 9; SAVEPOINT s; DELETE FROM t; ROLLBACK TO s;"
              + " DELETE FROM t WHERE id = 5; COMMIT",
          "CREATE INDEX j ON t(b)",
          "UPDATE t SET a = a || 'x'",
          "PRAGMA incremental_vacuum",
          "DROP INDEX j",
          "CREATE TABLE u AS SELECT id, a, b FROM t",
          "DELETE FROM t WHERE id % 2",
          "VACUUM",
          "PRAGMA wal_checkpoint(TRUNCATE)",
          "INSERT INTO t(id, a, b) VALUES(100, 'last', zeroblob(3000))",
          "DROP TABLE u");

  private final String settings;
  private final String tables;

  Shape(String settings, String tables) {
    this.settings = settings;
    this.tables = tables;
  }

  static Database open(FileSystem files) {
    return Database.open(files, List.of(), PATH, Options.DEFAULT.withCacheBytes(64 << 10));
  }

  /** Makes the tables of the shape in an empty file. */
  void make(Session session, String journalMode, String synchronous) {
    session.execute(settings);
    session.execute("PRAGMA journal_mode=" + journalMode);
    session.execute("PRAGMA synchronous=" + synchronous);
    session.execute("BEGIN; " + tables + "; COMMIT");
  }

  /** Everything that a database says, as text. */
  static List<String> content(Session session) {
    List<String> content = new ArrayList<>(rows(session, "SELECT * FROM sqlite_schema"));
    for (String each : rows(session, "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
      content.addAll(rows(session, "SELECT * FROM " + each));
    }
    content.removeIf(row -> row.startsWith("index|") || row.startsWith("table|"));
    return content;
  }

  static List<String> rows(Session session, String sql) {
    List<String> found = new ArrayList<>();
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < rows.columnCount(); i++) {
          row.append(i == 0 ? "" : "|").append(rows.isNull(i) ? "null" : shown(rows.getText(i)));
        }
        found.add(row.toString());
      }
    }
    return found;
  }

  private static String shown(@Nullable String text) {
    return text == null || text.length() <= LONGEST_SHOWN
        ? String.valueOf(text)
        : text.length() + " characters, hash " + text.hashCode();
  }

  /** The same, or the error. */
  static String answer(Session session, String sql) {
    try {
      return String.join(";", rows(session, sql));
    } catch (DatabaseException e) {
      return NativeJudge.ERROR + e.getMessage();
    }
  }
}
