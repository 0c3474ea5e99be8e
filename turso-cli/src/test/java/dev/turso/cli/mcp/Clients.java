package dev.turso.cli.mcp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** Sends lines to a server on streams and reads its answers. */
@NullUnmarked
final class Clients {

  private Clients() {}

  static ServerSettings memory() {
    return ServerSettings.of(":memory:", false, List.of());
  }

  static ServerSettings in(Path folder, String database) {
    return new ServerSettings(database, false, List.of(folder));
  }

  /** All messages that come back for some lines, which are sent without waiting. */
  static List<Map<?, ?>> exchange(ServerSettings settings, List<String> lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] input = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    new StdioServer(settings, out).serve(new ByteArrayInputStream(input));
    List<Map<?, ?>> messages = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
      if (!line.isEmpty() && Json.read(line) instanceof Map<?, ?> map) {
        messages.add(map);
      }
    }
    return messages;
  }

  /** The answers among messages. */
  static List<Map<?, ?>> answers(List<Map<?, ?>> messages) {
    return messages.stream().filter(each -> each.containsKey("id")).toList();
  }

  /** A line that calls a tool. */
  static String call(int id, String tool, Map<String, ?> arguments) {
    return Json.write(
        Map.of(
            "jsonrpc",
            "2.0",
            "id",
            id,
            "method",
            "tools/call",
            "params",
            Map.of("name", tool, "arguments", arguments)));
  }

  static String text(Map<?, ?> answer) {
    Map<?, ?> result = (Map<?, ?>) answer.get("result");
    return (String) ((Map<?, ?>) ((List<?>) result.get("content")).getFirst()).get("text");
  }

  static boolean failed(Map<?, ?> answer) {
    return Boolean.TRUE.equals(((Map<?, ?>) answer.get("result")).get("isError"));
  }

  static Map<?, ?> data(Map<?, ?> answer) {
    return (Map<?, ?>) ((Map<?, ?>) answer.get("result")).get("structuredContent");
  }
}
