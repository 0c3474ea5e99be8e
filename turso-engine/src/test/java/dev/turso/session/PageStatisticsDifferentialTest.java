package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dbstat} says of our files what native SQLite says of a copy. */
class PageStatisticsDifferentialTest {

  @TempDir Path folder;

  private static final List<String> QUERIES =
      List.of(
          "SELECT * FROM dbstat",
          "SELECT name, pageno, pagetype, schema, aggregate FROM dbstat WHERE name = 'w'",
          "SELECT * FROM dbstat WHERE aggregate = TRUE",
          "SELECT name, sum(pgsize - unused) FROM dbstat GROUP BY name ORDER BY 2, 1",
          "SELECT count(*) FROM dbstat('main', 1)",
          "SELECT count(*) FROM dbstat('temp')",
          "SELECT * FROM stat",
          "SELECT name, pageno FROM stat WHERE aggregate = 1",
          "SELECT name FROM stat WHERE aggregate = 5 OR aggregate = NULL",
          "SELECT count(*) FROM stat('temp')");

  private static final String MODULE = "CREATE VIRTUAL TABLE temp.stat USING dbstat(main)";

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 4096, 65536})
  void isAsOfNativeSqlite(int pageSize) throws Exception {
    Path file = folder.resolve("ours.db");
    List<List<String>> ours = new ArrayList<>();
    try (Database database = Database.open(file.toString(), Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("PRAGMA page_size = " + pageSize);
      session.execute("PRAGMA journal_mode = delete");
      fill(session);
      session.execute(MODULE);
      for (String sql : QUERIES) {
        ours.add(
            AllRows.of(session, sql).stream().map(PageStatisticsDifferentialTest::row).toList());
      }
    }
    Path copy = Files.copy(file, folder.resolve("copy.db"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement()) {
      statement.execute(MODULE);
      for (int i = 0; i < QUERIES.size(); i++) {
        assertThat(ours.get(i)).as(QUERIES.get(i)).isEqualTo(rows(statement, QUERIES.get(i)));
      }
    }
    assertThat(ours.get(0)).hasSizeGreaterThan(pageSize < 65536 ? 20 : 6);
  }

  private static void fill(Session session) {
    session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT UNIQUE, b)");
    session.execute("CREATE TABLE w(a TEXT, b, PRIMARY KEY(a, b)) WITHOUT ROWID");
    session.execute("CREATE INDEX \"Index of t\" ON t(b)");
    session.execute("CREATE TABLE small(x)");
    session.execute("INSERT INTO small VALUES (1)");
    session.execute("CREATE VIEW v AS SELECT 1");
    session.execute(
        "INSERT INTO t SELECT value, 'key ' || value, zeroblob((value * 7919) % 3000)"
            + " FROM generate_series(1, 400)");
    session.execute(
        "INSERT INTO w SELECT 'w' || value, zeroblob(value * 5) FROM generate_series(1, 300)");
    session.execute("DELETE FROM t WHERE id % 3 = 0 OR id BETWEEN 100 AND 180");
    session.execute("UPDATE t SET b = zeroblob(20) WHERE id % 5 = 0");
  }

  private static String row(List<Value> row) {
    List<String> texts = new ArrayList<>();
    for (Value each : row) {
      texts.add(each.isNull() ? "null" : each.asString());
    }
    return texts.toString();
  }

  private static List<String> rows(Statement statement, String sql) throws Exception {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
