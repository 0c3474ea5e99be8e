package dev.turso.cli.mcp;

import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.live.FeedRow;
import dev.turso.cli.output.Texts;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tools for views, changes and live queries: what this engine adds. */
final class ViewTools {

  private static final int USUAL_CHANGES = 100;
  private static final int MOST_CHANGES = 1000;
  private static final long FIRST_ANSWER_MILLIS = 10_000;

  private ViewTools() {}

  static void addTo(List<ToolDefinition> all) {
    all.add(
        ToolDefinition.of(
            "list_views",
            "List views",
            "Lists views and materialized views with their text, and the latter's state and cost.",
            ToolDefinition.Effect.READS,
            Schemas.object(),
            Schemas.object("views*", Schemas.array(Map.of("type", "object"))),
            ViewTools::list));
    all.add(
        ToolDefinition.of(
            "create_view",
            "Create a view",
            "Creates a materialized view, which is maintained at every commit, or a plain one.",
            ToolDefinition.Effect.ADDS,
            Schemas.object(
                "name*", Schemas.string("the view's name, not quoted"),
                "query*", Schemas.string("one SELECT"),
                "materialized", Schemas.flag("true if absent"),
                "if_not_exists", Schemas.flag("false if absent")),
            Schemas.object("statement*", Schemas.string("what was run")),
            ViewTools::create));
    all.add(
        ToolDefinition.of(
            "recent_changes",
            "Read recent changes",
            "Returns committed changes of rows since this client opened the database, oldest first.",
            ToolDefinition.Effect.READS,
            Schemas.object(
                "table", Schemas.string("only this table's"),
                "limit",
                    Schemas.integer("at most so many of the newest, 1 to 1000; 100 if absent")),
            Schemas.object(
                "changes*", Schemas.array(Map.of("type", "object")),
                "position*", Schemas.string("the newest commit")),
            ViewTools::changes));
    all.add(
        ToolDefinition.of(
            "subscribe_query",
            "Subscribe to a query",
            "Starts a live query. Its result is a resource, whose URI is returned with the rows of now;"
                + " each commit that changes them is told by notifications/resources/updated."
                + " resources/unsubscribe ends it.",
            ToolDefinition.Effect.OPENS,
            Schemas.object(
                "query*", Schemas.string("one SELECT over tables and views"),
                "parameters", Schemas.parameters()),
            Schemas.object(
                "uri*", Schemas.string("the resource"),
                "query*", Schemas.string("the SELECT"),
                "position*", Schemas.string("the commit of these rows"),
                "columns*", Schemas.strings(),
                "rows*", Schemas.rows()),
            ViewTools::subscribe));
  }

  private static ToolResult list(Workspace workspace, ToolArguments arguments) {
    Session session = workspace.session();
    List<Object> views = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    if (!Listing.rows(session, "SELECT 1 FROM sqlite_schema WHERE name = 'turso_views'")
        .isEmpty()) {
      Map<String, List<Value>> costs = new LinkedHashMap<>();
      for (List<Value> row : Listing.rows(session, "PRAGMA turso_view_stats")) {
        costs.put(Listing.text(row.getFirst()), row);
      }
      String sql = "SELECT name, sql, status, message FROM turso_views ORDER BY id";
      for (List<Value> row : Listing.rows(session, sql)) {
        Map<String, @Nullable Object> view = view(row, "materialized view");
        view.put("status", Listing.text(row.get(2)));
        view.put("message", row.get(3).asString());
        List<Value> cost = costs.get(Listing.text(row.getFirst()));
        if (cost != null) {
          view.put("rowsTouched", cost.get(2).asLong());
          view.put("rowsWritten", cost.get(3).asLong());
          view.put("micros", cost.get(4).asLong());
        }
        views.add(view);
        text.append(view.get("name"))
            .append(" (materialized, ")
            .append(view.get("status"))
            .append(")\n");
      }
    }
    String plain = "SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY name";
    for (List<Value> row : Listing.rows(session, plain)) {
      views.add(view(row, "view"));
      text.append(Listing.text(row.getFirst())).append(" (view)\n");
    }
    return new ToolResult(
        views.isEmpty() ? "No views found in the database" : text.toString(),
        DatabaseTools.data("views", views));
  }

  private static Map<String, @Nullable Object> view(List<Value> row, String kind) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("name", Listing.text(row.get(0)));
    view.put("kind", kind);
    view.put("sql", Listing.text(row.get(1)));
    return view;
  }

  private static ToolResult create(Workspace workspace, ToolArguments arguments) {
    String query = StatementClass.SELECT.check(arguments.text("query"));
    String sql =
        (arguments.flag("materialized", true) ? "CREATE MATERIALIZED VIEW " : "CREATE VIEW ")
            + (arguments.flag("if_not_exists", false) ? "IF NOT EXISTS " : "")
            + Texts.identifier(arguments.text("name"))
            + " AS "
            + query;
    StatementClass.SCHEMA.check(sql);
    try (Statement statement = workspace.session().prepare(sql)) {
      statement.run();
    }
    workspace.subscriptions().schemaChanged();
    return new ToolResult("Schema change successful.", DatabaseTools.data("statement", sql));
  }

  private static ToolResult changes(Workspace workspace, ToolArguments arguments) {
    String table = arguments.textOrNull("table");
    int limit = arguments.number("limit", USUAL_CHANGES, 1, MOST_CHANGES);
    workspace.session();
    awaitDelivered(workspace);
    List<FeedRow> wanted = new ArrayList<>();
    for (FeedRow each : workspace.recent()) {
      if (table == null || each.table().equalsIgnoreCase(table)) {
        wanted.add(each);
      }
    }
    List<FeedRow> newest = wanted.subList(Math.max(0, wanted.size() - limit), wanted.size());
    List<Object> changes = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (FeedRow each : newest) {
      Map<String, @Nullable Object> change = new LinkedHashMap<>();
      change.put("position", each.position().toString());
      change.put("table", each.table());
      change.put("operation", each.operation());
      change.put("origin", each.origin());
      change.put("before", WireValues.image(each.before()));
      change.put("after", WireValues.image(each.after()));
      changes.add(change);
      text.append(Json.write(change)).append('\n');
    }
    Map<String, @Nullable Object> data = DatabaseTools.data("changes", changes);
    data.put("position", workspace.database().position().toString());
    return new ToolResult(changes.isEmpty() ? "No changes yet" : text.toString(), data);
  }

  /** A client that reads its own writes must find them here. */
  private static void awaitDelivered(Workspace workspace) {
    try {
      workspace.database().changes().awaitDelivered(workspace.database().position(), 1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ToolResult subscribe(Workspace workspace, ToolArguments arguments) {
    String query = StatementClass.SELECT.check(arguments.text("query"));
    workspace.session();
    Subscriptions.Subscribed subscribed =
        workspace.subscriptions().subscribe(workspace.database(), query, arguments.positional());
    subscribed.awaitFirst(FIRST_ANSWER_MILLIS);
    Map<String, @Nullable Object> data = subscribed.data();
    if (data.containsKey("error")) {
      throw new ToolFailure("" + data.get("error"));
    }
    return new ToolResult("Subscribed: " + Subscriptions.uriOf(subscribed), data);
  }
}
