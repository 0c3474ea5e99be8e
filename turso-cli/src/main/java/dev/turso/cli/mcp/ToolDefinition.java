package dev.turso.cli.mcp;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.Map;

/**
 * A tool: what clients are told of it, and what it does.
 *
 * @param writes whether it may change a database, and so is absent from a read-only server
 */
record ToolDefinition(Tool schema, boolean writes, Body body) {

  /** What a tool does. */
  interface Body {
    ToolResult call(Workspace workspace, ToolArguments arguments);
  }

  /** What a tool may do to the database, as hints for clients. */
  enum Effect {
    READS(true, false, true),
    ADDS(false, false, false),
    CHANGES(false, true, false),
    OPENS(false, false, true);

    private final boolean readOnly;
    private final boolean destructive;
    private final boolean idempotent;

    Effect(boolean readOnly, boolean destructive, boolean idempotent) {
      this.readOnly = readOnly;
      this.destructive = destructive;
      this.idempotent = idempotent;
    }
  }

  static ToolDefinition of(
      String name,
      String title,
      String description,
      Effect effect,
      Map<String, Object> input,
      Map<String, Object> output,
      Body body) {
    ToolAnnotations hints =
        ToolAnnotations.builder()
            .title(title)
            .readOnlyHint(effect.readOnly)
            .destructiveHint(effect.destructive)
            .idempotentHint(effect.idempotent)
            .openWorldHint(false)
            .build();
    Tool tool =
        Tool.builder(name, input)
            .title(title)
            .description(description)
            .outputSchema(output)
            .annotations(hints)
            .build();
    return new ToolDefinition(tool, effect == Effect.ADDS || effect == Effect.CHANGES, body);
  }
}
