package dev.turso.cli.mcp;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Tools that run statements. */
final class QueryTools {

  private static final int USUAL_ROWS = 100;
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_CHARACTERS = 1 << 20;

  private QueryTools() {}

  static void addTo(List<ToolDefinition> all) {
    all.add(
        ToolDefinition.of(
            "execute_query",
            "Run a query",
            "Runs one SELECT (also with WITH in front, or VALUES) and returns its rows.",
            ToolDefinition.Effect.READS,
            Schemas.object(
                "query*", Schemas.string("one SELECT"),
                "parameters", Schemas.parameters(),
                "limit", Schemas.integer("rows in one answer, 1 to 10000; 100 if absent"),
                "cursor", Schemas.string("nextCursor of an earlier answer to the same query")),
            Schemas.object(
                "columns*", Schemas.strings(),
                "rows*", Schemas.rows(),
                "rowCount*", Schemas.integer("rows in this answer"),
                "nextCursor", Schemas.string("where to go on; absent after the last row")),
            QueryTools::select));
    write(
        all,
        "insert_data",
        "Insert rows",
        "INSERT",
        StatementClass.INSERT,
        ToolDefinition.Effect.ADDS);
    write(
        all,
        "update_data",
        "Update rows",
        "UPDATE",
        StatementClass.UPDATE,
        ToolDefinition.Effect.CHANGES);
    write(
        all,
        "delete_data",
        "Delete rows",
        "DELETE",
        StatementClass.DELETE,
        ToolDefinition.Effect.CHANGES);
    all.add(
        ToolDefinition.of(
            "schema_change",
            "Change the schema",
            "Runs one CREATE, ALTER or DROP of a table, index, view, trigger or materialized view.",
            ToolDefinition.Effect.CHANGES,
            Schemas.object("query*", Schemas.string("one CREATE, ALTER or DROP statement")),
            Schemas.object("statement*", Schemas.string("what was run")),
            QueryTools::schemaChange));
    all.add(
        ToolDefinition.of(
            "explain_query",
            "Explain a statement",
            "Shows the plan of one SELECT, INSERT, UPDATE or DELETE without running it.",
            ToolDefinition.Effect.READS,
            Schemas.object("query*", Schemas.string("the statement")),
            Schemas.object(
                "plan*",
                Schemas.array(
                    Schemas.object(
                        "id*",
                        Schemas.integer("the step"),
                        "parent*",
                        Schemas.integer("the step it belongs to, 0 for none"),
                        "detail*",
                        Schemas.string("what is done")))),
            QueryTools::explain));
  }

  private static void write(
      List<ToolDefinition> all,
      String name,
      String title,
      String verb,
      StatementClass kind,
      ToolDefinition.Effect effect) {
    all.add(
        ToolDefinition.of(
            name,
            title,
            "Runs one " + verb + " (also with WITH in front); RETURNING gives rows.",
            effect,
            Schemas.object(
                "query*", Schemas.string("one " + verb + " statement"),
                "parameters", Schemas.parameters()),
            Schemas.object(
                "changes*", Schemas.integer("rows changed"),
                "columns", Schemas.strings(),
                "rows", Schemas.rows()),
            (workspace, arguments) -> run(workspace, arguments, verb, kind)));
  }

  private static ToolResult select(Workspace workspace, ToolArguments arguments) {
    String sql = StatementClass.SELECT.check(arguments.text("query"));
    int limit = arguments.number("limit", USUAL_ROWS, 1, MOST_ROWS);
    String identity = Integer.toHexString((sql + '\0' + arguments.parameterText()).hashCode());
    long skip = skip(arguments.textOrNull("cursor"), identity);
    Session session = workspace.session();
    try (Statement statement = session.prepare(sql)) {
      if (!statement.readOnly()) {
        throw new ToolFailure("only a statement that reads is accepted here");
      }
      arguments.bind(statement);
      Page page = Page.read(statement, skip, limit);
      Map<String, @Nullable Object> data = page.data();
      data.put("rowCount", page.rows.size());
      if (page.more) {
        data.put("nextCursor", cursor(skip + page.rows.size(), identity));
      }
      String text = page.rows.isEmpty() && skip == 0 ? "No results found" : page.text();
      if (page.more) {
        text += "… more rows: call again with cursor " + data.get("nextCursor") + "\n";
      }
      return new ToolResult(text, data);
    }
  }

  private static String cursor(long offset, String identity) {
    String plain = offset + ":" + identity;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  private static long skip(@Nullable String cursor, String identity) {
    if (cursor == null) {
      return 0;
    }
    try {
      String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      int colon = plain.indexOf(':');
      long offset = Long.parseLong(plain.substring(0, Math.max(0, colon)));
      if (offset >= 0 && plain.substring(colon + 1).equals(identity)) {
        return offset;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new ToolFailure("the cursor does not belong to this query and its parameters");
  }

  /** Some rows of a result. */
  private static final class Page {

    private final List<String> columns = new ArrayList<>();
    private final List<List<Value>> rows = new ArrayList<>();
    private boolean more;

    static Page read(Statement statement, long skip, int limit) {
      Page page = new Page();
      int width = statement.columnCount();
      for (int i = 0; i < width; i++) {
        page.columns.add(statement.columnName(i));
      }
      long characters = 0;
      long number = 0;
      try (Rows result = statement.query()) {
        while (result.next()) {
          if (number++ < skip) {
            continue;
          }
          if (page.rows.size() == limit || characters > MOST_CHARACTERS) {
            page.more = true;
            break;
          }
          List<Value> row = new ArrayList<>(width);
          for (int i = 0; i < width; i++) {
            Value value = result.get(i);
            characters += value.ref().length;
            row.add(value);
          }
          page.rows.add(row);
        }
      }
      return page;
    }

    Map<String, @Nullable Object> data() {
      Map<String, @Nullable Object> data = new LinkedHashMap<>();
      data.put("columns", columns);
      data.put("rows", rows.stream().map(WireValues::row).toList());
      return data;
    }

    String text() {
      String header = String.join(" | ", columns);
      StringBuilder text = new StringBuilder(header).append('\n');
      text.append("-".repeat(Math.max(1, header.length()))).append('\n');
      for (List<Value> row : rows) {
        StringJoiner line = new StringJoiner(" | ");
        row.forEach(each -> line.add(WireValues.text(each)));
        text.append(line).append('\n');
      }
      return text.toString();
    }
  }

  private static ToolResult run(
      Workspace workspace, ToolArguments arguments, String verb, StatementClass kind) {
    String sql = kind.check(arguments.text("query"));
    Session session = workspace.session();
    try (Statement statement = session.prepare(sql)) {
      arguments.bind(statement);
      Map<String, @Nullable Object> data = new LinkedHashMap<>();
      String text = verb + " successful.";
      if (statement.columnCount() > 0) {
        Page page = Page.read(statement, 0, MOST_ROWS);
        data.putAll(page.data());
        text += "\n" + page.text();
      } else {
        statement.run();
      }
      data.put("changes", session.changes());
      return new ToolResult(text, data);
    }
  }

  private static ToolResult schemaChange(Workspace workspace, ToolArguments arguments) {
    String sql = StatementClass.SCHEMA.check(arguments.text("query"));
    try (Statement statement = workspace.session().prepare(sql)) {
      statement.run();
    }
    workspace.subscriptions().schemaChanged();
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("statement", sql);
    return new ToolResult("Schema change successful.", data);
  }

  private static ToolResult explain(Workspace workspace, ToolArguments arguments) {
    String sql = StatementClass.EXPLAINABLE.check(arguments.text("query"));
    List<Object> steps = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Map<Long, Integer> depths = new LinkedHashMap<>();
    try (Statement statement = workspace.session().prepare("EXPLAIN QUERY PLAN " + sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        String detail = rows.getText(3);
        int depth = depths.getOrDefault(rows.getLong(1), -1) + 1;
        depths.put(rows.getLong(0), depth);
        text.append("  ".repeat(depth)).append(detail).append('\n');
        Map<String, @Nullable Object> step = new LinkedHashMap<>();
        step.put("id", rows.getLong(0));
        step.put("parent", rows.getLong(1));
        step.put("detail", detail == null ? "" : detail);
        steps.add(step);
      }
    }
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("plan", steps);
    return new ToolResult(text.isEmpty() ? "No plan: constants only" : text.toString(), data);
  }
}
