package dev.turso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.bind.Binder;
import dev.turso.bind.BinderSettings;
import dev.turso.bind.BoundQuery;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.plan.logical.PlanPrinter;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.parse.Parser;
import dev.turso.sql.print.SqlPrinter;
import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Walks one query through every stage: set a breakpoint in each test, in this order.
 *
 * <p>{@code docs/ARCHITECTURE.md} has the picture.
 */
class TourOfAQueryTest {

  private static final String SQL = "SELECT 2 * 21 AS answer, 'a' || 'b'";

  @Test
  void first_theTextIsCutIntoTokens() {
    Tokenizer tokenizer = new Tokenizer(SQL, 0);
    List<String> tokens = new ArrayList<>();
    for (Token token = tokenizer.next(); token != Token.END_OF_INPUT; token = tokenizer.next()) {
      tokens.add(SQL.substring(tokenizer.start(), tokenizer.end()));
    }
    assertThat(tokens)
        .containsExactly("SELECT", "2", "*", "21", "AS", "answer", ",", "'a'", "||", "'b'");
  }

  @Test
  void second_theTokensBecomeASyntaxTreeThatPrintsBack() {
    Statement statement = Parser.parseStatement(SQL);
    assertThat(SqlPrinter.print(statement)).isEqualTo("SELECT 2 * 21 AS answer, 'a' || 'b'");
  }

  @Test
  void third_namesAreBoundAndThePlanIsAlgebra() {
    BoundQuery query = bind();
    assertThat(query.names()).containsExactly("answer", "'a' || 'b'");
    assertThat(PlanPrinter.print(query.plan())).contains("2 * 21");
  }

  @Test
  void fourth_rulesSimplifyThePlan() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t (a); CREATE TABLE u (a)");
      String outer = "EXPLAIN QUERY PLAN SELECT * FROM t LEFT JOIN u ON u.a = t.a";
      assertThat(rows(session, outer)).anyMatch(row -> row.contains("LEFT-JOIN"));
      // A condition that NULL cannot meet makes an outer join an inner one.
      assertThat(rows(session, outer + " WHERE u.a > 1"))
          .noneMatch(row -> row.contains("LEFT-JOIN"));
    }
  }

  @Test
  void fifth_aPhysicalPlanSaysHowItIsReached() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE INDEX t_a ON t (a)");
      assertThat(rows(session, "EXPLAIN QUERY PLAN SELECT * FROM t WHERE a = 1"))
          .anyMatch(row -> row.contains("SEARCH t USING COVERING INDEX t_a (a=?)"));
      assertThat(rows(session, "EXPLAIN QUERY PLAN SELECT * FROM t WHERE id = 1"))
          .anyMatch(row -> row.contains("SEARCH t USING INTEGER PRIMARY KEY (rowid=?)"));
    }
  }

  @Test
  void sixth_operatorsPullRows() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      assertThat(rows(session, SQL)).containsExactly("42|ab|");
    }
  }

  private static BoundQuery bind() {
    Catalog catalog =
        new Catalog(List.of(DatabaseSchema.empty("main", 0), DatabaseSchema.empty("temp", 1)));
    SelectStatement select = (SelectStatement) Parser.parseStatement(SQL);
    return new Binder(catalog, BuiltInFunctions.registry(), BinderSettings.DEFAULT)
        .bindSelect(select.select());
  }

  private static List<String> rows(Session session, String sql) {
    List<String> found = new ArrayList<>();
    try (dev.turso.Statement statement = session.prepare(sql);
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
