package dev.turso.dbsp.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views without data, filled while writers go on; and leaving the file again. */
class FillingInSlicesTest {

  private static final List<String> VIEWS =
      List.of(
          "SELECT id, v FROM a WHERE v > 50",
          "SELECT k, COUNT(*) AS n, SUM(v) AS s, MIN(v) AS lo, MAX(v) AS hi FROM a GROUP BY k",
          "SELECT COUNT(*) AS n, SUM(v) AS s FROM a",
          "SELECT a.id, b.name, c.note FROM a JOIN b ON b.k = a.k JOIN c ON c.k = b.k",
          "SELECT b.k, b.name, a.id FROM b LEFT JOIN a ON a.k = b.k AND a.v > 90",
          "SELECT DISTINCT v FROM a",
          "SELECT id, v FROM a ORDER BY v DESC, id LIMIT 7",
          "SELECT id, row_number() OVER (PARTITION BY k ORDER BY v, id) AS r FROM a WHERE v < 20",
          "SELECT k FROM b WHERE NOT EXISTS (SELECT 1 FROM a WHERE a.k = b.k AND v > 97)",
          "SELECT k FROM a EXCEPT SELECT k FROM c",
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < (SELECT COUNT(*)"
              + " FROM b)) SELECT i FROM n");

  @TempDir Path folder;

  private static List<String> rows(Session session, String sql) {
    List<String> found = new ArrayList<>();
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < rows.columnCount(); i++) {
          row.append(i == 0 ? "" : "|").append(rows.get(i).asString());
        }
        found.add(row.toString());
      }
    }
    found.sort(null);
    return found;
  }

  private static String status(Session session, String view) {
    for (String each : rows(session, "PRAGMA turso_views")) {
      String[] fields = each.split("\\|", -1);
      if (fields[0].equals(view)) {
        return fields[1];
      }
    }
    throw new AssertionError(view);
  }

  private static void schema(Session session, int rows) {
    session.execute(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, k INT, v INT);"
            + " CREATE TABLE b (k INTEGER PRIMARY KEY, name TEXT);"
            + " CREATE TABLE c (k INT PRIMARY KEY, note TEXT) WITHOUT ROWID;"
            + " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + rows
            + ") INSERT INTO a SELECT i, i % 40, (i * 7919) % 100 FROM n;"
            + " INSERT INTO b SELECT DISTINCT k, 'name' || k FROM a;"
            + " INSERT INTO c SELECT k, 'note' || k FROM b WHERE k % 3 = 0");
  }

  private static void change(Session session, Random random) {
    int id = random.nextInt(7_500);
    int k = random.nextInt(45);
    session.execute(
        switch (random.nextInt(7)) {
          case 0, 1 ->
              "INSERT OR REPLACE INTO a VALUES ("
                  + id
                  + ", "
                  + k
                  + ", "
                  + random.nextInt(100)
                  + ")";
          case 2 -> "UPDATE a SET v = (v + 13) % 100 WHERE k = " + k + " AND id % 50 = 3";
          case 3 -> "DELETE FROM a WHERE id BETWEEN " + id + " AND " + (id + 5);
          case 4 -> "UPDATE a SET id = id + 20000 WHERE id = " + id;
          case 5 -> "INSERT OR REPLACE INTO b VALUES (" + k + ", 'other" + random.nextInt(9) + "')";
          default -> "INSERT OR REPLACE INTO c VALUES (" + k + ", 'more')";
        });
  }

  private static void compare(Session session, String when) {
    for (int i = 0; i < VIEWS.size(); i++) {
      session.execute("BEGIN");
      assertThat(rows(session, "SELECT * FROM v" + i))
          .as(when + ": " + VIEWS.get(i))
          .isEqualTo(rows(session, VIEWS.get(i)));
      session.execute("COMMIT");
    }
  }

  private static void awaitCurrent(Session session) throws InterruptedException {
    for (int i = 0; i < VIEWS.size(); i++) {
      for (int n = 0; n < 2_000 && status(session, "v" + i).equals("filling"); n++) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(status(session, "v" + i)).as(VIEWS.get(i)).isEqualTo("current");
    }
    for (String each : rows(session, "PRAGMA turso_check_views")) {
      assertThat(each).endsWith("|ok");
    }
  }

  @Test
  void aViewWithoutDataReadsAsItsQueryUntilItIsRefreshed() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      schema(session, 100);
      session.execute("CREATE MATERIALIZED VIEW v AS SELECT SUM(v) AS s FROM a WITH NO DATA");
      session.execute("CREATE MATERIALIZED VIEW w AS SELECT s + 1 AS t FROM v");
      session.execute("UPDATE a SET v = v + 1");
      assertThat(status(session, "v")).isEqualTo("empty");
      assertThat(rows(session, "SELECT * FROM v")).isEqualTo(rows(session, "SELECT SUM(v) FROM a"));
      assertThat(rows(session, "SELECT * FROM w"))
          .isEqualTo(rows(session, "SELECT SUM(v) + 1 FROM a"));
      session.execute("REFRESH MATERIALIZED VIEW v");
      session.execute("UPDATE a SET v = v + 1");
      assertThat(status(session, "v")).isEqualTo("current");
      assertThat(status(session, "w")).isEqualTo("current");
      assertThat(rows(session, "PRAGMA turso_check_views")).containsExactly("v|ok", "w|ok");
    }
  }

  @Test
  void viewsFillWhileAWriterGoesOnAndGoOnAfterReopening() throws Exception {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    System.out.println("FillingInSlicesTest seed " + seed);
    Random random = new Random(seed);
    String path = folder.resolve("fill.db").toString();
    Options options = Options.DEFAULT.withBusyTimeout(20_000);
    try (Database database = Database.open(path, options);
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF");
      schema(session, 6_000);
      for (int i = 0; i < VIEWS.size(); i++) {
        session.execute("CREATE MATERIALIZED VIEW v" + i + " AS " + VIEWS.get(i) + " WITH NO DATA");
      }
      for (int i = 0; i < VIEWS.size(); i++) {
        session.execute("REFRESH MATERIALIZED VIEW v" + i + " ONLINE");
        change(session, random);
      }
    }
    try (Database database = Database.open(path, options);
        Session session = database.connect()) {
      for (int i = 0; i < 60; i++) {
        change(session, random);
        if (i % 20 == 0) {
          compare(session, "seed " + seed + ", while filling");
        }
      }
      awaitCurrent(session);
      for (int i = 0; i < 20; i++) {
        change(session, random);
      }
      compare(session, "seed " + seed + ", after filling");
      session.execute("REFRESH MATERIALIZED VIEW v1 ONLINE; CREATE INDEX a_v ON a (v)");
      change(session, random);
      awaitCurrent(session);
    }
  }

  @Test
  void aDetachedFileHasPlainTablesAndNothingElse() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      schema(session, 200);
      session.execute("CREATE MATERIALIZED VIEW v AS SELECT k, SUM(v) AS s FROM a GROUP BY k");
      session.execute("CREATE MATERIALIZED VIEW w AS SELECT MAX(s) AS m FROM v WITH NO DATA");
      List<String> before = rows(session, "SELECT * FROM v");
      assertThat(rows(session, "PRAGMA turso_detach")).containsExactly("v|table", "w|view");
      assertThat(rows(session, "SELECT name FROM sqlite_schema WHERE name LIKE 'turso%'"))
          .isEmpty();
      assertThat(rows(session, "SELECT * FROM v")).isEqualTo(before);
      session.execute("UPDATE v SET s = 1; DELETE FROM a");
      assertThat(rows(session, "SELECT * FROM w")).containsExactly("1");
      assertThat(rows(session, "PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  @Test
  void viewsOfUtf16DatabasesFollowTheirTables() {
    for (String encoding : List.of("UTF-16le", "UTF-16be")) {
      try (Database database = Database.open(":memory:", Options.DEFAULT);
          Session session = database.connect()) {
        session.execute("PRAGMA encoding = '" + encoding + "'");
        session.execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT COLLATE NOCASE, v TEXT);"
                + " INSERT INTO t VALUES (1, 'é', 'x€'), (2, 'b', 'y'), (3, 'B', '😀')");
        session.execute(
            "CREATE MATERIALIZED VIEW g AS SELECT k, COUNT(*) AS n, MAX(v) AS m FROM t GROUP BY k;"
                + " CREATE MATERIALIZED VIEW j AS SELECT t.id, g.n, t.v FROM t JOIN g ON g.k = t.k;"
                + " CREATE MATERIALIZED VIEW d AS SELECT DISTINCT upper(v) AS u FROM t");
        session.execute("INSERT INTO t VALUES (4, 'É', 'ÿ'), (5, 'b', 'x€')");
        session.execute("UPDATE t SET v = v || '€' WHERE id > 2; DELETE FROM t WHERE id = 1");
        assertThat(rows(session, "PRAGMA encoding")).containsExactly(encoding);
        assertThat(rows(session, "PRAGMA turso_check_views"))
            .containsExactly("d|ok", "g|ok", "j|ok");
        assertThat(rows(session, "SELECT status FROM (SELECT 1 AS status)")).hasSize(1);
      }
    }
  }
}
