package dev.turso.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each tool accepts, refuses and gives. */
@NullUnmarked
class McpToolsTest {

  private static final String SETUP = "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)";

  private static final Map<String, List<String>> OF_CLASS =
      Map.of(
          "execute_query",
          List.of(
              "SELECT 1",
              "/* x */ SELECT a FROM t;",
              "WITH c AS (SELECT 1) SELECT * FROM c",
              "VALUES (1), (2)",
              "SELECT 1 UNION SELECT 2 -- end"),
          "insert_data",
          List.of(
              "INSERT INTO t (b) VALUES ('x')",
              "WITH c AS (SELECT 'y') INSERT INTO t (b) SELECT * FROM c",
              "REPLACE INTO t VALUES (1, 'z')"),
          "update_data",
          List.of("UPDATE t SET b = 'q'", "WITH c AS (SELECT 1) UPDATE t SET b = 'r'"),
          "delete_data",
          List.of("DELETE FROM t WHERE a = 1", "WITH c AS (SELECT 1) DELETE FROM t WHERE a = 2"),
          "schema_change",
          List.of("CREATE TABLE u (x)", "ALTER TABLE u ADD COLUMN y", "DROP TABLE u"));

  private static final List<String> OF_NO_CLASS =
      List.of(
          "PRAGMA user_version = 7",
          "PRAGMA table_info(t)",
          "ATTACH '/tmp/x.db' AS x",
          "VACUUM INTO '/tmp/y.db'",
          "VACUUM",
          "BEGIN",
          "COMMIT",
          "EXPLAIN SELECT 1",
          "EXPLAIN DELETE FROM t",
          "REINDEX",
          "ANALYZE",
          "",
          "-- nothing",
          ";",
          "SELECT 1; DELETE FROM t",
          "SELECT 1" + (char) 0 + "; DELETE FROM t",
          "DELETE FROM t" + (char) 0,
          "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d",
          "SELECT * FROM pragma_query_only(1)",
          "SELECT * FROM pragma_journal_mode('delete')",
          "SELECT readfile('/etc/passwd')",
          "SELECT writefile('/tmp/x', 1)",
          "SELECT load_extension('x')",
          "INSERT INTO sqlite_schema VALUES (1, 2, 3, 4, 5)",
          "UPDATE sqlite_schema SET sql = 'x'",
          "SELECT 1; /* x */ DROP TABLE t",
          "INSERT INTO t (b) VALUES ('x'); SELECT 1",
          "UPDATE t SET b = 1; ATTACH 'x' AS y",
          "CREATE TABLE w (x); DROP TABLE t",
          ".shell true",
          "SELECT 1;\n.read /etc/passwd",
          "selec 1");

  @TempDir Path folder;

  @Test
  void eachToolAcceptsExactlyItsClassOfStatement() throws Exception {
    for (String tool : OF_CLASS.keySet()) {
      List<String> lines = new ArrayList<>(List.of(create()));
      List<Boolean> expected = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      OF_CLASS.forEach((owner, statements) -> {
        // those of the tool itself run last: they may drop what others need
        if (!owner.equals(tool)) {
          statements.forEach(each -> add(lines, expected, texts, tool, each, false));
        }
      });
      OF_NO_CLASS.forEach(each -> add(lines, expected, texts, tool, each, false));
      OF_CLASS.get(tool).forEach(each -> add(lines, expected, texts, tool, each, true));
      List<Map<?, ?>> answers = Clients.exchange(Clients.memory(), lines);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(!Clients.failed(answers.get(i + 1)))
            .as(tool + " with: " + texts.get(i) + " gave " + answers.get(i + 1))
            .isEqualTo(expected.get(i));
      }
    }
  }

  private static void add(
      List<String> lines,
      List<Boolean> expected,
      List<String> texts,
      String tool,
      String sql,
      boolean accepted) {
    lines.add(Clients.call(lines.size(), tool, Map.of("query", sql)));
    expected.add(accepted);
    texts.add(sql);
  }

  private static String create() {
    return Clients.call(99, "schema_change", Map.of("query", SETUP));
  }

  @Test
  void parametersAreBoundByNumberAndByName() throws Exception {
    List<Map<?, ?>> answers =
        Clients.exchange(
            Clients.memory(),
            List.of(
                Clients.call(
                    1,
                    "execute_query",
                    Map.of("query", "SELECT ?1 || ?2", "parameters", List.of("a'; DROP", 2))),
                Clients.call(
                    2,
                    "execute_query",
                    Map.of("query", "SELECT :x + $y", "parameters", Map.of("x", 40, "$y", 2))),
                Clients.call(
                    3,
                    "execute_query",
                    Map.of(
                        "query", "SELECT hex(?)", "parameters", List.of(Map.of("base64", "AP8=")))),
                Clients.call(4, "execute_query", Map.of("query", "SELECT ?"))));
    assertThat(Clients.data(answers.get(0)).get("rows")).isEqualTo(List.of(List.of("a'; DROP2")));
    assertThat(Clients.data(answers.get(1)).get("rows")).isEqualTo(List.of(List.of(42)));
    assertThat(Clients.data(answers.get(2)).get("rows")).isEqualTo(List.of(List.of("00FF")));
    assertThat(Clients.failed(answers.get(3))).isTrue();
  }

  @Test
  void pagesTogetherAreTheWholeResult() throws Exception {
    String sql = "SELECT value FROM generate_series(1, 25)";
    List<Object> all = new ArrayList<>();
    Object cursor = null;
    int pages = 0;
    do {
      Map<String, Object> arguments =
          cursor == null
              ? Map.of("query", sql, "limit", 10)
              : Map.of("query", sql, "limit", 10, "cursor", cursor);
      Map<?, ?> data =
          Clients.data(
              Clients.exchange(
                      Clients.memory(), List.of(Clients.call(1, "execute_query", arguments)))
                  .getFirst());
      all.addAll((List<?>) data.get("rows"));
      cursor = data.get("nextCursor");
      pages++;
    } while (cursor != null);
    assertThat(pages).isEqualTo(3);
    assertThat(all).hasSize(25).doesNotHaveDuplicates();
    Map<?, ?> wrong =
        Clients.exchange(
                Clients.memory(),
                List.of(
                    Clients.call(
                        1, "execute_query", Map.of("query", "SELECT 1", "cursor", "MTA6MTIz"))))
            .getFirst();
    assertThat(Clients.failed(wrong)).isTrue();
  }

  @Test
  void everyResultIsValidByItsToolsSchema() throws Exception {
    JsonSchemaValidator validator = McpJsonDefaults.getSchemaValidator();
    List<String> order = new ArrayList<>();
    List<String> lines = new ArrayList<>(List.of(create()));
    Map<String, Map<String, ?>> calls =
        Map.ofEntries(
            Map.entry("open_database", Map.of("path", ":memory:")),
            Map.entry("current_database", Map.of()),
            Map.entry("list_tables", Map.of()),
            Map.entry("describe_table", Map.of("table_name", "sqlite_schema")),
            Map.entry("execute_query", Map.of("query", "SELECT 1, NULL, x'00', 1e999, 1.5")),
            Map.entry("schema_change", Map.of("query", SETUP + " STRICT")),
            Map.entry("explain_query", Map.of("query", "SELECT * FROM sqlite_schema")),
            Map.entry("list_views", Map.of()),
            Map.entry("recent_changes", Map.of()));
    calls.forEach((tool, arguments) -> {
      order.add(tool);
      lines.add(Clients.call(order.size(), tool, arguments));
    });
    Map<String, ToolDefinition> tools = ToolCatalog.of(false);
    for (Map<?, ?> answer : Clients.exchange(Clients.memory(), lines)) {
      if (answer.get("id") instanceof Integer id && id <= order.size()) {
        String tool = order.get(id - 1);
        if (!Clients.failed(answer)) {
          JsonSchemaValidator.ValidationResponse valid =
              validator.validate(
                  Objects.requireNonNull(tools.get(tool)).schema().outputSchema(),
                  Clients.data(answer));
          assertThat(valid.valid()).as(tool + ": " + valid.errorMessage()).isTrue();
        }
      }
    }
  }

  @Test
  void filesOutsideTheAllowedFoldersAreNotOpenedAlsoNotThroughLinks() throws Exception {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(inside.resolve("link"), outside);
    Files.writeString(outside.resolve("there.db"), "");
    Files.createSymbolicLink(inside.resolve("file.db"), outside.resolve("there.db"));
    List<String> refused =
        List.of(
            outside.resolve("x.db").toString(),
            inside + "/../outside/x.db",
            inside + "/link/x.db",
            inside + "/file.db",
            "file:" + outside + "/x.db",
            "/etc/passwd",
            inside + "/x.db?mode=ro",
            inside.toString());
    List<String> lines = new ArrayList<>();
    refused.forEach(each -> lines.add(Clients.call(1, "open_database", Map.of("path", each))));
    String good = inside.resolve("new/deep/x.db").toString();
    lines.add(Clients.call(2, "open_database", Map.of("path", good)));
    lines.add(Clients.call(3, "current_database", Map.of()));
    List<Map<?, ?>> answers = Clients.exchange(Clients.in(inside, ":memory:"), lines);
    for (int i = 0; i < refused.size(); i++) {
      assertThat(Clients.failed(answers.get(i))).as(refused.get(i)).isTrue();
    }
    assertThat(Clients.text(answers.get(refused.size())))
        .isEqualTo("Successfully opened database: " + good);
    assertThat(Clients.text(answers.getLast())).contains("x.db");
    try (var left = Files.list(outside)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aReadOnlyServerHasNoToolThatWrites() throws Exception {
    ServerSettings settings = new ServerSettings(":memory:", true, List.of(folder));
    List<Map<?, ?>> answers =
        Clients.exchange(
            settings,
            List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                Clients.call(2, "schema_change", Map.of("query", SETUP)),
                Clients.call(3, "execute_query", Map.of("query", "SELECT 1"))));
    assertThat(answers.getFirst().toString())
        .doesNotContain("insert_data")
        .contains("execute_query");
    assertThat(Clients.failed(answers.get(1))).isTrue();
    assertThat(Clients.failed(answers.get(2))).isFalse();
  }

  @Test
  void aSubscribedQueryIsToldOfEachCommitThatChangesIt() throws Exception {
    List<Map<?, ?>> messages =
        Clients.exchange(
            Clients.memory(),
            List.of(
                create(),
                Clients.call(
                    1, "subscribe_query", Map.of("query", "SELECT b, count(*) FROM t GROUP BY b")),
                Clients.call(2, "insert_data", Map.of("query", "INSERT INTO t (b) VALUES ('x')")),
                Clients.call(3, "recent_changes", Map.of("table", "t")),
                Clients.call(
                    4,
                    "execute_query",
                    Map.of(
                        "query",
                        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n <"
                            + " 400000) SELECT max(n) FROM c")),
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"resources/read\",\"params\":"
                    + "{\"uri\":\"turso://subscription/1\"}}"));
    assertThat(messages.toString())
        .contains("notifications/resources/updated")
        .contains("turso://subscription/1");
    Map<?, ?> changes =
        Clients.answers(messages).stream()
            .filter(m -> Integer.valueOf(3).equals(m.get("id")))
            .findFirst()
            .orElseThrow();
    assertThat(Clients.text(changes)).contains("\"operation\":\"insert\"").contains("\"b\":\"x\"");
    Map<?, ?> read = Clients.answers(messages).getLast();
    assertThat(read.toString()).contains("[\"x\",1]");
  }
}
