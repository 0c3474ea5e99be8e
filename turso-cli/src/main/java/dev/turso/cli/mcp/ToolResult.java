package dev.turso.cli.mcp;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tool gives: a text, and the same as data. */
record ToolResult(String text, Map<String, @Nullable Object> data) {

  CallToolResult toSchema() {
    return CallToolResult.builder(List.of(new TextContent(text)))
        .structuredContent(data)
        .isError(false)
        .build();
  }

  static CallToolResult failed(String text) {
    return CallToolResult.builder(List.of(new TextContent(text))).isError(true).build();
  }
}
