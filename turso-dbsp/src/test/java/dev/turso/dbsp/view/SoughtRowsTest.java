package dev.turso.dbsp.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.value.Value;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conditions and subqueries that look as if a change had to read much, and need not. */
class SoughtRowsTest {

  private Database database;
  private Session session;

  @BeforeEach
  void open() {
    database = Database.open(":memory:", Options.DEFAULT);
    session = database.connect();
    session.execute(
        "CREATE TABLE part (p INTEGER PRIMARY KEY, brand INT, size INT);"
            + " CREATE TABLE item (i INTEGER PRIMARY KEY, p INT, s INT, n INT);"
            + " CREATE TABLE seller (s INTEGER PRIMARY KEY, name TEXT);"
            + " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)"
            + " INSERT INTO item SELECT i, i % 50, i % 20, i % 7 FROM n;"
            + " INSERT INTO part SELECT DISTINCT p, p % 5, p % 11 FROM item;"
            + " INSERT INTO seller SELECT DISTINCT s, 'seller ' || s FROM item;"
            + " CREATE INDEX item_p ON item (p)");
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private long touched(String view, String change) {
    session.execute(change);
    for (List<Value> each : AllRows.of(session, "PRAGMA turso_view_stats")) {
      if (view.equals(each.get(0).asString())) {
        return each.get(2).asLong();
      }
    }
    throw new AssertionError("no figures of " + view);
  }

  /** Random changes, NULLs among them, after each of which every view must be its query. */
  private void changeAtRandom() {
    long seed = 20261123;
    Random random = new Random(seed);
    for (int n = 0; n < 40; n++) {
      String p = random.nextInt(9) == 0 ? "NULL" : String.valueOf(random.nextInt(52));
      String change =
          switch (random.nextInt(6)) {
            case 0 -> "DELETE FROM item WHERE i = " + random.nextInt(600);
            case 1 -> "UPDATE item SET p = " + p + " WHERE i = " + random.nextInt(600);
            case 2 -> "UPDATE item SET n = n + 3 WHERE i = " + random.nextInt(600);
            case 3 -> "UPDATE part SET brand = brand + 1 WHERE p = " + random.nextInt(50);
            case 4 -> "INSERT OR REPLACE INTO part VALUES (" + random.nextInt(52) + ", 3, 4)";
            default -> "INSERT INTO item (p, s, n) VALUES (" + p + ", NULL, 3), (3, 4, 5)";
          };
      session.execute(change);
      for (List<Value> each : AllRows.of(session, "PRAGMA turso_check_views")) {
        assertThat(each.get(1).asString())
            .as("seed %d, %s, %s", seed, change, each)
            .isEqualTo("ok");
      }
    }
  }

  @Test
  void anEqualityThatAllSidesOfAnOrHaveIsSoughtBy() {
    session.execute(
        "CREATE MATERIALIZED VIEW v AS SELECT i, n, brand FROM item, part WHERE"
            + " (part.p = item.p AND brand = 1 AND n > 2) OR (part.p = item.p AND brand = 2 AND n < 4)"
            + " OR (size = 3 AND (part.p = item.p AND n = 5 OR brand = 0 AND part.p = item.p))");
    assertThat(touched("v", "INSERT INTO item VALUES (5001, 7, 1, 3)")).isLessThan(10);
    changeAtRandom();
  }

  @Test
  void anOrWithASideThatLacksTheEqualityIsNotNarrowed() {
    session.execute(
        "CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n, sum(n) AS s FROM item, part WHERE"
            + " (part.p = item.p AND brand = 1) OR (part.p = item.p + 0 AND size = 2) OR item.p IS NULL");
    changeAtRandom();
  }

  @Test
  void theRowsOfAGroupAskForItsAggregateOnce() {
    session.execute(
        "CREATE MATERIALIZED VIEW v AS SELECT i, n FROM item AS o"
            + " WHERE n > (SELECT 0.9 * avg(n) FROM item AS o2 WHERE o2.p = o.p)");
    // A group has 12 rows: each of them is looked at, and the group itself, before and after.
    assertThat(touched("v", "INSERT INTO item VALUES (5001, 7, 1, 3)")).isLessThan(200);
    changeAtRandom();
  }

  @Test
  void membersOfAListThatIsItselfComputedAreSoughtInIt() {
    session.execute(
        "CREATE MATERIALIZED VIEW v AS SELECT s, name FROM seller WHERE s IN (SELECT s FROM item AS o"
            + " WHERE n > (SELECT 0.9 * avg(n) FROM item AS o2 WHERE o2.p = o.p));"
            + " CREATE MATERIALIZED VIEW w AS SELECT s, name FROM seller WHERE s NOT IN (SELECT s FROM"
            + " item AS o WHERE n > 3 AND EXISTS (SELECT 1 FROM part WHERE part.p = o.p AND brand > 3))");
    assertThat(touched("v", "INSERT INTO item VALUES (5001, 7, 1, 3)")).isLessThan(300);
    changeAtRandom();
  }

  @Test
  void aJoinByRowidIsKeptByTheRowThatSaysWhichTheOthersAre() {
    session.execute(
        "CREATE MATERIALIZED VIEW v AS SELECT item.n, part.brand, seller.name FROM item"
            + " JOIN part ON part.p = item.p JOIN seller ON seller.s = item.s;"
            + " CREATE MATERIALIZED VIEW w AS SELECT item.n, part.brand FROM item LEFT JOIN part"
            + " ON part.p = item.p AND part.size > 3;"
            + " CREATE MATERIALIZED VIEW x AS SELECT a.n, b.n AS m FROM item a JOIN item b ON b.i = a.n;"
            + " CREATE MATERIALIZED VIEW y AS SELECT part.brand, item.n FROM part JOIN item ON item.p ="
            + " part.p; CREATE MATERIALIZED VIEW z AS SELECT brand, count(*) AS c FROM v GROUP BY brand;"
            + " CREATE MATERIALIZED VIEW f AS SELECT item.n, part.brand FROM item FULL JOIN part"
            + " ON part.p = item.p");
    assertThat(AllRows.of(session, "SELECT rowid FROM v EXCEPT SELECT i FROM item")).isEmpty();
    assertThat(AllRows.of(session, "SELECT rowid FROM w EXCEPT SELECT i FROM item")).isEmpty();
    changeAtRandom();
  }
}
