package dev.turso.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference's examples: lines sent without waiting, and without {@code initialized}. */
@NullUnmarked
class McpExamplesTest {

  private static final String INITIALIZE =
      "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"initialize\", \"params\": {\"protocolVersion\":"
          + " \"2024-11-05\", \"capabilities\": {}, \"clientInfo\": {\"name\": \"client\","
          + " \"version\": \"1.0\"}}}";

  @TempDir Path folder;

  @Test
  void aTableIsMadeFilledAndReadInFiveLines() throws Exception {
    List<Map<?, ?>> answers =
        Clients.exchange(
            Clients.memory(),
            List.of(
                INITIALIZE,
                Clients.call(
                    2,
                    "schema_change",
                    Map.of("query", "CREATE TABLE users (id INTEGER, name TEXT, email TEXT)")),
                Clients.call(3, "list_tables", Map.of()),
                Clients.call(
                    4,
                    "insert_data",
                    Map.of("query", "INSERT INTO users VALUES (1, 'Alice', 'alice@example.com')")),
                Clients.call(5, "execute_query", Map.of("query", "SELECT * FROM users"))));
    assertThat(answers).hasSize(5);
    assertThat(((Map<?, ?>) answers.getFirst().get("result")).get("protocolVersion"))
        .isEqualTo("2024-11-05");
    assertThat(Clients.text(answers.get(1))).isEqualTo("Schema change successful.");
    assertThat(Clients.text(answers.get(2))).isEqualTo("users");
    assertThat(Clients.text(answers.get(3))).isEqualTo("INSERT successful.");
    assertThat(Clients.text(answers.get(4)))
        .startsWith("id | name | email\n")
        .endsWith("1 | Alice | alice@example.com\n");
  }

  @Test
  void anExistingDatabaseIsListedInTwoLines() throws Exception {
    Path file = folder.resolve("there.db");
    try (Database database = Database.open(file.toString(), Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE a (x); CREATE TABLE b (y)");
    }
    List<Map<?, ?>> answers =
        Clients.exchange(
            Clients.in(folder, file.toString()),
            List.of(INITIALIZE, Clients.call(2, "list_tables", Map.of())));
    assertThat(Clients.text(answers.get(1))).isEqualTo("a, b");
  }

  @Test
  void newerVersionsAreSpokenAndUnknownOnesGetTheNewest() throws Exception {
    for (String version : McpConnection.VERSIONS) {
      assertThat(negotiated(version)).isEqualTo(version);
    }
    assertThat(negotiated("1999-01-01")).isEqualTo("2025-11-25");
  }

  private static Object negotiated(String version) throws Exception {
    Map<?, ?> answer =
        Clients.exchange(Clients.memory(), List.of(INITIALIZE.replace("2024-11-05", version)))
            .getFirst();
    return ((Map<?, ?>) answer.get("result")).get("protocolVersion");
  }

  @Test
  void pingAndUnknownMethodsAreAnsweredAndNotificationsAreNot() throws Exception {
    List<Map<?, ?>> answers =
        Clients.exchange(
            Clients.memory(),
            List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"nosuch\"}"));
    assertThat(answers).hasSize(2);
    assertThat(answers.getFirst().get("result")).isEqualTo(Map.of());
    assertThat(((Map<?, ?>) answers.get(1).get("error")).get("code")).isEqualTo(-32601);
  }
}
