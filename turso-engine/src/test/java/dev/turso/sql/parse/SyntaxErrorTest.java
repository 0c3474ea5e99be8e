package dev.turso.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turso.error.SqlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "selec 1 | near \"selec\": syntax error",
        "select 1 2 | near \"2\": syntax error",
        "select 1 + | incomplete input",
        "select 1 +; | near \";\": syntax error",
        "create table t(a, | incomplete input",
        "select 'abc | unrecognized token: \"'abc\"",
        "select 12abc | unrecognized token: \"12abc\"",
        "select 1__0 | unrecognized token: \"1__0\"",
        "select a from t where 1_ d | near \"d\": syntax error",
        "select cast from t | near \"from\": syntax error",
        "select case end from t | near \"from\": syntax error",
        "select 1 between 0 or 0 and 1 and 1 | incomplete input",
        "select a from t order by a union select 1 "
            + "| ORDER BY clause should come after UNION not before",
        "select a from t limit 1 except select 1 | LIMIT clause should come after EXCEPT not before",
        "values(1) order by 1 | near \"order\": syntax error",
        "values(1),(1,2) | all VALUES must have the same number of terms",
        "select a from t on 1 | a JOIN clause is required before ON",
        "select a from t left inner join u | unknown join type: left inner",
        "select a from t natural join u on 1 | a NATURAL join may not have an ON or USING clause",
        "with a as (select 1), A as (select 2) select 1 | duplicate WITH table name: A",
        "select ?0 | variable number must be between ?1 and ?250000",
        "select #1 | near \"#1\": syntax error",
        "create table t(a) foo | unknown table option: foo",
        "create table t(a as (1) foo) | error in generated column \"a\"",
        "create table t(primary key(a)) | near \"primary\": syntax error",
        "create table t(a, primary key(a nulls first)) | unsupported use of NULLS FIRST",
        "create view v(a collate nocase) as select 1 | syntax error after column name \"a\"",
        "create view v as select ? | parameters are not allowed in views",
        "create trigger r after insert on t begin select ?; end | trigger cannot use variables",
        "create trigger r after insert on t begin insert into t default values; end "
            + "| near \"default\": syntax error",
        "insert into t select * from u on conflict do nothing | near \"do\": syntax error",
        "update t set (a,b)=(1,2,3) | 2 columns assigned 3 values",
        "delete from t order by a | ORDER BY without LIMIT on DELETE",
        "select sum(a) over (rows 1 following) | unsupported frame specification",
        "alter table t add constraint c unique(a) | near \"unique\": syntax error",
        "begin foo | near \"foo\": syntax error",
        "pragma foo=null | near \"null\": syntax error",
        "explain explain select 1 | near \"explain\": syntax error",
      })
  void saysWhatSqliteSays(String sql, String message) {
    assertThatThrownBy(() -> Parser.parse(sql, 0))
        .isInstanceOf(SqlException.class)
        .hasMessage(message);
  }

  @Test
  void pointsAtTheTokenAtFault() {
    SqlException error =
        catchThrowableOfType(
            SqlException.class, () -> Parser.parse("select 1; select 2 3", "select 1;".length()));
    assertThat(error.position()).isEqualTo("select 1; select 2 ".length());
  }

  @Test
  void deepNestingIsAnErrorAndNoStackOverflow() throws InterruptedException {
    String[] openings = {
      "(",
      "~",
      "abs(",
      "case when 1 then ",
      "(select ",
      "not ",
      "1 or 1 and 1=1<1&1+1*1||(",
      "exists(select ",
      "- ",
      "1 in (select * from (",
      "(((select (",
      "1 between 2 and "
    };
    StringBuilder failures = new StringBuilder();
    Thread smallStack =
        new Thread(
            null,
            () -> {
              for (String opening : openings) {
                try {
                  Parser.parse("select " + opening.repeat(100_000), 0);
                } catch (SqlException expected) {
                  continue;
                } catch (StackOverflowError e) {
                  failures.append(opening).append('\n');
                }
              }
            },
            "small-stack",
            768 * 1024);
    smallStack.start();
    smallStack.join();
    assertThat(failures.toString()).isEmpty();
  }

  @Test
  void treesHigherThanTheLimitAreRefused() {
    Parser.parse("select 1" + "+1".repeat(999), 0);
    assertThatThrownBy(() -> Parser.parse("select 1" + "+1".repeat(1000), 0))
        .hasMessage("Expression tree is too large (maximum depth 1000)");
    assertThatThrownBy(() -> Parser.parse("select 1" + " union select 1".repeat(500), 0))
        .hasMessage("too many terms in compound SELECT");
  }
}
