package dev.turso.cli.command;

import dev.turso.Session;
import dev.turso.cli.output.Texts;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Commands that show what is in the database. */
final class SchemaCommands {

  private static final int LINE = 80;
  private static final String SCHEMA_TABLE =
      "CREATE TABLE %s (\n  type text,\n  name text,\n  tbl_name text,\n  rootpage integer,\n  sql text\n)";

  private SchemaCommands() {}

  static void addTo(CommandTable table) {
    table.add(
        "databases", 2, "", "Names and files of the attached databases", SchemaCommands::databases);
    table.add("dump", 1, "?OBJECTS?", "The content as SQL", DumpCommand::run);
    table.add(
        "fullschema",
        1,
        "?--indent?",
        "The schema and the planner's statistics",
        SchemaCommands::fullSchema);
    table.add("indexes", 3, "?TABLE?", "Names of indexes", SchemaCommands::indexes);
    table.add("indices", 4, "?TABLE?", "Names of indexes", SchemaCommands::indexes);
    table.add("schema", 3, "?PATTERN?", "The CREATE statements", SchemaCommands::schema);
    table.add("tables", 2, "?PATTERN?", "Names of tables and views", SchemaCommands::tables);
    table.add("lint", 3, "fkey-indexes", "Foreign keys without an index", Diagnostics::lint);
    table.add("dbinfo", 3, "?DB?", "Facts of the file's header", DatabaseInfo::run);
    table.add("dbconfig", 3, "?OP? ?VAL?", "Switches of the connection", Diagnostics::dbconfig);
    table.add("limit", 5, "?LIMIT?", "Limits", Diagnostics::limit);
    table.add("sha3sum", 4, "", "A hash of the content", ContentHash::run);
    table.add("vfslist", 4, "", "Where files can be", Diagnostics::vfsList);
    table.add("vfsname", 4, "", "Where files are", Diagnostics::vfsName);
    table.add("version", 1, "", "Versions", Diagnostics::version);
    table.add("expert", 4, "", "Suggest indexes for the next statement", Diagnostics::expert);
  }

  private static Outcome databases(Shell shell, List<String> words) {
    Session session = shell.session();
    for (List<Value> row : Query.rows(session, "PRAGMA database_list")) {
      String file = Query.text(row.get(2));
      String access = session.readOnly() ? "r/o" : "r/w";
      shell
          .out()
          .line(Query.text(row.get(1)) + ": " + (file.isEmpty() ? "\"\"" : file) + " " + access);
    }
    return Outcome.DONE;
  }

  private static Outcome tables(Shell shell, List<String> words) {
    String pattern = words.size() > 1 ? words.get(1) : "%";
    list(
        shell,
        "type IN ('table','view') AND name NOT LIKE 'sqlite__%' ESCAPE '_' AND name LIKE ?1",
        pattern);
    return Outcome.DONE;
  }

  private static Outcome indexes(Shell shell, List<String> words) {
    if (words.size() > 2) {
      return Arguments.usage(shell, ".indexes ?LIKE-PATTERN?");
    }
    if (words.size() == 2) {
      list(shell, "type='index' AND tbl_name LIKE ?1", words.get(1));
    } else {
      list(shell, "type='index' AND name LIKE ?1", "%");
    }
    return Outcome.DONE;
  }

  private static void list(Shell shell, String condition, String pattern) {
    Session session = shell.session();
    List<String> names = new ArrayList<>();
    for (String database : Query.databases(session)) {
      String prefix = database.equals("main") ? "" : database + ".";
      String sql =
          "SELECT name FROM " + Texts.identifier(database) + ".sqlite_schema WHERE " + condition;
      for (String name : Query.texts(session, sql, Value.text(pattern))) {
        if (!name.startsWith("sqlite_") || condition.startsWith("type='index'")) {
          names.add(prefix + name);
        }
      }
    }
    names.sort(null);
    inColumns(shell, names);
  }

  private static void inColumns(Shell shell, List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    int width = 0;
    for (String each : names) {
      width = Math.max(width, each.length());
    }
    int across = Math.max(1, LINE / (width + 2));
    int down = (names.size() + across - 1) / across;
    for (int i = 0; i < down; i++) {
      StringBuilder line = new StringBuilder();
      for (int j = i; j < names.size(); j += down) {
        line.append(j < down ? "" : "  ").append(names.get(j));
        line.append(" ".repeat(width - names.get(j).length()));
      }
      shell.out().line(line.toString());
    }
  }

  private static Outcome schema(Shell shell, List<String> words) {
    boolean indent = false;
    boolean hideSystem = false;
    String pattern = null;
    for (String each : words.subList(1, words.size())) {
      String option = Arguments.option(each);
      if (option.equals("indent")) {
        indent = true;
      } else if (option.equals("nosys")) {
        hideSystem = true;
      } else if (!option.isEmpty()) {
        shell.complain("Unknown option: \"" + each + "\"");
        return Outcome.FAILED;
      } else if (pattern == null) {
        pattern = each;
      } else {
        return Arguments.usage(shell, ".schema ?--indent? ?--nosys? ?LIKE-PATTERN?");
      }
    }
    if (pattern != null && isSchemaTable(pattern)) {
      shell.out().line(SCHEMA_TABLE.formatted(pattern) + ";");
      return Outcome.DONE;
    }
    showSchema(shell, pattern, hideSystem, indent, true);
    return Outcome.DONE;
  }

  private static boolean isSchemaTable(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema" -> true;
      default -> false;
    };
  }

  private static void showSchema(
      Shell shell, @Nullable String pattern, boolean hideSystem, boolean indent, boolean notes) {
    Session session = shell.session();
    for (String database : Query.databases(session)) {
      StringBuilder sql = new StringBuilder("SELECT type, name, sql FROM ");
      sql.append(Texts.identifier(database)).append(".sqlite_schema WHERE sql IS NOT NULL");
      if (pattern != null) {
        String against = pattern.contains(".") ? "'" + database + ".'||tbl_name" : "tbl_name";
        boolean glob = pattern.matches(".*[*?\\[].*");
        sql.append(" AND lower(").append(against).append(glob ? ") GLOB ?1" : ") LIKE ?1");
      }
      if (hideSystem) {
        sql.append(" AND name NOT LIKE 'sqlite!_%' ESCAPE '!'");
      }
      sql.append(" ORDER BY rowid");
      Value[] bound =
          pattern == null
              ? new Value[0]
              : new Value[] {Value.text(pattern.toLowerCase(Locale.ROOT))};
      for (List<Value> row : Query.rows(session, sql.toString(), bound)) {
        String text = qualified(database, SchemaText.create(Query.text(row.get(2))));
        if (notes && Query.text(row.get(0)).equals("view")) {
          text += columnsNote(session, database, Query.text(row.get(1)));
        }
        shell.out().line((indent ? SchemaText.indented(text) : text) + ";");
      }
    }
  }

  /** In other databases than main the name gets the database's. */
  private static String qualified(String database, String sql) {
    if (database.equals("main")) {
      return sql;
    }
    String[] kinds = {"TABLE ", "INDEX ", "UNIQUE INDEX ", "VIEW ", "TRIGGER ", "VIRTUAL TABLE "};
    for (String kind : kinds) {
      if (sql.startsWith("CREATE " + kind)) {
        int at = "CREATE ".length() + kind.length();
        String prefix = database.equals("temp") ? database : Texts.identifier(database);
        return sql.substring(0, at) + prefix + "." + sql.substring(at);
      }
    }
    return sql;
  }

  private static String columnsNote(Session session, String database, String view) {
    StringJoiner names = new StringJoiner(",", "(", ")");
    try {
      String sql = "SELECT name FROM pragma_table_info(?1, ?2)";
      for (String each : Query.texts(session, sql, Value.text(view), Value.text(database))) {
        names.add(Texts.identifier(each));
      }
    } catch (dev.turso.error.SqlException e) {
      return ""; // the view does not bind
    }
    String prefix = database.equals("main") ? "" : Texts.identifier(database) + ".";
    return "\n/* " + prefix + Texts.identifier(view) + names + " */";
  }

  private static Outcome fullSchema(Shell shell, List<String> words) {
    boolean indent = words.size() == 2 && Arguments.option(words.get(1)).equals("indent");
    if (words.size() > (indent ? 2 : 1)) {
      return Arguments.usage(shell, ".fullschema ?--indent?");
    }
    Session session = shell.session();
    for (String database : Query.databases(session)) {
      String sql =
          "SELECT sql FROM "
              + Texts.identifier(database)
              + ".sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
              + " ORDER BY rowid";
      for (String each : Query.texts(session, sql)) {
        String text = qualified(database, SchemaText.create(each));
        shell.out().line((indent ? SchemaText.indented(text) : text) + ";");
      }
    }
    String statistics = "SELECT name FROM sqlite_schema WHERE name GLOB 'sqlite_stat[134]'";
    List<String> tables = Query.texts(session, statistics);
    if (tables.isEmpty()) {
      shell.out().line("/* No STAT tables available */");
      return Outcome.DONE;
    }
    shell.out().line("ANALYZE sqlite_schema;");
    for (String each : tables) {
      DumpCommand.rows(shell, each, "SELECT * FROM " + each, "");
    }
    shell.out().line("ANALYZE sqlite_schema;");
    return Outcome.DONE;
  }
}
