package dev.turso.dbsp.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.function.Accumulator;
import dev.turso.function.AggregateDefinition;
import dev.turso.function.FunctionRegistry;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import dev.turso.value.Register;
import dev.turso.vtab.SqlLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views over functions that an application brings. */
class ApplicationFunctionsTest {

  @TempDir Path folder;

  /** {@code twice(x)}, {@code spread(x)} (greatest less least), {@code luck()}. */
  private static final class Functions implements SqlLibrary {
    @Override
    public FunctionRegistry functions(FunctionRegistry present) {
      return present
          .with(
              ScalarDefinition.pure(
                  "twice",
                  1,
                  1,
                  (context, arguments, count, result) ->
                      result.setInteger(2 * arguments[0].asLong())))
          .with(
              new AggregateDefinition(
                  new Signature("spread", 1, 1, Signature.PURE), context -> new Spread()))
          .with(
              new ScalarDefinition(
                  new Signature("luck", 0, 0, Set.of(FunctionTrait.INNOCUOUS)),
                  SpecialForm.NONE,
                  (context, arguments, count, result) -> result.setInteger(7)));
    }
  }

  private static final class Spread extends Accumulator {
    private final TreeSet<Long> seen = new TreeSet<>();

    @Override
    public void step(Register[] arguments, int count) {
      seen.add(arguments[0].asLong());
    }

    @Override
    public void value(Register result) {
      if (seen.isEmpty()) {
        result.setNull();
      } else {
        result.setInteger(seen.last() - seen.first());
      }
    }
  }

  private Database open(boolean library) {
    Database database = Database.open(folder.resolve("f.db").toString(), Options.DEFAULT);
    if (library) {
      database.add(new Functions());
    }
    return database;
  }

  private static void assertRight(Session session) {
    assertThat(AllRows.sorted(session, "SELECT * FROM scalar"))
        .isEqualTo(AllRows.sorted(session, "SELECT id, twice(a) FROM t WHERE twice(a) > 4"));
    assertThat(AllRows.sorted(session, "SELECT * FROM grouped"))
        .isEqualTo(AllRows.sorted(session, "SELECT b, spread(a), sum(twice(a)) FROM t GROUP BY b"));
  }

  private static void assertAllCurrent(Session session) {
    assertThat(AllRows.texts(session, "SELECT DISTINCT status FROM turso_views"))
        .isEqualTo(List.of("['current']"));
  }

  @Test
  void viewsFollowThem() {
    try (Database database = open(true);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER, b)");
      session.execute("INSERT INTO t VALUES (1, 1, 'x'), (2, 5, 'x'), (3, 3, 'y')");
      session.execute(
          "CREATE MATERIALIZED VIEW scalar AS SELECT id, twice(a) AS d FROM t WHERE twice(a) > 4");
      session.execute(
          "CREATE MATERIALIZED VIEW grouped AS"
              + " SELECT b, spread(a) AS s, sum(twice(a)) AS d FROM t GROUP BY b");
      assertRight(session);
      session.execute("UPDATE t SET a = a * 3 WHERE id <> 2");
      session.execute("DELETE FROM t WHERE id = 2");
      session.execute("INSERT INTO t VALUES (4, -5, 'y'), (5, 9, 'z')");
      assertRight(session);
      assertAllCurrent(session);
      assertThat(AllRows.texts(session, "PRAGMA turso_check_views").toString())
          .doesNotContain("differs");
      assertThat(AllRows.texts(session, "EXPLAIN MATERIALIZED VIEW grouped").toString())
          .doesNotContain("recompute");
    }
  }

  @Test
  void whatIsNotDeterministicOrOfOneSessionIsRefused() {
    try (Database database = open(true);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(a)");
      assertThatThrownBy(
              () -> session.execute("CREATE MATERIALIZED VIEW v AS SELECT a, luck() FROM t"))
          .hasMessageContaining("luck");
      session.functions(
          session
              .functions()
              .with(
                  ScalarDefinition.pure(
                      "mine", 0, 0, (context, arguments, count, result) -> result.setNull())));
      assertThatThrownBy(
              () -> session.execute("CREATE MATERIALIZED VIEW v AS SELECT mine() FROM t"))
          .hasMessage("no such function: mine");
    }
  }

  @Test
  void aSessionsOwnFunctionOfTheSameNameDoesNotReachTheView() {
    try (Database database = open(true);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER)");
      session.execute("CREATE MATERIALIZED VIEW v AS SELECT id, twice(a) AS d FROM t");
      session.execute(
          "CREATE MATERIALIZED VIEW whole AS WITH RECURSIVE r(n) AS"
              + " (SELECT twice(a) FROM t UNION SELECT n - 1 FROM r WHERE n > 5) SELECT n FROM r");
      session.functions(
          session
              .functions()
              .with(
                  ScalarDefinition.pure(
                      "twice", 1, 1, (context, arguments, count, result) -> result.setInteger(0))));
      session.execute("INSERT INTO t VALUES (1, 3)");
      assertThat(AllRows.of(session, "SELECT d, twice(d) FROM v").toString()).isEqualTo("[[6, 0]]");
      assertThat(AllRows.of(session, "SELECT n FROM whole ORDER BY 1").toString())
          .isEqualTo("[[5], [6]]");
    }
  }

  @Test
  void withoutTheLibraryAViewFailsAndWritersGoOnAndWithItItIsRightAgain() {
    try (Database database = open(true);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER, b)");
      session.execute(
          "CREATE MATERIALIZED VIEW scalar AS SELECT id, twice(a) AS d FROM t WHERE twice(a) > 4");
      session.execute(
          "CREATE MATERIALIZED VIEW grouped AS"
              + " SELECT b, spread(a) AS s, sum(twice(a)) AS d FROM t GROUP BY b");
      session.execute("CREATE MATERIALIZED VIEW plain AS SELECT count(*) AS n FROM t");
      session.execute("INSERT INTO t VALUES (1, 4, 'x'), (2, 5, 'x')");
    }
    try (Database database = open(false);
        Session session = database.connect()) {
      session.execute("INSERT INTO t VALUES (3, 6, 'y')");
      assertThat(AllRows.of(session, "SELECT n FROM plain").toString()).isEqualTo("[[3]]");
      assertThatThrownBy(() -> AllRows.of(session, "SELECT * FROM scalar"))
          .hasMessageContaining("no such function: twice");
    }
    try (Database database = open(true);
        Session session = database.connect()) {
      assertRight(session);
      session.execute("INSERT INTO t VALUES (4, 7, 'y')");
      assertRight(session);
      assertAllCurrent(session);
      assertThat(AllRows.texts(session, "PRAGMA turso_check_views").toString())
          .doesNotContain("differs");
    }
  }

  @Test
  void aCurrentViewIsReadWithoutTheLibrary() {
    try (Database database = open(true);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER, b)");
      session.execute("INSERT INTO t VALUES (1, 4, 'x'), (2, 5, 'x'), (3, 7, 'y')");
      session.execute(
          "CREATE MATERIALIZED VIEW scalar AS"
              + " SELECT id, twice(a) AS d, CAST(twice(a) AS TEXT) AS t FROM t WHERE twice(a) > 4");
      session.execute(
          "CREATE MATERIALIZED VIEW grouped AS SELECT b, spread(a) AS s,"
              + " sum(twice(a)) FILTER (WHERE twice(a) > 0) AS d FROM t GROUP BY b");
      session.execute("CREATE MATERIALIZED VIEW over AS SELECT d, t FROM scalar WHERE t = 10");
    }
    try (Database database = open(false);
        Session session = database.connect()) {
      assertThat(AllRows.of(session, "SELECT d, typeof(t) FROM scalar WHERE t = 14").toString())
          .isEqualTo("[[14, 'text']]");
      assertThat(AllRows.of(session, "SELECT d FROM over").toString()).isEqualTo("[[10]]");
      assertThat(AllRows.of(session, "SELECT s, d FROM grouped ORDER BY b").toString())
          .isEqualTo("[[1, 18], [0, 14]]");
      session.execute("INSERT INTO t VALUES (4, 9, 'y')");
      assertThatThrownBy(() -> AllRows.of(session, "SELECT * FROM scalar"))
          .hasMessageContaining("no such function: twice");
      assertThatThrownBy(() -> AllRows.of(session, "SELECT * FROM over"))
          .hasMessageContaining("no such function: twice");
    }
    try (Database database = open(true);
        Session session = database.connect()) {
      assertThat(AllRows.of(session, "SELECT d FROM scalar ORDER BY d").toString())
          .isEqualTo("[[8], [10], [14], [18]]");
    }
  }
}
