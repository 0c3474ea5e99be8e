package dev.turso.dbsp.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a commit of one row costs a view does not depend on how many rows there are. */
class WorkOfACommitTest {

  private static final List<String> VIEWS =
      List.of(
          "SELECT id, v FROM a WHERE v >= 0",
          "SELECT k, COUNT(*) AS n, SUM(v) AS s, MIN(v) AS lo, MAX(v) AS hi FROM a GROUP BY k",
          "SELECT COUNT(*) AS n, AVG(v) AS m FROM a",
          "SELECT a.id, b.name, a.v FROM a JOIN b ON b.k = a.k",
          "SELECT a.id, b.name, a.v FROM a LEFT JOIN b ON b.k = a.k",
          "SELECT DISTINCT v FROM a",
          "SELECT id, v FROM a ORDER BY v DESC, id LIMIT 10",
          "SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k)",
          "SELECT v FROM a UNION SELECT k FROM b");

  /** Rows touched by inserting, changing and deleting one row. */
  private static Map<String, Long> touched(int rows) {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(
          "CREATE TABLE a (id INTEGER PRIMARY KEY, k INT, v INT);"
              + " CREATE TABLE b (k INTEGER PRIMARY KEY, name TEXT);"
              + " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + rows
              + ") INSERT INTO a SELECT i, i / 10, (i * 7919) % 1000003 FROM n;"
              + " INSERT INTO b SELECT DISTINCT k, 'name' FROM a");
      for (int i = 0; i < VIEWS.size(); i++) {
        session.execute("CREATE MATERIALIZED VIEW v" + i + " AS " + VIEWS.get(i));
      }
      Map<String, Long> sums = new LinkedHashMap<>();
      for (String change :
          List.of(
              "INSERT INTO a VALUES (1000000, 50, 500)",
              "UPDATE a SET v = v + 1000001 WHERE id = 505",
              "DELETE FROM a WHERE id = 506")) {
        session.execute(change);
        addMeasures(session, sums);
      }
      return sums;
    }
  }

  private static void addMeasures(Session session, Map<String, Long> sums) {
    try (Statement statement = session.prepare("PRAGMA turso_view_stats");
        Rows rows = statement.query()) {
      while (rows.next()) {
        sums.merge(rows.get(0).asString(), rows.get(2).asLong(), Long::sum);
      }
    }
  }

  @Test
  void theRowsTouchedByACommitAreTheSameInALargerTable() {
    Map<String, Long> few = touched(2_000);
    Map<String, Long> many = touched(20_000);
    for (int i = 0; i < VIEWS.size(); i++) {
      String view = "v" + i;
      // A value more or less may have been there before.
      long most = few.get(view) + 1 + few.get(view) / 10;
      assertThat(many.get(view)).as(VIEWS.get(i)).isLessThanOrEqualTo(most).isLessThan(100);
    }
  }

  @Test
  void aSumIsExactHoweverItsRowsCameAndWent() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(
          "CREATE TABLE t (id INTEGER PRIMARY KEY, v REAL);"
              + " CREATE MATERIALIZED VIEW s AS SELECT SUM(v) AS s, TOTAL(v) AS t, AVG(v) AS a"
              + " FROM t; INSERT INTO t VALUES (1, 1e300), (2, 1.0), (3, -1e300), (4, 1e-300),"
              + " (5, 9e999); DELETE FROM t WHERE id IN (1, 3, 5)");
      try (Statement statement = session.prepare("SELECT s, t, a FROM s");
          Rows rows = statement.query()) {
        assertThat(rows.next()).isTrue();
        for (int i = 0; i < 3; i++) {
          double exact = i == 2 ? 0.5 : 1.0;
          assertThat(Double.doubleToRawLongBits(rows.get(i).asDouble()))
              .isEqualTo(Double.doubleToRawLongBits(exact));
        }
      }
    }
  }
}
