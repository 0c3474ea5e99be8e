package dev.turso.cli.shell;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.output.OutputMode;
import dev.turso.cli.output.OutputSettings;
import dev.turso.cli.output.RowPrinter;
import dev.turso.error.DatabaseException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the statements of a text one after the other and shows their rows. */
public final class StatementRunner {

  private final Shell shell;

  public StatementRunner(Shell shell) {
    this.shell = shell;
  }

  /** Runs all, up to the first that fails. Returns that failure, or null. */
  public @Nullable SqlFailure run(String sql) {
    shell.refuse(shell.safeMode().refusal(sql));
    Session session = shell.session();
    Shell.Advice advice = shell.takeAdvice();
    if (advice != Shell.Advice.NONE) {
      return advise(session, sql, advice == Shell.Advice.INDEXES_AND_CANDIDATES);
    }
    String rest = sql;
    while (!rest.isEmpty()) {
      Statement statement;
      try {
        statement = session.prepare(rest);
      } catch (DatabaseException e) {
        return failed(SqlFailure.Phase.PREPARE, e, rest);
      } catch (StackOverflowError e) {
        return new SqlFailure(SqlFailure.Phase.PREPARE, "parser stack overflow", 1);
      }
      String text = rest;
      rest = rest.substring(statement.tail());
      try (statement) {
        if (!statement.isEmpty()) {
          runOne(session, statement);
        }
      } catch (DatabaseException e) {
        return failed(phaseOf(e, text), e, text);
      }
      rest = rest.stripLeading();
    }
    return null;
  }

  private @Nullable SqlFailure advise(Session session, String sql, boolean verbose) {
    try (IndexAdvisor advisor = new IndexAdvisor(session)) {
      String rest = sql;
      for (int number = 1; !rest.isBlank(); number++) {
        int end;
        try (Statement statement = session.prepare(rest)) {
          end = statement.tail();
          if (!statement.isEmpty()) {
            advisor.advise(rest.substring(0, end), verbose, number, shell.out());
          }
        }
        rest = rest.substring(end);
      }
      return null;
    } catch (DatabaseException e) {
      return SqlFailure.ofAdvice(e);
    }
  }

  /**
   * This engine finds some faults of schema changes when they run that sqlite3 finds before; they are
   * told as sqlite3 tells them.
   */
  private static SqlFailure.Phase phaseOf(DatabaseException e, String sql) {
    Tokenizer tokenizer = new Tokenizer(sql, 0);
    Token first = tokenizer.next();
    boolean schema = first == Token.CREATE || first == Token.DROP || first == Token.ALTER;
    boolean fault = e instanceof SqlException && e.code() == ResultCode.ERROR;
    return schema && fault ? SqlFailure.Phase.PREPARE : SqlFailure.Phase.STEP;
  }

  private SqlFailure failed(SqlFailure.Phase phase, DatabaseException e, String sql) {
    shell.logLine("(" + e.code().code() + ") " + e.getMessage() + " in \"" + sql.strip() + "\"");
    return SqlFailure.of(phase, e, sql);
  }

  private void runOne(Session session, Statement statement) {
    if (shell.flags().plans() != Flags.PlanDisplay.OFF
        && !Explanations.isExplain(statement.sql())) {
      Explanations.showPlan(shell, statement.sql());
    }
    bind(statement);
    shell.traceLine(statement.sql().strip() + ";");
    show(statement);
    if (shell.flags().changes()) {
      shell
          .out()
          .line("changes: " + session.changes() + "   total_changes: " + session.totalChanges());
    }
  }

  private void bind(Statement statement) {
    for (int i = 1; i <= statement.parameterCount(); i++) {
      String name = statement.parameterName(i);
      Value value = shell.parameters().get(name == null ? "?" + i : name);
      statement.bind(i, value == null ? Value.NULL : value);
    }
  }

  private void show(Statement statement) {
    int width = statement.columnCount();
    if (Explanations.isQueryPlan(statement.sql()) && shell.flags().explainFormatted()) {
      Explanations.printTree(shell, statement);
      return;
    }
    OutputSettings settings = shell.settings();
    if (Explanations.isExplain(statement.sql()) && shell.flags().explainFormatted()) {
      settings = Shell.plain(OutputMode.COLUMN);
      settings.header(true);
    }
    RowPrinter printer = null;
    try (Rows rows = statement.query()) {
      while (rows.next()) {
        if (printer == null) {
          printer = RowPrinter.of(settings, columns(statement), shell.out());
        }
        Value[] row = new Value[width];
        for (int i = 0; i < width; i++) {
          row[i] = rows.get(i);
        }
        printer.row(row);
        if (shell.out().isBroken()) {
          return;
        }
      }
    } finally {
      if (printer != null) {
        printer.end();
      }
    }
  }

  /** Shows the query plan of a statement. */
  public static void explainPlan(Shell shell, String sql) {
    Explanations.showPlan(shell, sql);
  }

  static List<String> columns(Statement statement) {
    List<String> names = new ArrayList<>(statement.columnCount());
    for (int i = 0; i < statement.columnCount(); i++) {
      names.add(statement.columnName(i));
    }
    return names;
  }
}
