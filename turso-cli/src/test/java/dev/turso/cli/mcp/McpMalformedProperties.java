package dev.turso.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * Lines that no client should send: each gets an error, and the server answers the next one. A slice
 * runs in the build; {@code -Dturso.mcp.lines=10000} runs the whole.
 */
@NullUnmarked
class McpMalformedProperties {

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "null",
    "true",
    "1e999",
    "-",
    Character.toString(0),
    Character.toString(0xD800),
    "é",
    "\"jsonrpc\":\"2.0\"",
    "\"id\":",
    "\"method\":",
    "\"params\":",
    "\"tools/call\"",
    " ",
    "[[[[",
    "{\"a\":{\"a\":",
    "9999999999999999999999",
    "\"\\" + "uZZZZ\"",
    "//",
    "NaN"
  };

  private static final String[] SQL_PIECES = {
    "SELECT",
    "FROM",
    "WHERE",
    "(",
    ")",
    ",",
    "'",
    "\"",
    "*",
    "1",
    "t",
    "a",
    ";",
    "--",
    "/*",
    "*/",
    "x'0",
    "CAST",
    "AS",
    "NULL",
    "||",
    "?",
    ":p",
    "CASE",
    "END",
    "WITH",
    "RECURSIVE",
    "UNION",
    "[",
    "INSERT",
    "INTO",
    "VALUES",
    "DROP",
    "TABLE",
    "ATTACH",
    "PRAGMA",
    "LIMIT",
    "-1",
    "1e999",
    Character.toString(0)
  };

  @Test
  void everyMalformedLineAndStatementGetsAnErrorAndTheServerLives() throws Exception {
    int lines = Integer.getInteger("turso.mcp.lines", 10_000);
    long seed = Long.getLong("turso.seed", System.currentTimeMillis() / 86_400_000);
    System.out.println("McpMalformedProperties seed " + seed + ", lines " + lines);
    Random random = new Random(seed);
    List<String> sent = new ArrayList<>();
    int calls = 0;
    for (int i = 0; i < lines; i++) {
      if (i % 2 == 0) {
        sent.add(malformed(random));
      } else {
        sent.add(Clients.call(i, tool(random), Map.of("query", sql(random))));
        calls++;
      }
    }
    sent.add(Clients.call(lines + 1, "execute_query", Map.of("query", "SELECT 'alive'")));
    List<Map<?, ?>> answers = Clients.answers(Clients.exchange(Clients.memory(), sent));
    assertThat(answers).hasSize(sent.size());
    int accepted = 0;
    for (Map<?, ?> each : answers) {
      boolean error = each.containsKey("error") || Clients.failed(each);
      accepted += error ? 0 : 1;
    }
    // A few random statements are right, and the last one is.
    assertThat(accepted).isBetween(1, calls / 4 + 1);
    assertThat(Clients.text(answers.getLast())).contains("alive");
  }

  private static String tool(Random random) {
    return List.of("execute_query", "insert_data", "schema_change", "explain_query", "update_data")
        .get(random.nextInt(5));
  }

  /** A line that is not JSON, or JSON that is no request; never a blank one. */
  private static String malformed(Random random) {
    StringBuilder line = new StringBuilder("{\"broken\"");
    for (int n = random.nextInt(12); n >= 0; n--) {
      line.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return switch (random.nextInt(6)) {
      case 0 -> "{\"jsonrpc\":\"2.0\",\"id\":" + random.nextInt(9) + "}";
      case 1 -> "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}";
      case 2 -> "[".repeat(1 + random.nextInt(3000));
      case 3 -> "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}";
      case 4 -> "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":[1]}";
      default -> line.toString().replace("\n", " ");
    };
  }

  private static String sql(Random random) {
    if (random.nextInt(50) == 0) {
      return "SELECT " + "(".repeat(2000) + "1";
    }
    StringBuilder sql = new StringBuilder();
    for (int n = random.nextInt(15); n >= 0; n--) {
      sql.append(SQL_PIECES[random.nextInt(SQL_PIECES.length)]).append(' ');
    }
    return sql.toString();
  }
}
