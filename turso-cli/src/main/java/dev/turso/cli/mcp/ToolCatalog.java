package dev.turso.cli.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All tools, in the order in which clients see them. */
final class ToolCatalog {

  private ToolCatalog() {}

  /** By name; without those that write, if nothing may be written. */
  static Map<String, ToolDefinition> of(boolean readOnly) {
    List<ToolDefinition> all = new ArrayList<>();
    DatabaseTools.addTo(all);
    QueryTools.addTo(all);
    ViewTools.addTo(all);
    Map<String, ToolDefinition> tools = new LinkedHashMap<>();
    for (ToolDefinition each : all) {
      if (!readOnly || !each.writes()) {
        tools.put(each.schema().name(), each);
      }
    }
    return tools;
  }
}
