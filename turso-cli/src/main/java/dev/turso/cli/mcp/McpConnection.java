package dev.turso.cli.mcp;

import dev.turso.cli.Versions;
import dev.turso.error.DatabaseException;
import dev.turso.error.InterruptedStatementException;
import dev.turso.error.SqlException;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client: takes its messages, one after the other, and answers them.
 *
 * <p>A request is answered whether or not {@code initialize} or {@code initialized} came before it: the
 * reference answers so, and clients of one line rely on it. That, and answering lines that are not JSON,
 * is why this is not the SDK's own session, which waits for {@code initialized} and stops reading at
 * the first line that it cannot parse. Thread-safe: requests wait for one another.
 */
final class McpConnection implements AutoCloseable {

  /** The newest first. */
  static final List<String> VERSIONS =
      List.of(
          ProtocolVersions.MCP_2025_11_25,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_03_26,
          ProtocolVersions.MCP_2024_11_05);

  private static final String INSTRUCTIONS =
      "An SQL database of SQLite's dialect. execute_query reads; insert_data, update_data,"
          + " delete_data and schema_change write; subscribe_query follows a query's result.";

  private final Workspace workspace;
  private final Resources resources;
  private final Map<String, ToolDefinition> tools;
  private final Deadline deadline;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable Object running;

  /**
   * @param notifications takes messages that answer no request; called from any thread
   */
  McpConnection(
      ServerSettings settings, Deadline deadline, Consumer<Map<String, Object>> notifications) {
    this.deadline = deadline;
    workspace =
        new Workspace(
            settings,
            uri ->
                notifications.accept(
                    JsonRpc.notification("notifications/resources/updated", Map.of("uri", uri))));
    resources = new Resources(workspace);
    tools = ToolCatalog.of(settings.readOnly());
  }

  /** Opens the database that the server was started with, so that a wrong one is told at once. */
  void open() {
    workspace.session();
  }

  /** Answers one line; null where no answer is due. */
  @Nullable Object answer(String line) {
    Object message;
    try {
      message = Json.read(line);
    } catch (IOException e) {
      return JsonRpc.error(null, JsonRpc.PARSE_ERROR, "the message is not JSON");
    } catch (StackOverflowError e) {
      return JsonRpc.error(null, JsonRpc.PARSE_ERROR, "the message is nested too deeply");
    }
    if (!(message instanceof List<?> batch)) {
      return answerOne(message);
    }
    if (batch.isEmpty()) {
      return JsonRpc.error(null, JsonRpc.INVALID_REQUEST, "an empty batch");
    }
    List<Object> answers = new ArrayList<>();
    for (Object each : batch) {
      Object answer = answerOne(each);
      if (answer != null) {
        answers.add(answer);
      }
    }
    return answers.isEmpty() ? null : answers;
  }

  private @Nullable Object answerOne(@Nullable Object message) {
    if (!(message instanceof Map<?, ?> map)) {
      return JsonRpc.error(null, JsonRpc.INVALID_REQUEST, "the message is not an object");
    }
    Object id = map.get("id");
    boolean request = map.containsKey("id");
    boolean answer =
        !map.containsKey("method") && (map.containsKey("result") || map.containsKey("error"));
    if (answer && request) {
      return null;
    }
    boolean goodId = id instanceof String || id instanceof Number;
    if (!"2.0".equals(map.get("jsonrpc")) || request && !goodId) {
      return JsonRpc.error(
          goodId ? id : null, JsonRpc.INVALID_REQUEST, "the message is not JSON-RPC 2.0");
    }
    Object parameters = map.get("params");
    if (!(map.get("method") instanceof String method)
        || parameters != null && !(parameters instanceof Map)) {
      return JsonRpc.error(
          id, JsonRpc.INVALID_REQUEST, "method is no string, or params are no object");
    }
    Map<?, ?> given = parameters instanceof Map<?, ?> m ? m : Map.of();
    if (!request || id == null) {
      notified(method, given);
      return null;
    }
    return answerRequest(id, method, given);
  }

  private void notified(String method, Map<?, ?> parameters) {
    if (method.equals("notifications/cancelled")) {
      Object id = parameters.get("requestId");
      if (id != null && id.equals(running)) {
        workspace.interrupt();
      }
    }
  }

  /** Stops a request that runs now, if it has this id. For a reader that does not wait its turn. */
  void cancelIfRunning(String line) {
    if (line.contains("notifications/cancelled")) {
      try {
        answerOne(Json.read(line));
      } catch (IOException e) {
        // it is answered in its turn
      }
    }
  }

  private Map<String, Object> answerRequest(Object id, String method, Map<?, ?> parameters) {
    turn.lock();
    running = id;
    try (Deadline.Running watched = deadline.watch(workspace::interrupt)) {
      return JsonRpc.result(id, result(method, parameters));
    } catch (ProtocolException e) {
      return JsonRpc.error(id, e.code(), "" + e.getMessage());
    } catch (DatabaseException e) {
      return JsonRpc.error(id, JsonRpc.INTERNAL_ERROR, "" + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      return JsonRpc.error(
          id, JsonRpc.INTERNAL_ERROR, "an error of the server: " + e.getClass().getSimpleName());
    } finally {
      running = null;
      turn.unlock();
    }
  }

  private Object result(String method, Map<?, ?> parameters) {
    return switch (method) {
      case "initialize" -> initialize(parameters);
      case "ping", "logging/setLevel" -> Map.of();
      case "tools/list" -> tools(text(parameters, "cursor"));
      case "tools/call" -> call(parameters);
      case "resources/list" -> resources.list(text(parameters, "cursor"));
      case "resources/templates/list" -> Resources.templates();
      case "resources/read" -> resources.read(uri(parameters));
      case "resources/subscribe" -> subscribe(uri(parameters));
      case "resources/unsubscribe" -> unsubscribe(uri(parameters));
      case "prompts/list" -> Map.of("prompts", List.of());
      default -> throw new ProtocolException(JsonRpc.METHOD_NOT_FOUND, "no method " + method);
    };
  }

  private static @Nullable String text(Map<?, ?> parameters, String name) {
    Object value = parameters.get(name);
    if (value != null && !(value instanceof String)) {
      throw new ProtocolException(JsonRpc.INVALID_PARAMS, name + " is not a string");
    }
    return (String) value;
  }

  private static String uri(Map<?, ?> parameters) {
    String uri = text(parameters, "uri");
    if (uri == null) {
      throw new ProtocolException(JsonRpc.INVALID_PARAMS, "uri is missing");
    }
    return uri;
  }

  private Object initialize(Map<?, ?> parameters) {
    String wanted = text(parameters, "protocolVersion");
    String version = wanted != null && VERSIONS.contains(wanted) ? wanted : VERSIONS.getFirst();
    ServerCapabilities capabilities =
        new ServerCapabilities.Builder().tools(false).resources(true, false).build();
    return new InitializeResult(
        version, capabilities, new Implementation("turso", Versions.program()), INSTRUCTIONS);
  }

  private Object tools(@Nullable String cursor) {
    if (cursor != null) {
      throw new ProtocolException(JsonRpc.INVALID_PARAMS, "an unknown cursor");
    }
    List<Tool> all = tools.values().stream().map(ToolDefinition::schema).toList();
    return new ListToolsResult(all, null);
  }

  private CallToolResult call(Map<?, ?> parameters) {
    String name = text(parameters, "name");
    ToolDefinition tool = name == null ? null : tools.get(name);
    if (tool == null) {
      if (name != null && ToolCatalog.of(false).containsKey(name)) {
        return ToolResult.failed("this server is read-only: there is no " + name);
      }
      throw new ProtocolException(JsonRpc.INVALID_PARAMS, "no tool " + name);
    }
    Object arguments = parameters.get("arguments");
    if (arguments != null && !(arguments instanceof Map)) {
      throw new ProtocolException(JsonRpc.INVALID_PARAMS, "arguments are no object");
    }
    try {
      Map<?, ?> given = arguments instanceof Map<?, ?> m ? m : new LinkedHashMap<>();
      return tool.body().call(workspace, new ToolArguments(given)).toSchema();
    } catch (ToolFailure e) {
      return ToolResult.failed("" + e.getMessage());
    } catch (InterruptedStatementException e) {
      return ToolResult.failed("the statement was stopped: it was cancelled or ran too long");
    } catch (SqlException e) {
      return ToolResult.failed("Error: " + e.getMessage());
    } catch (DatabaseException e) {
      return ToolResult.failed("Error: " + e.getMessage() + " (" + e.code() + ")");
    } catch (StackOverflowError e) {
      return ToolResult.failed("Error: the statement is nested too deeply");
    }
  }

  private Object subscribe(String uri) {
    if (!resources.exists(uri)) {
      throw new ProtocolException(JsonRpc.RESOURCE_NOT_FOUND, "no resource has this URI");
    }
    workspace.subscriptions().want(uri);
    return Map.of();
  }

  private Object unsubscribe(String uri) {
    if (!workspace.subscriptions().end(uri)) {
      throw new ProtocolException(JsonRpc.RESOURCE_NOT_FOUND, "there is no such subscription");
    }
    return Map.of();
  }

  @Override
  public void close() {
    workspace.interrupt();
    turn.lock();
    try {
      workspace.close();
    } finally {
      turn.unlock();
    }
  }
}
