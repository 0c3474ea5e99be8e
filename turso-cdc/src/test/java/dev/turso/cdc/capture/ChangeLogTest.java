package dev.turso.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.record.RowImages;
import dev.turso.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeLogTest {

  @TempDir Path folder;

  private Database database;
  private Session session;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("log.db").toString(), Options.DEFAULT);
    session = database.connect();
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private List<String> log() {
    List<String> rows = new ArrayList<>();
    try (Statement statement =
            session.prepare(
                "SELECT change_txn_id, change_type, table_name, id, \"before\","
                    + " iif(change_type = 2, NULL, \"after\"), updates"
                    + " FROM turso_cdc ORDER BY change_id");
        Rows log = statement.query()) {
      while (log.next()) {
        rows.add(
            log.getText(0)
                + " "
                + log.getText(1)
                + " "
                + log.getText(2)
                + " "
                + log.getText(3)
                + " "
                + image(log.getBlob(4))
                + image(log.getBlob(5))
                + image(log.getBlob(6)));
      }
    }
    return rows;
  }

  private static String image(byte[] record) {
    return record == null ? "-" : Arrays.toString(RowImages.values(record)).replace("'", "");
  }

  @Test
  void everyKindOfWriteIsLoggedWithItsTransaction() {
    session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, r REAL)");
    session.execute("PRAGMA turso_capture = 'full'");
    session.execute("BEGIN; INSERT INTO t VALUES (1, 'x', 2); UPDATE t SET a = 'y'; COMMIT");
    session.execute("UPDATE t SET id = 5");
    session.execute("REPLACE INTO t VALUES (5, 'z', 0.5)");
    session.execute("DELETE FROM t");
    assertThat(log())
        .containsExactly(
            "1 1 t 1 -[1, x, 2.0]-",
            "1 0 t 1 [1, x, 2.0][1, y, 2.0][0, 1, 0, NULL, y, NULL]",
            "1 2 null null ---",
            "4 -1 t 1 [1, y, 2.0]--",
            "4 1 t 5 -[5, y, 2.0]-",
            "4 2 null null ---",
            "7 -1 t 5 [5, y, 2.0]--",
            "7 1 t 5 -[5, z, 0.5]-",
            "7 2 null null ---",
            "10 -1 t 5 [5, z, 0.5]--",
            "10 2 null null ---");
  }

  @Test
  void triggersAndCascadesAreInTheLogAndFailedStatementsAreNot() {
    session.execute(
        "PRAGMA foreign_keys = on;"
            + " CREATE TABLE p (id INTEGER PRIMARY KEY);"
            + " CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p ON DELETE CASCADE);"
            + " CREATE TABLE l (what UNIQUE);"
            + " CREATE TRIGGER tr AFTER DELETE ON c BEGIN INSERT INTO l VALUES (OLD.id); END;"
            + " INSERT INTO p VALUES (1); INSERT INTO c VALUES (10, 1), (11, 1);"
            + " PRAGMA turso_capture = 'id'");
    session.execute("DELETE FROM p");
    assertThat(log().stream().filter(row -> row.contains(" -1 c ")).toList()).hasSize(2);
    assertThat(log().stream().filter(row -> row.contains(" 1 l ")).toList()).hasSize(2);
    assertThat(log().stream().filter(row -> row.contains(" -1 p ")).toList()).hasSize(1);
    int before = log().size();
    assertThatThrownBy(() -> session.execute("INSERT INTO l VALUES (99), (10)"))
        .hasMessageContaining("UNIQUE");
    session.execute(
        "BEGIN; INSERT INTO l VALUES (50); SAVEPOINT s; INSERT INTO l VALUES (51);"
            + " ROLLBACK TO s; COMMIT");
    assertThat(log()).hasSize(before + 2);
  }

  @Test
  void theLogCanBeReadInsideTheTransactionThatWritesIt() {
    session.execute("CREATE TABLE t (a); PRAGMA turso_capture = 'after'; BEGIN");
    session.execute("INSERT INTO t VALUES (1)");
    assertThat(log()).hasSize(1);
    session.execute("INSERT INTO t VALUES (2); ROLLBACK");
    assertThat(log()).isEmpty();
  }

  @Test
  void captureIsKeptInTheFileAndCanBeSwitchedOff() {
    session.execute("CREATE TABLE t (a); PRAGMA turso_capture = 'full'");
    close();
    open();
    session.execute("INSERT INTO t VALUES (1)");
    assertThat(log()).hasSize(2);
    session.execute("PRAGMA turso_capture = 'off'; INSERT INTO t VALUES (2)");
    assertThat(log()).hasSize(2);
    assertThatThrownBy(() -> session.execute("PRAGMA turso_capture = 'some'"))
        .hasMessageContaining("some");
  }

  @Test
  void idsAreNeverUsedAgainAfterTheLogWasPruned() {
    session.execute("CREATE TABLE t (a); PRAGMA turso_capture = 'id'; INSERT INTO t VALUES (1)");
    session.execute("DELETE FROM turso_cdc");
    session.execute("INSERT INTO t VALUES (2)");
    assertThat(log()).first().asString().contains(" 1 t 2");
  }

  @Test
  void aWithoutRowidTableIsLoggedByItsKey() {
    session.execute("CREATE TABLE w (k TEXT PRIMARY KEY, v) WITHOUT ROWID");
    session.execute("PRAGMA turso_capture = 'full'");
    session.execute("INSERT INTO w VALUES ('a', 1); UPDATE w SET v = 2; UPDATE w SET k = 'b'");
    assertThat(log())
        .containsExactly(
            "1 1 w a -[a, 1]-",
            "1 2 null null ---",
            "3 0 w a [a, 1][a, 2][0, 1, NULL, 2]",
            "3 2 null null ---",
            "5 -1 w a [a, 2]--",
            "5 1 w b -[b, 2]-",
            "5 2 null null ---");
  }

  @Test
  void replayingTheLogGivesTheSameRows() {
    session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a); PRAGMA turso_capture = 'full'");
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    System.out.println("ChangeLogTest seed " + seed);
    java.util.Random random = new java.util.Random(seed);
    for (int i = 0; i < 300; i++) {
      int id = random.nextInt(10);
      session.execute(
          switch (random.nextInt(5)) {
            case 0 -> "INSERT OR REPLACE INTO t VALUES (" + id + ", " + i + ")";
            case 1 -> "UPDATE OR IGNORE t SET id = id + 1 WHERE id >= " + id;
            case 2 -> "DELETE FROM t WHERE id = " + id;
            case 3 ->
                "INSERT INTO t VALUES (" + id + ", 0) ON CONFLICT (id) DO UPDATE SET a = a + 1";
            default -> "BEGIN; INSERT OR IGNORE INTO t VALUES (" + id + ", 1); ROLLBACK";
          });
    }
    TreeMap<Long, String> replayed = new TreeMap<>();
    try (Statement statement =
            session.prepare(
                "SELECT change_type, id, \"after\" FROM turso_cdc"
                    + " WHERE change_type <> 2 ORDER BY change_id");
        Rows rows = statement.query()) {
      while (rows.next()) {
        if (rows.getLong(0) == LogTable.DELETE) {
          assertThat(replayed.remove(rows.getLong(1))).isNotNull();
        } else {
          replayed.put(rows.getLong(1), Arrays.toString(RowImages.values(rows.getBlob(2))));
        }
      }
    }
    TreeMap<Long, String> actual = new TreeMap<>();
    try (Statement statement = session.prepare("SELECT id, a FROM t");
        Rows rows = statement.query()) {
      while (rows.next()) {
        Value[] row = {rows.get(0), rows.get(1)};
        actual.put(rows.getLong(0), Arrays.toString(row));
      }
    }
    assertThat(replayed).isEqualTo(actual);
  }
}
