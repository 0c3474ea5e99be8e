package dev.turso.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.ColumnConstraint;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.Explain;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.SelectCore;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParserTest {

  private static ResultColumn.Computed firstColumn(String sql) {
    SelectStatement select = (SelectStatement) Parser.parseStatement(sql);
    SelectCore.QuerySpecification query =
        (SelectCore.QuerySpecification) select.select().cores().get(0);
    return (ResultColumn.Computed) query.resultColumns().get(0);
  }

  @Test
  void statementsOfOneTextAreWalkedOneByOne() {
    String sql = " ;; select 1 ; /* x */ select 'a;b' -- end\n;; ";
    List<String> found = new ArrayList<>();
    int from = 0;
    for (ParsedStatement p = Parser.parse(sql, from); p != null; p = Parser.parse(sql, p.next())) {
      found.add(sql.substring(p.start(), p.end()));
    }
    assertThat(found).containsExactly("select 1", "select 'a;b'");
  }

  @Test
  void textBehindTheSemicolonIsNotLookedAt() {
    assertThat(Parser.parse("select 1; 12abc 'x", 0)).isNotNull();
  }

  @Test
  void emptyTextIsNoStatement() {
    assertThat(Parser.parse("", 0)).isNull();
    assertThat(Parser.parse(" ; -- x\n /* y", 0)).isNull();
  }

  @Test
  void parametersAreNumberedAsSqliteDoes() {
    ParsedStatement parsed = Parser.parse("select ?, :a, ?5, ?, @a, :a, $b", 0);
    assertThat(parsed.parameterCount()).isEqualTo(8);
    assertThat(parsed.parameterNames())
        .containsExactly(null, ":a", null, null, "?5", null, "@a", "$b");
  }

  @Test
  void namesKnowWhereTheyStand() {
    String sql = "alter table \"old\"\"name\" rename column [a b] to c";
    AlterTable alter = (AlterTable) Parser.parseStatement(sql);
    Name table = alter.table().name();
    assertThat(table.text()).isEqualTo("old\"name");
    assertThat(sql.substring(table.position(), table.position() + table.length()))
        .isEqualTo("\"old\"\"name\"");
    Name column = ((AlterTable.RenameColumn) alter.action()).column();
    assertThat(sql.substring(column.position(), column.position() + column.length()))
        .isEqualTo("[a b]");
  }

  @Test
  void aColumnRemembersItsSourceUpToTheNextToken() {
    assertThat(firstColumn("select  a +  b  as c").source()).isEqualTo("a +  b");
    assertThat(firstColumn("select 1 /* x */ , 2").source()).isEqualTo("1 /* x */");
  }

  @Test
  void onlyALoneNameInDoubleQuotesMayBeAString() {
    assertThat(((Expression.ColumnName) firstColumn("select \"a\"").expression()).doubleQuoted())
        .isTrue();
    assertThat(((Expression.ColumnName) firstColumn("select [a]").expression()).doubleQuoted())
        .isFalse();
    assertThat(((Expression.ColumnName) firstColumn("select t.\"a\"").expression()).doubleQuoted())
        .isFalse();
  }

  @Test
  void keywordsAreNamesWhereTheGrammarHasNoUseForThem() {
    for (String name :
        List.of("key", "desc", "replace", "match", "over", "window", "filter", "row", "end")) {
      Parser.parse("select " + name + ", t." + name + " as " + name + " from " + name, 0);
      Parser.parse("create table " + name + "(" + name + " " + name + ")", 0);
    }
  }

  @Test
  void wordsOfATypeEndBeforeGeneratedAlways() {
    CreateTable table =
        (CreateTable)
            Parser.parseStatement(
                "create table t(a varchar ( 10 , 2 ) , b int generated always as (1), c as (2))");
    assertThat(table.columns().get(0).typeName()).isEqualTo("varchar ( 10 , 2 )");
    assertThat(table.columns().get(1).typeName()).isEqualTo("int");
    assertThat(table.columns().get(1).constraints().get(0))
        .isInstanceOf(ColumnConstraint.Generated.class);
    assertThat(table.columns().get(2).typeName()).isEmpty();
  }

  @Test
  void defaultsAndChecksKeepTheirText() {
    CreateTable table =
        (CreateTable)
            Parser.parseStatement(
                "create table t(a default ( 1 + 2 ) check( a > 1 ), b default -5)");
    assertThat(((ColumnConstraint.Default) table.columns().get(0).constraints().get(0)).source())
        .isEqualTo("1 + 2");
    assertThat(((ColumnConstraint.Check) table.columns().get(0).constraints().get(1)).source())
        .isEqualTo("a > 1");
    assertThat(((ColumnConstraint.Default) table.columns().get(1).constraints().get(0)).source())
        .isEqualTo("-5");
  }

  @Test
  void explainAnalyzeIsOursOnlyBeforeAStatement() {
    Statement ours = Parser.parseStatement("explain analyze select 1");
    Statement sqlites = Parser.parseStatement("explain analyze t");
    Statement table = Parser.parseStatement("explain analyze replace");
    assertThat(((Explain) ours).kind()).isEqualTo(Explain.Kind.ANALYZE);
    assertThat(((Explain) sqlites).kind()).isEqualTo(Explain.Kind.EXECUTABLE);
    assertThat(((Explain) table).kind()).isEqualTo(Explain.Kind.EXECUTABLE);
  }

  @Test
  void completenessKnowsQuotesCommentsAndTriggers() {
    assertThat(Completeness.isComplete("select 1;")).isTrue();
    assertThat(Completeness.isComplete("select 1; -- x")).isTrue();
    assertThat(Completeness.isComplete("select 1")).isFalse();
    assertThat(Completeness.isComplete("select ';")).isFalse();
    assertThat(Completeness.isComplete("select 1; /* ;")).isFalse();
    assertThat(Completeness.isComplete("create trigger r begin select 1;")).isFalse();
    assertThat(Completeness.isComplete("create temp trigger r begin select 1; end;")).isTrue();
    assertThat(Completeness.isComplete("explain create trigger r begin select 1; end")).isFalse();
  }
}
