package dev.turso.cli.mcp;

import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tools that open databases and tell what is in them. */
final class DatabaseTools {

  private DatabaseTools() {}

  static void addTo(List<ToolDefinition> all) {
    all.add(
        ToolDefinition.of(
            "open_database",
            "Open a database",
            "Opens a database file below the server's folders, or :memory:, in place of the open one.",
            ToolDefinition.Effect.OPENS,
            Schemas.object("path*", Schemas.string("the file; made with its folders if absent")),
            Schemas.object("path*", Schemas.string("what is open now")),
            DatabaseTools::open));
    all.add(
        ToolDefinition.of(
            "current_database",
            "Name the open database",
            "Says which database is open.",
            ToolDefinition.Effect.READS,
            Schemas.object(),
            Schemas.object(
                "path*", Schemas.string("what is open"),
                "readOnly*", Schemas.flag("whether nothing may be written")),
            DatabaseTools::current));
    all.add(
        ToolDefinition.of(
            "list_tables",
            "List tables",
            "Names the tables of the open database.",
            ToolDefinition.Effect.READS,
            Schemas.object(),
            Schemas.object("tables*", Schemas.strings()),
            DatabaseTools::tables));
    all.add(
        ToolDefinition.of(
            "describe_table",
            "Describe a table",
            "Lists the columns of a table or view.",
            ToolDefinition.Effect.READS,
            Schemas.object("table_name*", Schemas.string("the table's name, not quoted")),
            Schemas.object(
                "table*", Schemas.string("the table"),
                "columns*",
                    Schemas.array(
                        Schemas.object(
                            "name*", Schemas.string("the column"),
                            "type*", Schemas.string("the declared type"),
                            "notNull*", Schemas.flag("whether NULL is refused"),
                            "default", Map.of("description", "the default's SQL text"),
                            "primaryKey*", Schemas.integer("its place in the primary key, or 0"),
                            "generated*", Schemas.flag("whether it is computed")))),
            DatabaseTools::describe));
  }

  private static ToolResult open(Workspace workspace, ToolArguments arguments) {
    String wanted = arguments.text("path");
    String path = wanted;
    if (!wanted.equals(":memory:")) {
      FileAccess access = new FileAccess(workspace.settings().allowed());
      path = access.resolve(wanted, !workspace.settings().readOnly()).toString();
    }
    try {
      workspace.open(path);
    } catch (DatabaseException e) {
      throw new ToolFailure("Failed to open database: " + e.getMessage());
    }
    return new ToolResult("Successfully opened database: " + wanted, data("path", wanted));
  }

  private static ToolResult current(Workspace workspace, ToolArguments arguments) {
    Map<String, @Nullable Object> data = data("path", workspace.name());
    data.put("readOnly", workspace.settings().readOnly());
    return new ToolResult("Current database: " + workspace.name(), data);
  }

  private static ToolResult tables(Workspace workspace, ToolArguments arguments) {
    List<String> names = Listing.tables(workspace.session());
    String text = names.isEmpty() ? "No tables found in the database" : String.join(", ", names);
    return new ToolResult(text, data("tables", names));
  }

  private static ToolResult describe(Workspace workspace, ToolArguments arguments) {
    String table = arguments.text("table_name");
    List<Object> columns = new ArrayList<>();
    StringBuilder text = new StringBuilder("Table '" + table + "' columns:");
    String sql =
        "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1)";
    for (List<Value> row : Listing.rows(workspace.session(), sql, Value.text(table))) {
      Map<String, @Nullable Object> column = new LinkedHashMap<>();
      String type = Listing.text(row.get(1));
      boolean notNull = row.get(2).asLong() != 0;
      boolean generated = row.get(5).asLong() >= 2;
      column.put("name", Listing.text(row.get(0)));
      column.put("type", type);
      column.put("notNull", notNull);
      column.put("default", row.get(3).asString());
      column.put("primaryKey", row.get(4).asLong());
      column.put("generated", generated);
      columns.add(column);
      text.append('\n').append(column.get("name")).append(' ').append(type);
      text.append(notNull ? " NOT NULL" : " NULL");
      text.append(row.get(3).isNull() ? "" : " DEFAULT " + row.get(3).asString());
      text.append(row.get(4).asLong() != 0 ? " PRIMARY KEY" : "");
      text.append(row.get(5).asLong() == 2 ? " VIRTUAL GENERATED" : "");
      text.append(row.get(5).asLong() == 3 ? " STORED GENERATED" : "");
    }
    if (columns.isEmpty()) {
      throw new ToolFailure("Table '" + table + "' not found");
    }
    Map<String, @Nullable Object> data = data("table", table);
    data.put("columns", columns);
    return new ToolResult(text.toString(), data);
  }

  static Map<String, @Nullable Object> data(String name, Object value) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put(name, value);
    return data;
  }
}
