package dev.turso.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.record.RowImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionCaptureTest {

  private Database database;
  private Session session;

  @BeforeEach
  void open() {
    database = Database.open("mem:session-capture", Options.DEFAULT);
    session = database.connect();
    session.execute("CREATE TABLE t (x INTEGER PRIMARY KEY, y)");
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private static List<String> rows(Session session, String sql) {
    List<String> all = new ArrayList<>();
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < statement.columnCount(); i++) {
          row.add(rows.get(i).isNull() ? "-" : rows.get(i).asString());
        }
        all.add(String.join("|", row));
      }
    }
    return all;
  }

  private List<String> log() {
    List<String> all = new ArrayList<>();
    try (Statement statement =
            session.prepare(
                "SELECT change_type, table_name, id, \"before\", \"after\", updates"
                    + " FROM turso_cdc ORDER BY change_id");
        Rows rows = statement.query()) {
      while (rows.next()) {
        all.add(
            rows.getText(0)
                + " "
                + rows.getText(1)
                + " "
                + rows.getText(2)
                + " "
                + image(rows.getBlob(3))
                + image(rows.getBlob(4))
                + image(rows.getBlob(5)));
      }
    }
    return all;
  }

  private static String image(byte[] record) {
    return record == null ? "-" : Arrays.toString(RowImages.values(record)).replace("'", "");
  }

  @Test
  void everyStatementOutsideATransactionEndsWithACommitRow() {
    session.execute("PRAGMA capture_data_changes_conn('full')");
    session.execute("INSERT INTO t VALUES (1, 2), (3, 4)");
    session.execute("UPDATE t SET y = 3 WHERE x = 1");
    session.execute("DELETE FROM t WHERE x = 3");
    session.execute("UPDATE t SET x = 2 WHERE x = 1");
    session.execute("DELETE FROM t WHERE x = 100");
    assertThat(log())
        .containsExactly(
            "1 t 1 -[1, 2]-",
            "1 t 3 -[3, 4]-",
            "2 null null ---",
            "0 t 1 [1, 2][1, 3][0, 1, NULL, 3]",
            "2 null null ---",
            "-1 t 3 [3, 4]--",
            "2 null null ---",
            "-1 t 1 [1, 3]--",
            "1 t 2 -[2, 3]-",
            "2 null null ---",
            "2 null null ---");
    assertThat(rows(session, "SELECT change_txn_id FROM turso_cdc"))
        .containsExactly("1", "1", "1", "4", "4", "6", "6", "8", "8", "8", "-1");
    assertThat(session.changes()).isZero();
  }

  @Test
  void thePragmaTellsModeTableAndVersion() {
    assertThat(rows(session, "PRAGMA capture_data_changes_conn")).containsExactly("off|-|-");
    session.execute("PRAGMA capture_data_changes_conn = 'full'");
    assertThat(rows(session, "PRAGMA unstable_capture_data_changes_conn"))
        .containsExactly("full|turso_cdc|v2");
    session.execute("PRAGMA capture_data_changes_conn('id,other')");
    assertThat(rows(session, "PRAGMA capture_data_changes_conn")).containsExactly("id|other|v2");
    assertThat(rows(session, "SELECT * FROM turso_cdc_version"))
        .containsExactly("turso_cdc|v2", "other|v2");
    session.execute("PRAGMA capture_data_changes_conn('off')");
    assertThat(rows(session, "PRAGMA capture_data_changes_conn")).containsExactly("off|-|-");
    assertThatThrownBy(() -> session.execute("PRAGMA capture_data_changes_conn('all')"))
        .hasMessageContaining("off|id|before|after|full");
    assertThat(rows(session, "SELECT count(*) FROM turso_cdc")).containsExactly("0");
  }

  @Test
  void onlyTheSessionThatAskedIsCaptured() {
    session.execute("PRAGMA capture_data_changes_conn('id')");
    try (Session other = database.connect()) {
      other.execute("INSERT INTO t VALUES (1, 1)");
      other.execute("PRAGMA capture_data_changes_conn('id')");
      other.execute("INSERT INTO t VALUES (2, 2)");
      other.execute("PRAGMA capture_data_changes_conn('off')");
      other.execute("INSERT INTO t VALUES (3, 3)");
    }
    session.execute("INSERT INTO t VALUES (4, 4)");
    assertThat(log())
        .containsExactly("1 t 2 ---", "2 null null ---", "1 t 4 ---", "2 null null ---");
  }

  @Test
  void aTransactionHasOneCommitRowAndARolledBackOneNone() {
    session.execute("PRAGMA capture_data_changes_conn('id')");
    session.execute("BEGIN; COMMIT; BEGIN; DELETE FROM t WHERE x = 1; COMMIT");
    assertThat(log()).isEmpty();
    session.execute("BEGIN; INSERT INTO t VALUES (1, 1); INSERT INTO t VALUES (2, 2)");
    assertThat(log()).hasSize(2);
    session.execute("SAVEPOINT s; INSERT INTO t VALUES (3, 3)");
    assertThat(log()).hasSize(3);
    session.execute("ROLLBACK TO s; COMMIT");
    assertThat(rows(session, "SELECT change_id, change_txn_id, change_type FROM turso_cdc"))
        .containsExactly("1|1|1", "2|1|1", "3|1|2");
    session.execute("BEGIN; INSERT INTO t VALUES (9, 9); ROLLBACK");
    session.execute("BEGIN; SAVEPOINT s; INSERT INTO t VALUES (9, 9)");
    assertThat(log()).hasSize(4);
    session.execute("ROLLBACK TO s; COMMIT");
    assertThat(log()).hasSize(3);
    assertThatThrownBy(() -> session.execute("INSERT INTO t VALUES (5, 5), (1, 1)"))
        .hasMessageContaining("UNIQUE");
    assertThat(log()).hasSize(3);
  }

  @Test
  void anUpsertHasTheRowBefore() {
    session.execute("INSERT INTO t VALUES (1, 'old'); PRAGMA capture_data_changes_conn('full')");
    session.execute("INSERT INTO t VALUES (1, 'new') ON CONFLICT (x) DO UPDATE SET y = excluded.y");
    assertThat(log()).startsWith("0 t 1 [1, old][1, new][0, 1, NULL, new]");
  }

  @Test
  void definitionsOfTablesAndIndexesAreCaptured() {
    session.execute("PRAGMA capture_data_changes_conn('full')");
    session.execute("CREATE TABLE u (a, b UNIQUE)");
    session.execute("CREATE INDEX i ON u(a)");
    session.execute("CREATE VIEW v AS SELECT 1");
    session.execute("ALTER TABLE u ADD COLUMN c");
    session.execute("DROP INDEX i");
    session.execute("CREATE INDEX i ON u(a)");
    session.execute("DROP TABLE u");
    List<String> log = new ArrayList<>(log());
    log.removeIf(row -> row.startsWith("2 "));
    assertThat(log.stream().map(row -> row.replaceAll(", [0-9]+, (CREATE|NULL, A)", ", #, $1")))
        .map(row -> row.replaceAll("sqlite_schema [0-9]+", "sqlite_schema #"))
        .containsExactly(
            "1 sqlite_schema # -[table, u, u, #, CREATE TABLE u (a, b UNIQUE)]-",
            "1 sqlite_schema # -[index, i, u, #, CREATE INDEX i ON u(a)]-",
            "0 sqlite_schema # [table, u, u, #, CREATE TABLE u (a, b UNIQUE)]"
                + "[table, u, u, #, CREATE TABLE u (a, b UNIQUE, c)]"
                + "[0, 0, 0, 0, 1, NULL, NULL, NULL, NULL, ALTER TABLE u ADD COLUMN c]",
            "-1 sqlite_schema # [index, i, u, #, CREATE INDEX i ON u(a)]--",
            "1 sqlite_schema # -[index, i, u, #, CREATE INDEX i ON u(a)]-",
            "-1 sqlite_schema # [table, u, u, #, CREATE TABLE u (a, b UNIQUE, c)]--");
  }

  @Test
  void anOlderLayoutIsKept() {
    session.execute(
        "CREATE TABLE turso_cdc (change_id INTEGER PRIMARY KEY AUTOINCREMENT, change_time INTEGER,"
            + " change_type INTEGER, table_name TEXT, id, before BLOB, after BLOB, updates BLOB)");
    session.execute("PRAGMA capture_data_changes_conn('id')");
    session.execute("INSERT INTO t VALUES (1, 10), (2, 20)");
    assertThat(rows(session, "SELECT change_id, change_type, table_name, id FROM turso_cdc"))
        .containsExactly("1|1|t|1", "2|1|t|2");
    assertThat(rows(session, "PRAGMA capture_data_changes_conn"))
        .containsExactly("id|turso_cdc|v1");
  }

  @Test
  void changesOfAttachedDatabasesAreCapturedInMain() {
    session.execute("PRAGMA capture_data_changes_conn('full'); ATTACH ':memory:' AS aux");
    session.execute("CREATE TABLE aux.a (x); INSERT INTO aux.a VALUES (1), (2)");
    session.execute("DELETE FROM aux.a WHERE x = 1");
    assertThat(
            rows(
                session,
                "SELECT table_name, change_type FROM turso_cdc WHERE table_name <> 'sqlite_schema'"))
        .containsExactly("a|1", "a|1", "a|-1");
  }

  @Test
  void aDroppedLogLosesItsVersionAndFailsTheNextWrite() {
    session.execute("PRAGMA capture_data_changes_conn('full'); INSERT INTO t VALUES (1, 1)");
    session.execute("DROP TABLE turso_cdc");
    assertThat(rows(session, "SELECT count(*) FROM turso_cdc_version")).containsExactly("0");
    assertThatThrownBy(() -> session.execute("INSERT INTO t VALUES (2, 2)"))
        .hasMessageContaining("no such table: turso_cdc");
    session.execute("PRAGMA capture_data_changes_conn('full'); INSERT INTO t VALUES (2, 2)");
    assertThat(log()).hasSize(2);
  }

  @Test
  void switchingOnIsUndoneWithItsTransaction() {
    session.execute("BEGIN; PRAGMA capture_data_changes_conn('full'); INSERT INTO t VALUES (1, 1)");
    assertThat(log()).hasSize(1);
    session.execute("ROLLBACK; INSERT INTO t VALUES (1, 1)");
    assertThat(rows(session, "PRAGMA capture_data_changes_conn")).containsExactly("off|-|-");
  }

  @Test
  void recordsAreReadAsJson() {
    session.execute("PRAGMA capture_data_changes_conn('full'); INSERT INTO t VALUES (1, 'a\"b')");
    assertThat(
            rows(
                session,
                "SELECT bin_record_json_object(table_columns_json_array('t'), \"after\")"
                    + " FROM turso_cdc WHERE change_type = 1"))
        .containsExactly("{\"x\":1,\"y\":\"a\\\"b\"}");
    session.execute(
        "CREATE TABLE computed (a INTEGER PRIMARY KEY, b AS (c + 1), c, d AS (c * 2) STORED);"
            + "DELETE FROM turso_cdc; INSERT INTO computed (c) VALUES (5)");
    assertThat(
            rows(
                session,
                "SELECT bin_record_json_object(table_columns_json_array('computed'), \"after\")"
                    + " FROM turso_cdc WHERE table_name = 'computed'"))
        .containsExactly("{\"a\":1,\"c\":5,\"d\":10}");
    assertThat(rows(session, "SELECT table_columns_json_array('turso_cdc')"))
        .containsExactly(
            "[\"change_id\",\"change_time\",\"change_txn_id\",\"change_type\",\"table_name\","
                + "\"id\",\"before\",\"after\",\"updates\"]");
    assertThat(rows(session, "SELECT bin_record_json_object('[\"a\"]', NULL)"))
        .containsExactly("-");
    assertThatThrownBy(() -> rows(session, "SELECT table_columns_json_array('none')"))
        .hasMessageContaining("doesn't exists");
    assertThatThrownBy(() -> rows(session, "SELECT bin_record_json_object('[\"a\"]', x'020C')"))
        .hasMessageContaining("BLOB");
  }
}
