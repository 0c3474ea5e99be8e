package dev.turso.exec.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit into memory goes to temporary files, and every answer stays what it was. */
class SpillTest {

  private static final String FILL =
      "INSERT INTO t WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
          + " SELECT i, i * 7919 %% 10007, CASE i %% 9 WHEN 0 THEN NULL WHEN 1 THEN i / 4.0"
          + " ELSE 'text' || i * 31 %% 5003 END, printf('%%0*d', %d, i) FROM n";

  private static final String[] QUERIES = {
    "SELECT a, b, id FROM t ORDER BY a, id DESC",
    "SELECT b, a FROM t ORDER BY b DESC, a, id",
    "SELECT substr(pad, -3), id FROM t ORDER BY substr(pad, -3) COLLATE NOCASE DESC",
    "SELECT pad FROM t ORDER BY a LIMIT 5000 OFFSET 100",
    "SELECT b, count(*), sum(a), avg(id), min(pad), max(a) FROM t GROUP BY b",
    "SELECT a %% 5003, b, count(DISTINCT a), total(id) FROM t GROUP BY 1, b HAVING count(*) > 0",
    "SELECT a, group_concat(id), group_concat(id, '-' ORDER BY id DESC) FROM t GROUP BY a",
    "SELECT a, max(id), pad FROM t GROUP BY a",
    "SELECT a, pad FROM t GROUP BY a",
    "SELECT 1 + a, sum(id) FILTER (WHERE id %% 2) FROM t WHERE b IS NOT NULL GROUP BY 1 + a",
    "SELECT DISTINCT b FROM t",
    "SELECT DISTINCT a, substr(pad, 1, 50) || a FROM t",
    "SELECT x.id, y.b FROM t x JOIN t y ON y.a = x.id + 1 WHERE x.id < 3000",
    "SELECT x.id, y.pad FROM t x LEFT JOIN t y ON y.b = x.b AND y.a > 5000 WHERE x.id < 400",
    "SELECT a FROM t UNION SELECT id FROM t",
    "SELECT pad FROM t WHERE id < 4000 EXCEPT SELECT pad FROM t WHERE a %% 2",
    "SELECT id, sum(a) OVER (PARTITION BY b ORDER BY id) FROM t",
    "WITH c AS MATERIALIZED (SELECT a, b, pad FROM t) SELECT count(*), min(x.pad) FROM c x, c y"
        + " WHERE x.a = y.a AND x.a < 100",
    "SELECT (SELECT count(*) FROM (SELECT a FROM t y WHERE y.id < x.id %% 7 * 900 GROUP BY a))"
        + " FROM t x WHERE x.id < 8",
  };

  @Test
  void everyAnswerIsTheSameWithLittleMemory(@TempDir Path folder) {
    try (Database database = Database.open(folder.resolve("db").toString(), Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b, pad TEXT)");
      session.execute(FILL.formatted(7_000, 120));
      for (String each : QUERIES) {
        String query = each.replace("%%", "%");
        session.execute("PRAGMA turso_operator_memory = 1000000000");
        List<String> expected = rows(session, query);
        session.execute("PRAGMA turso_operator_memory = 40000");
        assertThat(rows(session, query)).as(query).isNotEmpty().isEqualTo(expected);
        session.execute("PRAGMA temp_store = memory");
        assertThat(rows(session, query)).as("in memory: " + query).isEqualTo(expected);
        session.execute("PRAGMA temp_store = default");
      }
    }
  }

  @Test
  void aGroupingThatOverflowsComputesEachRowOnce(@TempDir Path folder) {
    try (Database database = Database.open(folder.resolve("db").toString(), Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b, pad TEXT)");
      session.execute(FILL.formatted(5_000, 20));
      session.execute("PRAGMA turso_operator_memory = 20000");
      AtomicLong calls = new AtomicLong();
      FunctionDefinition ticket =
          new ScalarDefinition(
              new Signature("ticket", 1, 1, EnumSet.noneOf(FunctionTrait.class)),
              SpecialForm.NONE,
              (context, arguments, count, result) -> result.setInteger(calls.incrementAndGet()));
      session.functions(session.functions().with(ticket));
      String[] queries = {
        "SELECT pad, max(n) FROM (SELECT pad, ticket(id) AS n FROM t) GROUP BY pad",
        "SELECT pad, sum(ticket(id)) FROM t GROUP BY pad",
        "SELECT pad, id, max(ticket(id)) FROM t GROUP BY pad",
        "SELECT n, count(*) FROM (SELECT ticket(id) AS n FROM t) GROUP BY n",
        "SELECT pad, id FROM t GROUP BY pad, ticket(id)",
      };
      for (String query : queries) {
        calls.set(0);
        assertThat(rows(session, query)).as(query).hasSize(5_000);
        assertThat(calls.get()).as(query).isEqualTo(5_000);
      }
    }
  }

  @Test
  void manyRunsAreMergedInSteps(@TempDir Path folder) {
    try (Database database = Database.open(folder.resolve("db").toString(), Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b, pad TEXT)");
      session.execute(FILL.formatted(9_000, 10));
      session.execute("PRAGMA turso_operator_memory = 2000");
      String query =
          "SELECT count(*) FROM (SELECT id, lag(id) OVER () AS before, a, lag(a) OVER () AS less"
              + " FROM (SELECT id, a FROM t ORDER BY a LIMIT -1))"
              + " WHERE less > a OR less = a AND before > id";
      assertThat(rows(session, query)).containsExactly("0|");
    }
  }

  @Test
  void aSmallHeapSortsGroupsAndJoinsWhatIsLarger(@TempDir Path folder) throws Exception {
    int megabytes = Integer.getInteger("turso.spill.megabytes", 46);
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + Math.max(44, megabytes / 6) + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.resolve("db").toString(),
                String.valueOf(megabytes))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertThat(child.waitFor(megabytes * 10L, TimeUnit.SECONDS)).isTrue();
    File out = folder.resolve("out").toFile();
    assertThat(java.nio.file.Files.readString(out.toPath())).endsWith("done\n");
    assertThat(child.exitValue()).isZero();
  }

  /** What the process with the small heap does. */
  static final class Child {
    public static void main(String[] arguments) {
      int rows = Integer.parseInt(arguments[1]) * 1000;
      Options options = Options.DEFAULT.withCacheBytes(8 << 20);
      try (Database database = Database.open(arguments[0], options);
          Session session = database.connect()) {
        session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b, pad TEXT)");
        session.execute(FILL.formatted(rows, 1000));
        check(session, "SELECT count(*) FROM (SELECT pad FROM t ORDER BY a, pad LIMIT -1)", rows);
        check(session, "SELECT count(*) FROM (SELECT pad, count(*) FROM t GROUP BY pad)", rows);
        check(session, "SELECT count(*) FROM (SELECT DISTINCT pad || id FROM t)", rows);
        check(
            session,
            "SELECT count(y.pad) FROM t x JOIN (SELECT id + 0 AS k, pad FROM t) y ON y.k = x.id",
            rows);
      }
      System.out.println("done");
    }

    private static void check(Session session, String query, int rows) {
      List<String> found = rows(session, query);
      if (!found.equals(List.of(rows + "|"))) {
        throw new AssertionError(query + " gave " + found);
      }
    }
  }

  private static List<String> rows(Session session, String sql) {
    List<String> found = new ArrayList<>();
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < rows.columnCount(); i++) {
          row.append(rows.getText(i)).append('|');
        }
        found.add(row.toString());
      }
    }
    return found;
  }
}
