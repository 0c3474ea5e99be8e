package dev.turso.cli.command;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.output.ByteSink;
import dev.turso.cli.output.OutputMode;
import dev.turso.cli.output.OutputSettings;
import dev.turso.cli.output.RowPrinter;
import dev.turso.cli.output.Texts;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * {@code .dump}: SQL that makes the same database.
 *
 * <p>A materialized view comes as its CREATE MATERIALIZED VIEW after the tables, and what maintains it
 * (side tables, triggers, its own rows) not at all; the settings of the change log come as pragmas. With
 * {@code --native} the dump is for sqlite3: views as plain tables with their rows.
 */
public final class DumpCommand {

  private static final String LOG_SETTINGS = "turso_cdc_settings";

  private final Shell shell;
  private final Session session;
  private final List<String> patterns = new ArrayList<>();
  private boolean dataOnly;
  private boolean newlines;
  private boolean rowids;
  private boolean hideSystem;
  private boolean forNative;
  private final Map<String, String> views = new HashMap<>();

  private DumpCommand(Shell shell) {
    this.shell = shell;
    session = shell.session();
  }

  static Outcome run(Shell shell, List<String> words) {
    return new DumpCommand(shell).dump(words);
  }

  /** The whole content, for a copy. */
  static void all(Shell shell) {
    new DumpCommand(shell).dump(List.of("dump"));
  }

  private Outcome dump(List<String> words) {
    for (String each : words.subList(1, words.size())) {
      switch (Arguments.option(each)) {
        case "data-only" -> dataOnly = true;
        case "newlines" -> newlines = true;
        case "preserve-rowids" -> rowids = true;
        case "nosys" -> hideSystem = true;
        case "native" -> forNative = true;
        case "" -> patterns.add(each);
        default -> {
          shell.complain("Unknown option \"" + each + "\" on \".dump\"");
          return Outcome.FAILED;
        }
      }
    }
    ByteSink out = shell.out();
    if (!dataOnly) {
      out.line("PRAGMA foreign_keys=OFF;");
      out.line("BEGIN TRANSACTION;");
    }
    readViews();
    tables();
    if (!dataOnly) {
      others();
      logSettings();
      out.line("COMMIT;");
    }
    return Outcome.DONE;
  }

  private void readViews() {
    if (forNative
        || Query.rows(session, "SELECT 1 FROM sqlite_schema WHERE name = 'turso_views'")
            .isEmpty()) {
      return;
    }
    for (List<Value> row : Query.rows(session, "SELECT name, sql FROM turso_views")) {
      views.put(Query.text(row.get(0)), Query.text(row.get(1)));
    }
  }

  private void tables() {
    String sql =
        "SELECT name, sql FROM sqlite_schema AS o WHERE type = 'table' AND sql NOT NULL AND "
            + matching()
            + " ORDER BY tbl_name = 'sqlite_sequence', rowid";
    List<String> viewTexts = new ArrayList<>();
    for (List<Value> row : Query.rows(session, sql)) {
      String name = Query.text(row.get(0));
      String create = Query.text(row.get(1));
      String view = views.get(name);
      if (view != null) {
        viewTexts.add(view);
      } else if (!isOurs(name) && !(hideSystem && name.startsWith("sqlite_"))) {
        table(name, create);
      }
    }
    if (!dataOnly) {
      viewTexts.forEach(each -> shell.out().line(each + ";"));
    }
  }

  /** Whether an object belongs to what maintains views, and so comes back with them. */
  private boolean isOurs(String name) {
    return !forNative && name.equals(LOG_SETTINGS)
        || !views.isEmpty()
            && (name.equals("turso_views")
                || name.equals("turso_foreign")
                || name.equals("turso_mark")
                || name.startsWith("turso_state_")
                || name.startsWith("turso_guard_")
                || name.startsWith("turso_watch_"));
  }

  /** Nobody may write their table; the log is on from the dump's end on, and does not log the dump. */
  private void logSettings() {
    if (forNative
        || !patterns.isEmpty()
        || Query.rows(session, "SELECT 1 FROM sqlite_schema WHERE name = '" + LOG_SETTINGS + "'")
            .isEmpty()) {
      return;
    }
    for (String pragma : List.of("turso_capture", "turso_capture_retention")) {
      for (String value : Query.texts(session, "PRAGMA " + pragma)) {
        shell.out().line("PRAGMA " + pragma + "=" + Texts.quoted(value) + ";");
      }
    }
  }

  private void table(String name, String create) {
    ByteSink out = shell.out();
    if (name.equals("sqlite_sequence")) {
      if (!dataOnly) {
        out.line("DELETE FROM sqlite_sequence;");
      }
    } else if (name.startsWith("sqlite_stat")) {
      if (!dataOnly && name.equals("sqlite_stat1")) {
        out.line("ANALYZE sqlite_schema;");
      }
    } else if (name.startsWith("sqlite_")) {
      return;
    } else if (!dataOnly) {
      out.line(SchemaText.create(create) + ";");
    }
    content(name);
  }

  private void content(String name) {
    StringJoiner columns = new StringJoiner(",");
    StringJoiner target = new StringJoiner(",");
    String key = rowids ? freeRowid(name) : null;
    if (key != null) {
      columns.add(key);
      target.add(key);
    }
    for (String each :
        Query.texts(session, "SELECT name FROM pragma_table_info(?1)", Value.text(name))) {
      columns.add("\"" + each.replace("\"", "\"\"") + "\"");
      target.add(Texts.identifier(each));
    }
    String from = " FROM " + Texts.identifier(name);
    rows(shell, name, "SELECT " + columns + from, key != null ? "(" + target + ")" : "", newlines);
  }

  /** The name of a rowid that is none of the table's columns; null if there is none. */
  private @Nullable String freeRowid(String table) {
    boolean integerKey =
        !Query.rows(
                session,
                "SELECT 1 FROM pragma_table_info(?1) WHERE pk = 1 AND type = 'INTEGER' COLLATE NOCASE",
                Value.text(table))
            .isEmpty();
    if (integerKey) {
      return null;
    }
    String columns = "SELECT lower(name) FROM pragma_table_info(?1)";
    List<String> taken = Query.texts(session, columns, Value.text(table));
    for (String each : List.of("rowid", "_rowid_", "oid")) {
      if (!taken.contains(each)) {
        String probe = "SELECT " + each + " FROM " + Texts.identifier(table);
        try (Statement statement = session.prepare(probe)) {
          return statement.isEmpty() ? null : each;
        } catch (DatabaseException e) {
          return null; // WITHOUT ROWID
        }
      }
    }
    return null;
  }

  static void rows(Shell shell, String table, String query, String columns) {
    rows(shell, table, query, columns, false);
  }

  private static void rows(
      Shell shell, String table, String query, String columns, boolean newlines) {
    OutputSettings settings = new OutputSettings();
    settings.mode(OutputMode.INSERT);
    settings.insertTarget(Texts.identifier(table) + columns);
    settings.newlinesKept(newlines);
    RowPrinter printer = RowPrinter.of(settings, List.of(), shell.out());
    try (Statement statement = shell.session().prepare(query);
        Rows rows = statement.query()) {
      int width = statement.columnCount();
      while (rows.next()) {
        Value[] row = new Value[width];
        for (int i = 0; i < width; i++) {
          row[i] = rows.get(i);
        }
        printer.row(row);
      }
    } catch (DatabaseException e) {
      shell.out().line("/**** ERROR: (" + e.code().code() + ") " + e.getMessage() + " *****/");
    }
  }

  private void others() {
    String sql =
        "SELECT name, sql FROM sqlite_schema AS o WHERE sql NOT NULL AND type IN"
            + " ('index','trigger','view') AND "
            + matching()
            + " ORDER BY type COLLATE NOCASE DESC";
    List<List<Value>> rows = Query.rows(session, sql);
    for (String type : List.of("index", "view", "trigger")) {
      for (List<Value> row : rows) {
        String name = Query.text(row.get(0));
        String create = Query.text(row.get(1));
        if (create.regionMatches(true, "CREATE ".length(), type, 0, type.length())
            || type.equals("index") && create.regionMatches(true, 7, "UNIQUE", 0, 6)) {
          if (!isOurs(name)) {
            shell.out().line(create + ";");
          }
        }
      }
    }
  }

  private String matching() {
    if (patterns.isEmpty()) {
      return "true";
    }
    StringJoiner any = new StringJoiner(" OR ", "(", ")");
    for (String each : patterns) {
      String like = Texts.quoted(each) + " ESCAPE '\\'";
      any.add(
          "name LIKE "
              + like
              + " OR EXISTS (SELECT 1 FROM sqlite_schema WHERE name LIKE "
              + like
              + " AND sql LIKE 'CREATE VIRTUAL TABLE%' AND substr(o.name, 1, length(name)+1) = (name||'_'))");
    }
    return any.toString();
  }
}
