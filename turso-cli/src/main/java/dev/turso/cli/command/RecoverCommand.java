package dev.turso.cli.command;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.output.InsertPrinter;
import dev.turso.cli.output.Texts;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.util.List;

/**
 * {@code .recover}: SQL for all that can be read of a damaged database. Each table is read forward up to
 * the damage and, where it has a rowid, backward from its end; rows between are lost, and that is said.
 */
final class RecoverCommand {

  private final Shell shell;
  private final Session session;

  private RecoverCommand(Shell shell) {
    this.shell = shell;
    session = shell.session();
  }

  static Outcome run(Shell shell, List<String> words) {
    for (String each : words.subList(1, words.size())) {
      String option = Arguments.option(each);
      if (!option.equals("ignore-freelist") && !option.equals("no-rowids")) {
        shell.complain("unexpected option: " + each);
        return Outcome.FAILED;
      }
    }
    return new RecoverCommand(shell).recover();
  }

  private Outcome recover() {
    shell.out().line("PRAGMA foreign_keys=OFF;").line("BEGIN;");
    boolean whole = true;
    String sql =
        "SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL"
            + " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type != 'table', rowid";
    for (List<Value> row : Query.rows(session, sql)) {
      shell.out().line(SchemaText.create(Query.text(row.get(2))) + ";");
      if (Query.text(row.getFirst()).equals("table")) {
        whole &= table(Query.text(row.get(1)));
      }
    }
    shell.out().line("COMMIT;");
    return whole ? Outcome.DONE : Outcome.FAILED;
  }

  private boolean table(String name) {
    long[] last = {Long.MIN_VALUE};
    String from = " FROM " + Texts.identifier(name);
    DatabaseException damage =
        copy(name, "SELECT rowid, *" + from + " NOT INDEXED ORDER BY rowid", last);
    if (damage == null) {
      return true;
    }
    String message = damage.getMessage();
    if (message != null && message.startsWith("no such column")) {
      damage = copy(name, "SELECT 0, *" + from, last);
      if (damage == null) {
        return true;
      }
    } else {
      String back =
          "SELECT rowid, *"
              + from
              + " NOT INDEXED WHERE rowid > "
              + last[0]
              + " ORDER BY rowid DESC";
      copy(name, back, new long[1]);
    }
    shell.out().line("/**** rows of " + name + " are lost: " + damage.getMessage() + " *****/");
    return false;
  }

  private @org.jspecify.annotations.Nullable DatabaseException copy(
      String table, String query, long[] last) {
    try (Statement statement = session.prepare(query);
        Rows rows = statement.query()) {
      int width = statement.columnCount();
      while (rows.next()) {
        last[0] = rows.getLong(0);
        shell.out().print("INSERT OR IGNORE INTO " + Texts.identifier(table) + " VALUES(");
        for (int i = 1; i < width; i++) {
          shell.out().print(i > 1 ? "," : "").print(InsertPrinter.literal(rows.get(i), false));
        }
        shell.out().line(");");
      }
      return null;
    } catch (DatabaseException e) {
      return e;
    }
  }
}
