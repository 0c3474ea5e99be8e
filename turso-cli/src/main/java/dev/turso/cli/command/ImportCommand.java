package dev.turso.cli.command;

import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.output.OutputMode;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** {@code .import}: rows of a file of separated values into a table, made if there is none. */
final class ImportCommand {

  private final Shell shell;
  private @Nullable String file;
  private @Nullable String table;
  private @Nullable String schema;
  private @Nullable String kind;
  private long skip;
  private boolean verbose;

  private ImportCommand(Shell shell) {
    this.shell = shell;
  }

  static Outcome run(Shell shell, List<String> words) {
    return new ImportCommand(shell).parse(words);
  }

  private Outcome parse(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      String each = words.get(i);
      boolean more = i + 1 < words.size();
      switch (Arguments.option(each)) {
        case "v" -> verbose = true;
        case "csv" -> kind = "csv";
        case "ascii" -> kind = "ascii";
        case "skip" -> skip = more ? Arguments.number(words.get(++i)) : 0;
        case "schema" -> schema = more ? words.get(++i) : null;
        case "" -> {
          if (file == null) {
            file = each;
          } else if (table == null) {
            table = each;
          } else {
            return usage("ERROR: extra argument: \"" + each + "\".  Usage:");
          }
        }
        default -> {
          return usage("ERROR: unknown option: \"" + each + "\".  Usage:");
        }
      }
    }
    String from = file;
    String into = table;
    if (from == null || into == null) {
      return usage("ERROR: missing " + (from == null ? "FILE" : "TABLE") + " argument. Usage:");
    }
    return open(from, into);
  }

  private Outcome usage(String complaint) {
    shell.complain(complaint);
    shell
        .out()
        .print(
            """
            .import FILE TABLE       Import FILE's rows into TABLE
               FILE may be a command after |. A TABLE that is not there is made; its columns
               are then named by FILE's first row.
               --ascii               Columns end with 0x1F, rows with 0x1E
               --csv                 Columns end with a comma, rows with a line end
               --skip N              Leave out N rows first
               --schema S            TABLE is in database S
               -v                    Tell how many rows there were
            """);
    return Outcome.FAILED;
  }

  private Outcome open(String from, String into) {
    boolean ascii =
        kind == null ? shell.settings().mode() == OutputMode.ASCII : kind.equals("ascii");
    String column = kind == null ? shell.settings().columnSeparator() : ascii ? "\u001f" : ",";
    String row = kind == null ? shell.settings().rowSeparator() : ascii ? "\u001e" : "\n";
    if (kind == null && row.equals("\r\n")) {
      row = "\n";
      shell.settings().rowSeparator(row); // as sqlite3 does, for output too
    }
    if (column.isEmpty() || row.isEmpty()) {
      shell.complain(
          "Error: non-null "
              + (column.isEmpty() ? "column" : "row")
              + " separator required for import");
      return Outcome.FAILED;
    }
    if (column.length() > 1 || row.length() > 1) {
      shell.complain(
          "Error: multi-character "
              + (column.length() > 1 ? "column" : "row")
              + " separators not allowed for import");
      return Outcome.FAILED;
    }
    try (InputStream in =
        from.startsWith("|")
            ? SystemCommand.output(shell, from.substring(1))
            : Files.newInputStream(shell.file(from))) {
      String name = from.startsWith("|") ? "<pipe>" : from;
      SeparatedReader reader =
          new SeparatedReader(
              in, name, column.charAt(0), row.charAt(0), !ascii, text -> shell.complain(text));
      return rows(reader, name, into);
    } catch (IOException e) {
      shell.complain("Error: cannot open \"" + from + "\"");
      return Outcome.FAILED;
    }
  }

  private Outcome rows(SeparatedReader reader, String name, String into) {
    for (long i = 0; i < skip; i++) {
      do {
        reader.field();
      } while (reader.endedAtColumn());
    }
    Session session = shell.session();
    String target = (schema == null ? "" : quoted(schema) + ".") + quoted(into);
    if (!exists(session, into) && !create(session, reader, name, target)) {
      return Outcome.FAILED;
    }
    int width = columnCount(session, into);
    if (width == 0) {
      return Outcome.DONE;
    }
    String marks = "?,".repeat(width);
    String sql =
        "INSERT INTO " + target + " VALUES(" + marks.substring(0, marks.length() - 1) + ")";
    boolean ownTransaction = session.autoCommit();
    if (ownTransaction) {
      session.execute("BEGIN");
    }
    try (Statement insert = session.prepare(sql)) {
      insert(reader, name, width, insert);
    }
    if (ownTransaction) {
      session.execute("COMMIT");
    }
    return Outcome.DONE;
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private boolean exists(Session session, String into) {
    return columnCount(session, into) > 0;
  }

  private int columnCount(Session session, String into) {
    if (schema != null && !Query.databases(session).contains(schema)) {
      return 0; // told when the table is made
    }
    String sql = "SELECT count(*) FROM pragma_table_info(?1" + (schema == null ? "" : ", ?2") + ")";
    Value[] bound =
        schema == null
            ? new Value[] {Value.text(into)}
            : new Value[] {Value.text(into), Value.text(schema)};
    return (int) Query.rows(session, sql, bound).getFirst().getFirst().asLong();
  }

  private boolean create(Session session, SeparatedReader reader, String name, String target) {
    List<String> names = new ArrayList<>();
    do {
      byte[] field = reader.field();
      if (field == null) {
        break;
      }
      names.add(new String(field, java.nio.charset.StandardCharsets.UTF_8));
    } while (reader.endedAtColumn());
    if (names.isEmpty()) {
      shell.complain(name + ": empty file");
      return false;
    }
    StringJoiner columns = new StringJoiner(", ", "(\n", ")");
    List<String> distinct = distinct(names);
    for (String each : distinct) {
      columns.add(quoted(each) + " TEXT");
    }
    tellRenamed(name, names, distinct);
    String sql = "CREATE TABLE " + target + columns;
    if (verbose) {
      shell.out().line(sql + "\n");
    }
    try {
      session.execute(sql);
      return true;
    } catch (DatabaseException e) {
      shell.complain(sql + "\n failed:\n" + e.getMessage());
      return false;
    }
  }

  private void tellRenamed(String file, List<String> before, List<String> after) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).isEmpty() && !before.get(i).equals(after.get(i))) {
        text.append(text.isEmpty() ? "" : ",\n");
        text.append(quoted(before.get(i))).append(" to ").append(quoted(after.get(i)));
      }
    }
    if (!text.isEmpty()) {
      shell.complain("Columns renamed during .import " + file + " due to duplicates:\n" + text);
    }
  }

  /** Names that occur twice get a number; empty ones one too. */
  private static List<String> distinct(List<String> names) {
    Set<String> taken = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (String each : names) {
      if (!taken.add(each.toLowerCase(Locale.ROOT))) {
        twice.add(each.toLowerCase(Locale.ROOT));
      }
    }
    List<String> result = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String each = names.get(i);
      if (each.isEmpty()) {
        each = "?";
      }
      result.add(
          twice.contains(names.get(i).toLowerCase(Locale.ROOT)) ? each + "_" + (i + 1) : each);
    }
    return result;
  }

  private void insert(SeparatedReader reader, String name, int width, Statement insert) {
    long added = 0;
    long errors = 0;
    while (true) {
      long line = reader.line();
      int found = bind(reader, name, width, insert, line);
      if (found == 0) {
        break;
      }
      try {
        insert.run();
        added++;
      } catch (DatabaseException e) {
        shell.complain(name + ":" + line + ": INSERT failed: " + e.getMessage());
        errors++;
      }
      if (reader.ended()) {
        break;
      }
    }
    if (verbose) {
      shell
          .out()
          .line(
              "Added "
                  + added
                  + " rows with "
                  + errors
                  + " errors using "
                  + (reader.line() - 1)
                  + " lines of input");
    }
  }

  /** Binds the fields of the next row; 0 if there is none. */
  private int bind(SeparatedReader reader, String name, int width, Statement insert, long line) {
    int found = 0;
    while (found < width) {
      byte[] field = reader.field();
      if (field == null && found == 0) {
        return 0;
      }
      found++;
      insert.bind(found, field == null ? Value.NULL : Value.text(field));
      if (!reader.endedAtColumn()) {
        break;
      }
    }
    if (found < width) {
      shell.complain(expected(name, line, width, found) + "filling the rest with NULL");
      for (int i = found + 1; i <= width; i++) {
        insert.bind(i, Value.NULL);
      }
    } else if (reader.endedAtColumn()) {
      int extra = found;
      while (reader.endedAtColumn()) {
        reader.field();
        extra++;
      }
      shell.complain(expected(name, line, width, extra) + "extras ignored");
    }
    return found;
  }

  private static String expected(String name, long line, int width, int found) {
    return name + ":" + line + ": expected " + width + " columns but found " + found + " - ";
  }
}
