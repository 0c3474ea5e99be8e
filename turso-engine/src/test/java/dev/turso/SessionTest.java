package dev.turso;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {

  static String rows(Session session, String sql) {
    StringBuilder text = new StringBuilder();
    try (Statement s = session.prepare(sql);
        Rows rows = s.query()) {
      while (rows.next()) {
        if (!text.isEmpty()) {
          text.append('\n');
        }
        for (int i = 0; i < rows.columnCount(); i++) {
          text.append(i == 0 ? "" : "|").append(rows.getText(i));
        }
      }
    }
    return text.toString();
  }

  @Test
  void aTableIsMadeFilledAndRead() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT UNIQUE, size REAL)");
      session.execute("INSERT INTO t(name, size) VALUES ('a', 1), ('b', 2.5)");
      assertThat(session.changes()).isEqualTo(2);
      assertThat(session.lastInsertRowid()).isEqualTo(2);
      assertThat(rows(session, "SELECT * FROM t")).isEqualTo("1|a|1.0\n2|b|2.5");
      session.execute("UPDATE t SET size = size + 1 WHERE name = 'a'");
      session.execute("DELETE FROM t WHERE id = 2");
      assertThat(rows(session, "SELECT * FROM t")).isEqualTo("1|a|2.0");
    }
  }

  @Test
  void nativeSqliteReadsWhatWasWritten(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("a.db");
    try (Database database = Database.open(file.toString(), Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(
          "CREATE TABLE t(a, b TEXT COLLATE NOCASE, c REAL DEFAULT 1, PRIMARY KEY(a, b)) WITHOUT ROWID");
      session.execute(
          "CREATE TABLE u(x INTEGER PRIMARY KEY AUTOINCREMENT, y UNIQUE, z AS (y||'!'))");
      session.execute("CREATE INDEX ui ON u(z, y DESC) WHERE y > 5");
      session.execute("BEGIN");
      for (int i = 0; i < 500; i++) {
        session.execute("INSERT INTO t(a,b) VALUES (" + i % 50 + ", 'b" + i + "')");
        session.execute("INSERT INTO u(y) VALUES (" + i + ")");
      }
      session.execute("COMMIT");
      session.execute("UPDATE u SET y = y + 1000 WHERE x % 3 = 0");
      session.execute("DELETE FROM t WHERE a = 7");
      session.execute("CREATE TABLE v AS SELECT a, b AS bb, count(*) AS n FROM t GROUP BY a");
    }
    assertThat(
            nativeSqlite(
                file,
                "PRAGMA integrity_check; SELECT count(*) FROM t; SELECT max(x), max(y), z FROM u; SELECT * FROM sqlite_sequence; SELECT count(*) FROM v"))
        .isEqualTo("ok\n490\n500|1497|1497!\nu|500\n49");
  }

  static String nativeSqlite(Path file, String sql) throws Exception {
    Process process =
        new ProcessBuilder("sqlite3", file.toString(), sql).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return out.strip();
  }
}
