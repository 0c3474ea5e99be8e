package dev.turso.plan.physical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which way is taken through analyzed tables of which one is large. */
class LargeTablesTest {

  private static final String NUMBERS =
      "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %d) ";

  private final Database database = Database.open(":memory:", Options.DEFAULT);
  private final Session session = database.connect();

  @BeforeEach
  void fill() {
    session.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, part INT, day INT, kind TEXT)");
    session.execute("CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT, size INT)");
    session.execute(
        "INSERT INTO item "
            + NUMBERS.formatted(12_000)
            + "SELECT i, i * 7 % 400 + 1, i % 1000, 'kind' || (i % 3) FROM n");
    session.execute(
        "INSERT INTO part "
            + NUMBERS.formatted(400)
            + "SELECT i, 'name' || (i % 30), i % 50 FROM n");
    session.execute("CREATE INDEX item_part ON item (part)");
    session.execute("ANALYZE");
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  @Test
  void aTableThatMostRowsAreWantedOfIsReadFromFrontToBack() {
    assertThat(
            plan("SELECT count(name) FROM item, part WHERE part = part.id AND day BETWEEN 1 AND 9"))
        .startsWith("SCAN item\n");
    assertThat(plan("SELECT part, sum(day) FROM item GROUP BY part"))
        .startsWith("SCAN item\n")
        .contains("TEMP B-TREE");
  }

  @Test
  void aSelectiveConditionLeadsToSeeks() {
    assertThat(
            plan("SELECT * FROM item, part WHERE part = part.id AND name LIKE '%9' AND size = 9"))
        .isEqualTo("SCAN part\nSEARCH item USING INDEX item_part (part=?)\n");
  }

  @Test
  void whatAllBranchesOfAnOrShareJoins() {
    String sql =
        "SELECT item.id FROM item, part WHERE part = part.id AND name = 'name3' AND kind = 'kind1'"
            + " OR part = part.id AND name = 'name4' AND kind = 'kind2' AND day < 500";
    assertThat(plan(sql)).isEqualTo("SCAN part\nSEARCH item USING INDEX item_part (part=?)\n");
    String apart =
        "SELECT item.id FROM item, part WHERE part = part.id AND name = 'name3' AND kind = 'kind1'"
            + " UNION ALL SELECT item.id FROM item, part"
            + " WHERE part = part.id AND name = 'name4' AND kind = 'kind2' AND day < 500";
    assertThat(sorted(sql)).isEqualTo(sorted(apart)).isNotEmpty();
  }

  @Test
  void aBranchThatAsksNothingMoreLeavesWhatIsShared() {
    String shared = "SELECT count(*) FROM item, part WHERE part = part.id";
    assertThat(sorted(shared + " OR part = part.id AND name = 'name3'")).isEqualTo("12000 ");
    assertThat(sorted("SELECT count(*) FROM item, part WHERE item.id = part.id OR name IS NULL"))
        .isEqualTo("400 ");
  }

  private String plan(String sql) {
    StringBuilder all = new StringBuilder();
    try (Statement query = session.prepare("EXPLAIN QUERY PLAN " + sql);
        Rows rows = query.query()) {
      while (rows.next()) {
        all.append(rows.getText(3)).append('\n');
      }
    }
    return all.toString();
  }

  private String sorted(String sql) {
    StringBuilder all = new StringBuilder();
    try (Statement query = session.prepare("SELECT * FROM (" + sql + ") ORDER BY 1");
        Rows rows = query.query()) {
      while (rows.next()) {
        all.append(rows.getText(0)).append(' ');
      }
    }
    return all.toString();
  }
}
