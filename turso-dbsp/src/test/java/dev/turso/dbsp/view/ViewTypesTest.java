package dev.turso.dbsp.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.DatabaseException;
import dev.turso.vfs.MemoryFileSystem;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The columns of a materialized view compare as those of its query do: a query over it finds what it finds
 * over a plain view of the same SELECT, whether its rows are stored or not, and as a view itself.
 *
 * <p>{@code -Dturso.types.share=1} asks all.
 */
class ViewTypesTest {

  /** Each has a column {@code c}, of no type, of several, or of one that no table's column has. */
  private static final List<String> SELECTS =
      List.of(
          "SELECT count(*) AS c FROM t GROUP BY v",
          "SELECT v + 0 AS c FROM t",
          "SELECT +v AS c FROM t",
          "SELECT v || '' AS c FROM t",
          "SELECT lower(k) AS c FROM t",
          "SELECT k || '' COLLATE NOCASE AS c FROM t",
          "SELECT k COLLATE BINARY AS c FROM t",
          "SELECT w AS c FROM t",
          "SELECT v AS c FROM t",
          "SELECT k AS c FROM t",
          "SELECT rowid AS c FROM u",
          "SELECT r AS c FROM t",
          "SELECT CAST(w AS INTEGER) AS c FROM t",
          "SELECT CAST(w AS TEXT) AS c FROM t",
          "SELECT CAST(w AS REAL) AS c FROM t",
          "SELECT CAST(w AS NUMERIC) AS c FROM t",
          "SELECT max(v) AS c FROM t GROUP BY k",
          "SELECT max(k) AS c FROM t GROUP BY v",
          "SELECT group_concat(k) AS c FROM t GROUP BY v",
          "SELECT coalesce(v, k) AS c FROM t",
          "SELECT CASE WHEN v > 2 THEN v ELSE k END AS c FROM t",
          "SELECT (SELECT x FROM u WHERE y = v LIMIT 1) AS c FROM t",
          "SELECT v AS c FROM t UNION ALL SELECT k FROM t",
          "SELECT k AS c FROM t UNION SELECT x FROM u",
          "SELECT k AS c FROM t UNION SELECT v FROM t",
          "SELECT w AS c FROM t EXCEPT SELECT x FROM u",
          "SELECT y AS c FROM u INTERSECT SELECT v FROM t",
          "SELECT row_number() OVER (ORDER BY id) AS c FROM t",
          "SELECT sum(v) OVER (PARTITION BY k) AS c FROM t",
          "SELECT c FROM (SELECT v AS c FROM t UNION SELECT CAST(x AS INTEGER) FROM u)",
          "SELECT DISTINCT r * 2 AS c FROM t",
          "WITH RECURSIVE n(c) AS (SELECT v FROM t UNION SELECT c || '' FROM n) SELECT c FROM n",
          "SELECT t.v AS c FROM u LEFT JOIN t ON t.v = u.y",
          "SELECT json_extract(w, '$') AS c FROM t WHERE json_valid(w)");

  private static final List<String> QUERIES =
      List.of(
          "SELECT c, x FROM %s JOIN u ON c = x",
          "SELECT c, x FROM %s JOIN u ON x = c",
          "SELECT c, y FROM %s JOIN u ON c = y",
          "SELECT c, z FROM %s JOIN u ON c = z",
          "SELECT c, k FROM %s JOIN t ON c = k",
          "SELECT c, k FROM %s JOIN t ON k = c",
          "SELECT c, x FROM %s LEFT JOIN u ON c < x",
          "SELECT c, x FROM u LEFT JOIN %s ON c = x",
          "SELECT c, x FROM %s FULL JOIN u ON c = x",
          "SELECT c FROM %s WHERE c = '5'",
          "SELECT c FROM %s WHERE c = 5",
          "SELECT c FROM %s WHERE c = '5.0'",
          "SELECT c FROM %s WHERE c = 'A'",
          "SELECT c FROM %s WHERE c > '3'",
          "SELECT c FROM %s WHERE c < 4",
          "SELECT c FROM %s WHERE c BETWEEN '2' AND '6'",
          "SELECT c FROM %s WHERE c IN ('5', 'A', 2)",
          "SELECT c FROM %s WHERE c IN (SELECT x FROM u)",
          "SELECT c FROM %s WHERE c IN (SELECT y FROM u)",
          "SELECT c FROM %s WHERE c NOT IN (SELECT k FROM t WHERE k IS NOT NULL)",
          "SELECT x FROM u WHERE x IN (SELECT c FROM %s)",
          "SELECT k FROM t WHERE k IN (SELECT c FROM %s)",
          "SELECT y FROM u WHERE EXISTS (SELECT 1 FROM %s WHERE c = x)",
          "SELECT x, (SELECT count(*) FROM %s WHERE c = x) FROM u",
          "SELECT c, count(*) FROM %s GROUP BY c",
          "SELECT DISTINCT c FROM %s",
          "SELECT c FROM %s UNION SELECT x FROM u",
          "SELECT x FROM u UNION SELECT c FROM %s",
          "SELECT c FROM %s EXCEPT SELECT k FROM t",
          "SELECT c, x FROM %s JOIN (SELECT x, x AS c FROM u) USING (c)",
          "SELECT a.c, b.c FROM %s a JOIN %s b ON a.c = b.c",
          "SELECT a.c, b.c FROM %s a JOIN %s b ON a.c < b.c",
          "SELECT min(c), max(c) FROM %s",
          "SELECT count(DISTINCT c) FROM %s",
          "SELECT c FROM %s WHERE c LIKE 'a%%'",
          "SELECT c, rank() OVER (ORDER BY c) FROM %s",
          "SELECT c FROM %s ORDER BY c LIMIT 3",
          "SELECT c FROM (SELECT c FROM %s UNION ALL SELECT x FROM u) WHERE c = 5");

  /** One of so many queries is asked of each view; another each day. */
  private static final int SHARE = Integer.getInteger("turso.types.share", 5);

  private Database database;
  private Session session;

  @BeforeEach
  void open() {
    database = Database.open(new MemoryFileSystem(), "/db", Options.DEFAULT);
    session = database.connect();
    session.execute(
        """
        CREATE TABLE t(id INTEGER PRIMARY KEY, k TEXT COLLATE NOCASE, v INT, w, r REAL);
        CREATE TABLE u(x TEXT, y INT, z);
        INSERT INTO t VALUES (1, 'a', 5, '5', 5), (2, 'A', 2, 2.0, 2.5), (3, '5', 1, 1, 1),
          (4, 'b', 5, 'a', 3), (5, NULL, NULL, NULL, NULL), (6, '2', 3, x'41', 4), (7, 'B', 2, 5, 5);
        INSERT INTO u VALUES ('5', 5, '5'), ('A', 2, 2), ('a', 1, 'A'), ('2', NULL, 1.0),
          ('5.0', 3, 'b'), (NULL, 4, NULL), ('1', 7, 5)\
        """);
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  /** The rows; of 1 and 1.0, which are equal, either may be told. */
  private String equalRows(String sql) {
    return rows(sql).replaceAll("(?<=[\\[ ])(-?\\d+)\\.0(?=[,\\]])", "$1");
  }

  private String rows(String sql) {
    try {
      return AllRows.of(session, sql).stream().map(Object::toString).sorted().toList().toString();
    } catch (DatabaseException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static int first(int select) {
    return (int) ((LocalDate.now().toEpochDay() + select) % SHARE);
  }

  private static String over(String query, String name) {
    return query.replace("%s", name).replace("%%", "%");
  }

  /** A query over the view finds what it finds over a plain one. */
  private void compare(int select, String how) {
    for (int q = first(select); q < QUERIES.size(); q += SHARE) {
      String each = QUERIES.get(q);
      assertThat(equalRows(over(each, "m")))
          .as(how + " " + SELECTS.get(select) + ": " + each)
          .isEqualTo(equalRows(over(each, "p")));
    }
  }

  @Test
  void queriesOverAViewFindWhatTheyFindOverItsQuery() {
    for (int i = 0; i < SELECTS.size(); i++) {
      String select = SELECTS.get(i);
      session.execute("CREATE VIEW p AS " + select);
      session.execute("CREATE MATERIALIZED VIEW m AS " + select + " WITH NO DATA");
      compare(i, "empty");
      session.execute("REFRESH MATERIALIZED VIEW m");
      assertThat(rows("SELECT typeof(c), c FROM m")).isEqualTo(rows("SELECT typeof(c), c FROM p"));
      compare(i, "current");
      session.execute("CREATE INDEX i ON m(c)");
      compare(i, "indexed");
      session.execute("DROP MATERIALIZED VIEW m; DROP VIEW p");
    }
  }

  @Test
  void soDoViewsOverIt() {
    for (int i = 0; i < SELECTS.size(); i++) {
      String select = SELECTS.get(i);
      session.execute("CREATE VIEW p AS " + select);
      session.execute("CREATE MATERIALIZED VIEW m AS " + select);
      for (int q = first(i); q < QUERIES.size(); q += SHARE) {
        session.execute("CREATE MATERIALIZED VIEW o" + q + " AS " + over(QUERIES.get(q), "m"));
      }
      session.execute(
          """
          BEGIN;
          INSERT INTO t VALUES (8, '3', 4, '3', 1.5), (9, 'C', 5, 7, 3);
          INSERT INTO u VALUES ('C', 3, 'a'), ('3', 5, 3);
          DELETE FROM t WHERE id = 3;
          UPDATE t SET v = 1, k = 'a' WHERE id = 7;
          COMMIT\
          """);
      for (int q = first(i); q < QUERIES.size(); q += SHARE) {
        assertThat(equalRows("SELECT * FROM o" + q))
            .as(select + ": " + QUERIES.get(q))
            .isEqualTo(equalRows(over(QUERIES.get(q), "p")));
      }
      assertThat(AllRows.of(session, "PRAGMA turso_check_views"))
          .allMatch(each -> each.get(1).asString().equals("ok"));
      for (int q = first(i); q < QUERIES.size(); q += SHARE) {
        session.execute("DROP MATERIALIZED VIEW o" + q);
      }
      session.execute("DROP MATERIALIZED VIEW m; DROP VIEW p");
      session.execute("DELETE FROM t WHERE id IN (8, 9); DELETE FROM u WHERE rowid > 7");
    }
  }
}
