package dev.turso.sql.parse;

import dev.turso.error.SqlException;
import dev.turso.sql.print.SqlPrinter;
import dev.turso.sql.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParserProperties {

  private static final String[] SOME_SQL = {
    "with a as (select 1) select *, sum(b) over (order by c rows 1 preceding) from a join b on 1",
    "create table t(a int primary key, b text default (1) check(b > 1) references p(x), unique(a))",
    "create trigger r after update of a on t when new.a begin insert into t values(1); end",
    "insert or ignore into t(a) values(1),(2) on conflict(a) do update set b = 1 returning *",
    "select case a when 1 then 2 else 3 end, cast(a as int), a in (1, 2), a between 1 and 2",
    "alter table t add column c int not null; drop view if exists v; explain query plan select 1",
    "create materialized view v as select 1 with no data; refresh materialized view v online",
  };

  /** Any sequence of tokens gives a tree that can be printed and read again, or an SqlException. */
  @Test
  void tokenSoupIsParsedOrRefusedWithAnSqlException() {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    Random random = new Random(seed);
    List<String> pool = words();
    for (int i = 0; i < 60_000; i++) {
      StringBuilder soup = new StringBuilder();
      String[] base = SOME_SQL[random.nextInt(SOME_SQL.length)].split("(?<=\\W)|(?=\\W)");
      for (String token : base) {
        switch (random.nextInt(14)) {
          case 0 -> {}
          case 1 -> soup.append(' ').append(pool.get(random.nextInt(pool.size()))).append(' ');
          case 2 -> soup.append(token).append(token);
          case 3 -> soup.append((char) random.nextInt(0x180));
          default -> soup.append(token);
        }
      }
      check(soup.toString(), seed);
    }
  }

  private static void check(String sql, long seed) {
    try {
      int from = 0;
      for (ParsedStatement p = Parser.parse(sql, from); p != null; ) {
        Parser.parseStatement(SqlPrinter.print(p.statement()));
        p = Parser.parse(sql, p.next());
      }
    } catch (SqlException expected) {
      Completeness.isComplete(sql);
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed + ": " + sql, e);
    }
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>();
    for (Token token : Token.values()) {
      if (token.isKeyword()) {
        words.add(token.name());
      }
    }
    words.addAll(
        List.of("(", ")", ",", ".", ";", "=", "<", "+", "-", "*", "||", "->", "~", "x", "'s'"));
    words.addAll(
        List.of(
            "\"q\"", "[b]", "1", "2.5", "x'00'", "?", "?3", ":a", "t.a", "!", "'", "1_0", "1_"));
    return words;
  }
}
