package dev.turso.cli.terminal;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.command.CommandTable;
import dev.turso.cli.output.OutputMode;
import dev.turso.cli.output.Texts;
import dev.turso.cli.shell.Shell;
import dev.turso.error.DatabaseException;
import dev.turso.sql.token.Token;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes keywords, tables, columns, functions, commands, modes and names of files. */
final class SqlCompleter implements Completer {

  private static final String NAMES =
      "SELECT name, 'table' FROM sqlite_schema WHERE type IN ('table', 'view')"
          + " AND name NOT LIKE 'turso!_%' ESCAPE '!' UNION ALL"
          + " SELECT DISTINCT c.name, 'column' FROM sqlite_schema s, pragma_table_info(s.name) c"
          + " WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'turso!_%' ESCAPE '!'";
  private static final String FUNCTIONS = "SELECT DISTINCT name FROM pragma_function_list";

  private final Shell shell;
  private final CommandTable commands;

  SqlCompleter(Shell shell, CommandTable commands) {
    this.shell = shell;
    this.commands = commands;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String text = line.line();
    if (text.startsWith(".")) {
      command(text, line.word(), candidates);
    } else {
      sql(line.word(), candidates);
    }
  }

  private void command(String text, String word, List<Candidate> candidates) {
    int space = text.indexOf(' ');
    if (space < 0) {
      for (String each : commands.names()) {
        add(candidates, "." + each, "commands");
      }
      return;
    }
    String name = text.substring(1, space);
    switch (name) {
      case "mode" -> {
        for (OutputMode each : OutputMode.values()) {
          add(candidates, each.label(), "modes");
        }
      }
      case "read",
          "open",
          "import",
          "output",
          "once",
          "backup",
          "save",
          "restore",
          "clone",
          "export",
          "cd",
          "log" ->
          files(word, candidates);
      case "watch", "plan", "bench" -> sql(word, candidates);
      default -> names(word, candidates, "table");
    }
  }

  private void sql(String word, List<Candidate> candidates) {
    boolean lower = word.equals(word.toLowerCase(Locale.ROOT)) && !word.isEmpty();
    for (Token each : Token.values()) {
      if (each.isKeyword() && startsWith(each.name(), word)) {
        add(candidates, lower ? each.name().toLowerCase(Locale.ROOT) : each.name(), "keywords");
      }
    }
    names(word, candidates, "");
    for (List<String> each : rows(FUNCTIONS, 1)) {
      if (startsWith(each.getFirst(), word) && !word.isEmpty()) {
        candidates.add(
            new Candidate(
                each.getFirst() + "(", each.getFirst(), "functions", null, null, null, false));
      }
    }
  }

  private void names(String word, List<Candidate> candidates, String onlyKind) {
    for (List<String> each : rows(NAMES, 2)) {
      boolean wanted = onlyKind.isEmpty() || onlyKind.equals(each.get(1));
      if (wanted && startsWith(each.getFirst(), word)) {
        add(candidates, Texts.identifier(each.getFirst()), each.get(1) + "s");
      }
    }
  }

  private static boolean startsWith(String name, String word) {
    return name.regionMatches(true, 0, word, 0, word.length());
  }

  private static void add(List<Candidate> candidates, String value, String group) {
    candidates.add(new Candidate(value, value, group, null, null, null, true));
  }

  /** A question that completion asks; while the database is busy it knows nothing. */
  private List<List<String>> rows(String sql, int width) {
    List<List<String>> all = new java.util.ArrayList<>();
    try {
      Session session = shell.session();
      try (Statement statement = session.prepare(sql);
          Rows rows = statement.query()) {
        while (rows.next()) {
          String name = rows.getText(0);
          String kind = width > 1 ? rows.getText(1) : "";
          all.add(List.of(name == null ? "" : name, kind == null ? "" : kind));
        }
      }
    } catch (DatabaseException e) {
      return List.of();
    }
    return all;
  }

  private void files(String word, List<Candidate> candidates) {
    int slash = word.lastIndexOf('/');
    String folder = word.substring(0, slash + 1);
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(shell.file(folder.isEmpty() ? "." : folder))) {
      for (Path each : entries) {
        boolean inner = Files.isDirectory(each);
        String value = folder + each.getFileName() + (inner ? "/" : "");
        candidates.add(new Candidate(value, value, "files", null, null, null, !inner));
      }
    } catch (IOException | DirectoryIteratorException e) {
      candidates.clear(); // a folder that cannot be read has no names
    }
  }
}
