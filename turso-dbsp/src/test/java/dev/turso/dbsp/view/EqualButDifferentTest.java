package dev.turso.dbsp.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where equal values of different type are merged, a view shows the one that its query shows. */
class EqualButDifferentTest {

  private static final int STEPS = Integer.getInteger("turso.steps", 60);
  private static final long SEED = Long.getLong("turso.seed", LocalDate.now().toEpochDay());

  private static final List<String> QUERIES =
      List.of(
          "SELECT price AS c FROM p UNION SELECT amount FROM o",
          "SELECT amount AS c FROM o UNION SELECT price FROM p",
          "SELECT price AS c FROM p UNION SELECT amount FROM o UNION SELECT any FROM o",
          "SELECT price AS c FROM p INTERSECT SELECT amount FROM o",
          "SELECT amount AS c FROM o INTERSECT SELECT price FROM p",
          "SELECT amount AS c FROM o EXCEPT SELECT price FROM p",
          "SELECT DISTINCT c FROM (SELECT price AS c FROM p UNION ALL SELECT amount FROM o)",
          "SELECT c, count(*) FROM (SELECT amount AS c FROM o UNION ALL SELECT price FROM p)"
              + " GROUP BY c",
          "SELECT DISTINCT c FROM (SELECT c, count(*) FROM"
              + " (SELECT amount AS c FROM o UNION ALL SELECT price FROM p) GROUP BY c)",
          "SELECT DISTINCT any FROM o",
          "SELECT any, sum(amount) FROM o GROUP BY any",
          "SELECT sum(DISTINCT any), count(DISTINCT any), avg(DISTINCT any) FROM o",
          "SELECT amount, sum(DISTINCT any + 0) FROM o GROUP BY amount",
          "SELECT group_concat(DISTINCT any ORDER BY any DESC) FROM o",
          "SELECT json_group_array(DISTINCT any) FROM o",
          "SELECT amount, json_group_array(DISTINCT name ORDER BY name DESC, id) FROM o GROUP BY 1",
          "SELECT max(name), min(name), group_concat(DISTINCT name) FROM o",
          "SELECT id, (SELECT max(any) FROM o x WHERE x.amount = o.amount) FROM o",
          "SELECT id, (SELECT min(name) FROM o x WHERE x.amount = o.amount) FROM o",
          "SELECT id, (SELECT sum(DISTINCT any) FROM o x WHERE x.amount = o.amount) FROM o",
          "SELECT id, (SELECT any || '' FROM o x WHERE x.amount = o.amount GROUP BY any LIMIT 1)"
              + " FROM o",
          "SELECT id, max(any) OVER (PARTITION BY amount ORDER BY id) FROM o",
          "SELECT name FROM o EXCEPT SELECT any FROM o",
          "SELECT name, count(*) FROM o GROUP BY name",
          "SELECT price, name FROM p JOIN o ON price = any",
          "SELECT name FROM o UNION SELECT any FROM o",
          "SELECT c, c > '2' FROM (SELECT amount AS c FROM o UNION ALL SELECT name FROM o)",
          "SELECT c FROM (SELECT name AS c FROM o UNION ALL SELECT amount FROM o) WHERE c > 2",
          "SELECT c FROM (SELECT amount AS c FROM o UNION SELECT name FROM o) WHERE c = '3'",
          "SELECT c FROM (SELECT any AS c FROM o UNION ALL SELECT price FROM p) WHERE c = '3'");

  private static final String[] NAMES = {"'a'", "'A'", "'3'", "'2.0'", "NULL"};

  @Test
  void aCompoundOfRealAndIntegerKeepsWhatItsSelectsGiveWhetherTheViewIsFilledOrNot() {
    try (Database database = Database.open("mem:real-and-integer", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, r REAL, v INT)");
      session.execute("INSERT INTO t VALUES (1, 1.5, 2), (2, 3, 4)");
      String select = "SELECT r AS c FROM t UNION ALL SELECT v FROM t";
      session.execute("CREATE MATERIALIZED VIEW v AS " + select + " WITH NO DATA");
      List<String> rows = AllRows.sorted(session, select);
      assertThat(AllRows.sorted(session, "SELECT * FROM v")).isEqualTo(rows);
      session.execute("REFRESH MATERIALIZED VIEW v");
      assertThat(AllRows.sorted(session, "SELECT * FROM v")).isEqualTo(rows);
      session.execute("INSERT INTO t VALUES (3, 7, 8)");
      assertThat(AllRows.sorted(session, "SELECT * FROM v"))
          .isEqualTo(AllRows.sorted(session, select));
    }
  }

  @Test
  void aViewShowsWhatItsQueryShows() {
    System.out.println("EqualButDifferentTest seed " + SEED);
    Random random = new Random(SEED);
    try (Database database = Database.open("mem:equal-but-different", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE p (id INTEGER PRIMARY KEY, price REAL)");
      session.execute(
          "CREATE TABLE o (id INTEGER PRIMARY KEY, amount INT, any,"
              + " name TEXT COLLATE NOCASE)");
      session.execute("INSERT INTO p VALUES (1, 4); INSERT INTO o VALUES (1, 4, 4.0, 'a')");
      for (int i = 0; i < QUERIES.size(); i++) {
        session.execute("CREATE MATERIALIZED VIEW v" + i + " AS " + QUERIES.get(i));
      }
      for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < QUERIES.size(); i++) {
          assertThat(AllRows.sorted(session, "SELECT * FROM v" + i))
              .as("step %d: %s", step, QUERIES.get(i))
              .isEqualTo(AllRows.sorted(session, QUERIES.get(i)));
        }
        session.execute(change(random));
      }
      assertThat(AllRows.of(session, "PRAGMA turso_check_views").toString())
          .doesNotContain("missing", "many");
    }
  }

  private static String change(Random random) {
    int id = random.nextInt(12);
    String number = random.nextInt(5) + (random.nextBoolean() ? ".0" : "");
    String value = random.nextInt(6) == 0 ? "NULL" : number;
    return switch (random.nextInt(4)) {
      case 0 -> "DELETE FROM p WHERE id = " + id;
      case 1 -> "DELETE FROM o WHERE id = " + id;
      case 2 -> "REPLACE INTO p VALUES (" + id + ", " + number + ")";
      default ->
          "REPLACE INTO o VALUES ("
              + (id + ", " + random.nextInt(5) + ", " + value + ", " + NAMES[random.nextInt(5)])
              + ")";
    };
  }
}
