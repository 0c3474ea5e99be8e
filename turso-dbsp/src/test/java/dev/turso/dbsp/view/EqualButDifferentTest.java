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
          "SELECT any, sum(amount) FROM o GROUP BY any");

  @Test
  void aViewShowsWhatItsQueryShows() {
    System.out.println("EqualButDifferentTest seed " + SEED);
    Random random = new Random(SEED);
    try (Database database = Database.open("mem:equal-but-different", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE p (id INTEGER PRIMARY KEY, price REAL)");
      session.execute("CREATE TABLE o (id INTEGER PRIMARY KEY, amount INT, any)");
      session.execute("INSERT INTO p VALUES (1, 4); INSERT INTO o VALUES (1, 4, 4.0)");
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
    return switch (random.nextInt(4)) {
      case 0 -> "DELETE FROM p WHERE id = " + id;
      case 1 -> "DELETE FROM o WHERE id = " + id;
      case 2 -> "REPLACE INTO p VALUES (" + id + ", " + number + ")";
      default -> "REPLACE INTO o VALUES (" + id + ", " + random.nextInt(5) + ", " + number + ")";
    };
  }
}
