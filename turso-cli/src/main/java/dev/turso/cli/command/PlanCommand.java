package dev.turso.cli.command;

import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.bind.Binder;
import dev.turso.bind.BinderSettings;
import dev.turso.bind.BoundQuery;
import dev.turso.cli.output.ByteSink;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.cli.shell.StatementRunner;
import dev.turso.plan.logical.PlanPrinter;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.parse.ParsedStatement;
import dev.turso.sql.parse.Parser;
import dev.turso.sql.print.SqlPrinter;
import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import java.util.List;
import java.util.StringJoiner;

/** {@code .plan}: a statement at each stage on its way from text to operators. */
final class PlanCommand {

  private PlanCommand() {}

  static Outcome run(Shell shell, List<String> words) {
    if (words.getLast().isEmpty()) {
      return Arguments.usage(shell, ".plan SQL");
    }
    String sql = words.getLast();
    ByteSink out = shell.out();
    Session session = shell.session();
    title(out, "tokens");
    out.line(tokens(sql));
    ParsedStatement parsed = Parser.parse(sql, 0);
    if (parsed == null) {
      return Outcome.DONE;
    }
    title(out, "syntax tree, printed back");
    out.line(SqlPrinter.print(parsed.statement()));
    try (Statement statement = session.prepare(sql)) {
      if (parsed.statement() instanceof SelectStatement select) {
        BoundQuery query =
            new Binder(session.catalog(), session.functions(), BinderSettings.DEFAULT)
                .bindSelect(select.select());
        title(out, "bound, as algebra");
        out.print(PlanPrinter.print(query.plan()).stripTrailing()).print('\n');
      }
      title(out, "physical");
      StatementRunner.explainPlan(shell, sql);
      if (statement.readOnly() && statement.columnCount() > 0 && statement.parameterCount() == 0) {
        title(out, "run, with rows and microseconds of each operator");
        for (List<dev.turso.value.Value> row : Query.rows(session, "EXPLAIN ANALYZE " + sql)) {
          StringJoiner line = new StringJoiner("  ");
          line.add(Query.text(row.get(3))).add("rows " + Query.text(row.get(4)));
          line.add("us " + Query.text(row.get(5)));
          out.line(line.toString());
        }
      }
    }
    return Outcome.DONE;
  }

  private static void title(ByteSink out, String text) {
    out.line("-- " + text);
  }

  private static String tokens(String sql) {
    StringJoiner all = new StringJoiner("  ");
    Tokenizer tokenizer = new Tokenizer(sql, 0);
    for (Token token = tokenizer.next(); token != Token.END_OF_INPUT; token = tokenizer.next()) {
      all.add(sql.substring(tokenizer.start(), tokenizer.end()));
    }
    return all.toString();
  }
}
