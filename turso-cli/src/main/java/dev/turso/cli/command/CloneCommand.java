package dev.turso.cli.command;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.output.Texts;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.nio.file.Files;
import java.util.List;

/** {@code .clone}: copies tables row by row, then everything else, and goes on after errors. */
final class CloneCommand {

  private CloneCommand() {}

  static Outcome run(Shell shell, List<String> words) {
    if (words.size() != 2) {
      return Arguments.usage(shell, ".clone FILENAME");
    }
    String file = words.get(1);
    if (Files.exists(shell.file(file))) {
      shell.complain("File \"" + file + "\" already exists.");
      return Outcome.DONE;
    }
    try (Database database = Database.open(shell.resolved(file), Options.DEFAULT);
        Session target = database.connect()) {
      target.execute("BEGIN EXCLUSIVE");
      each(shell, target, "type = 'table'");
      each(shell, target, "type != 'table'");
      target.execute("COMMIT");
    } catch (DatabaseException e) {
      shell.complain("Cannot create output database: " + e.getMessage());
    }
    return Outcome.DONE;
  }

  private static void each(Shell shell, Session target, String condition) {
    Session source = shell.session();
    String sql = "SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL AND " + condition;
    for (List<Value> row : Query.rows(source, sql)) {
      String name = Query.text(row.get(0));
      if (name.startsWith("sqlite_")) {
        continue;
      }
      shell.out().print(name + "... ");
      try {
        target.execute(Query.text(row.get(1)));
        if (condition.equals("type = 'table'")) {
          copy(source, target, name);
        }
      } catch (DatabaseException e) {
        shell.complain("Error: " + e.getMessage());
      }
      shell.out().line("done");
    }
  }

  private static void copy(Session source, Session target, String table) {
    String quoted = Texts.identifier(table);
    try (Statement from = source.prepare("SELECT * FROM " + quoted)) {
      int width = from.columnCount();
      String marks = "?,".repeat(width);
      String sql =
          "INSERT OR IGNORE INTO "
              + quoted
              + " VALUES("
              + marks.substring(0, marks.length() - 1)
              + ")";
      try (Statement into = target.prepare(sql);
          Rows rows = from.query()) {
        while (rows.next()) {
          for (int i = 0; i < width; i++) {
            into.bind(i + 1, rows.get(i));
          }
          into.run();
        }
      }
    }
  }
}
