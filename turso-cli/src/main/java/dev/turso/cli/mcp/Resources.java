package dev.turso.cli.mcp;

import dev.turso.Session;
import dev.turso.cli.output.Texts;
import dev.turso.value.Value;
import io.modelcontextprotocol.spec.McpSchema.ListResourceTemplatesResult;
import io.modelcontextprotocol.spec.McpSchema.ListResourcesResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client can read: the schema, the first rows of each table, the results of live queries. */
final class Resources {

  private static final String SCHEMA = "turso://schema";
  private static final String JSON_TYPE = "application/json";
  private static final int PAGE = 100;
  private static final int ROWS = 100;
  private static final long OWN_WRITES_MILLIS = 5000;

  private final Workspace workspace;

  Resources(Workspace workspace) {
    this.workspace = workspace;
  }

  ListResourcesResult list(@Nullable String cursor) {
    List<Resource> all = new ArrayList<>();
    all.add(
        Resource.builder(SCHEMA, "schema")
            .title("Schema")
            .description("The CREATE statements of the open database")
            .mimeType("application/sql")
            .build());
    for (String each : Listing.tables(workspace.session())) {
      all.add(
          Resource.builder(Subscriptions.TABLE_PREFIX + Texts.uriPart(each), each)
              .title("Table " + each)
              .description("The first " + ROWS + " rows")
              .mimeType(JSON_TYPE)
              .build());
    }
    for (Subscriptions.Subscribed each : workspace.subscriptions().all()) {
      all.add(
          Resource.builder(Subscriptions.uriOf(each), Subscriptions.sqlOf(each))
              .title("Live query")
              .description("The present result of a subscribed query")
              .mimeType(JSON_TYPE)
              .build());
    }
    int from = offset(cursor, all.size());
    int to = Math.min(all.size(), from + PAGE);
    return new ListResourcesResult(
        all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
  }

  private static int offset(@Nullable String cursor, int size) {
    if (cursor == null) {
      return 0;
    }
    try {
      int offset = Integer.parseInt(cursor);
      if (offset >= 0 && offset <= size) {
        return offset;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new ProtocolException(JsonRpc.INVALID_PARAMS, "an unknown cursor");
  }

  static ListResourceTemplatesResult templates() {
    return new ListResourceTemplatesResult(
        List.of(
            ResourceTemplate.builder(Subscriptions.TABLE_PREFIX + "{name}", "table")
                .title("Table")
                .description("The first " + ROWS + " rows of a table or view")
                .mimeType(JSON_TYPE)
                .build()),
        null);
  }

  ReadResourceResult read(String uri) {
    if (uri.equals(SCHEMA)) {
      return content(uri, "application/sql", schema());
    }
    Subscriptions.Subscribed subscribed = workspace.subscriptions().find(uri);
    if (subscribed != null) {
      subscribed.await(workspace.session().lastCommit(), OWN_WRITES_MILLIS);
      return content(uri, JSON_TYPE, Json.write(subscribed.data()));
    }
    if (uri.startsWith(Subscriptions.TABLE_PREFIX)) {
      String name = tableName(uri);
      if (Listing.hasTable(workspace.session(), name)) {
        return content(uri, JSON_TYPE, table(name));
      }
    }
    throw new ProtocolException(JsonRpc.RESOURCE_NOT_FOUND, "no resource has this URI");
  }

  private static String tableName(String uri) {
    try {
      return URLDecoder.decode(
          uri.substring(Subscriptions.TABLE_PREFIX.length()).replace("+", "%2B"),
          StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(JsonRpc.INVALID_PARAMS, "not a URI");
    }
  }

  /** Whether a client may subscribe to it. */
  boolean exists(String uri) {
    return uri.equals(SCHEMA)
        || workspace.subscriptions().find(uri) != null
        || uri.startsWith(Subscriptions.TABLE_PREFIX)
            && Listing.hasTable(workspace.session(), tableName(uri));
  }

  private static ReadResourceResult content(String uri, String type, String text) {
    return new ReadResourceResult(List.of(new TextResourceContents(uri, type, text)));
  }

  private String schema() {
    StringBuilder text = new StringBuilder();
    String sql =
        "SELECT sql FROM sqlite_schema WHERE sql NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
            + " AND name NOT LIKE 'turso!_%' ESCAPE '!' ORDER BY rowid";
    for (List<Value> row : Listing.rows(workspace.session(), sql)) {
      text.append(Listing.text(row.getFirst())).append(";\n");
    }
    return text.toString();
  }

  private String table(String name) {
    Session session = workspace.session();
    List<Object> rows = new ArrayList<>();
    String from = " FROM " + Texts.identifier(name);
    for (List<Value> row : Listing.rows(session, "SELECT *" + from + " LIMIT " + ROWS)) {
      rows.add(WireValues.row(row));
    }
    List<Object> columns = new ArrayList<>();
    String sql = "SELECT name FROM pragma_table_info(?1)";
    Listing.rows(session, sql, Value.text(name))
        .forEach(row -> columns.add(Listing.text(row.getFirst())));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("table", name);
    data.put("columns", columns);
    data.put("rows", rows);
    return Json.write(data);
  }
}
