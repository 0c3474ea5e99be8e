package dev.turso.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official client over HTTP, and requests that the server must refuse. */
@NullUnmarked
class McpClientIT {

  @TempDir Path folder;
  private HttpServer server;
  private String token;
  private URI address;

  @BeforeEach
  void start() throws Exception {
    Path tokenFile = folder.resolve("keys/token");
    String database = folder.resolve("x.db").toString();
    server = HttpServer.start(Clients.in(folder, database), 0, tokenFile);
    token = Files.readString(tokenFile);
    address = URI.create("http://127.0.0.1:" + server.port() + "/mcp");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile)))
        .isEqualTo("rw-------");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theOfficialClientListsCallsPagesReadsAndIsTold() throws Exception {
    BlockingQueue<String> updates = new LinkedBlockingQueue<>();
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + server.port())
            .endpoint("/mcp")
            .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + token))
            .build();
    try (McpSyncClient client =
        McpClient.sync(transport)
            .requestTimeout(Duration.ofSeconds(20))
            .resourcesUpdateConsumer(contents -> contents.forEach(each -> updates.add(each.uri())))
            .build()) {
      client.initialize();
      assertThat(client.listTools().tools()).hasSizeGreaterThanOrEqualTo(14);
      call(client, "schema_change", Map.of("query", "CREATE TABLE t (a INTEGER PRIMARY KEY, b)"));
      call(client, "subscribe_query", Map.of("query", "SELECT count(*) FROM t"));
      call(
          client,
          "insert_data",
          Map.of("query", "INSERT INTO t (b) SELECT value FROM generate_series(1, 30)"));
      assertThat(updates.poll(15, TimeUnit.SECONDS)).isEqualTo("turso://subscription/1");
      McpSchema.CallToolResult page =
          call(client, "execute_query", Map.of("query", "SELECT a FROM t", "limit", 20));
      Map<?, ?> data = (Map<?, ?>) page.structuredContent();
      McpSchema.CallToolResult rest =
          call(
              client,
              "execute_query",
              Map.of("query", "SELECT a FROM t", "limit", 20, "cursor", data.get("nextCursor")));
      assertThat((List<?>) ((Map<?, ?>) rest.structuredContent()).get("rows")).hasSize(10);
      assertThat(client.listResources().resources())
          .anyMatch(each -> each.uri().equals("turso://table/t"));
      McpSchema.ReadResourceResult read =
          client.readResource(new McpSchema.ReadResourceRequest("turso://subscription/1"));
      assertThat(read.contents().toString()).contains("[30]");
      McpSchema.CallToolResult wrong =
          client.callTool(
              new McpSchema.CallToolRequest("execute_query", Map.of("query", "DROP TABLE t")));
      assertThat(wrong.isError()).isTrue();
      client.ping();
    }
  }

  private static McpSchema.CallToolResult call(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    McpSchema.CallToolResult result =
        client.callTool(new McpSchema.CallToolRequest(tool, arguments));
    assertThat(result.isError()).as(result.content().toString()).isFalse();
    return result;
  }

  @Test
  void requestsWithoutTokenOrFromElsewhereAreRefused() throws Exception {
    assertThat(status(null, null)).isEqualTo(401);
    assertThat(status("Bearer wrong", null)).isEqualTo(401);
    assertThat(status("Bearer " + token, "https://evil.example")).isEqualTo(403);
    assertThat(status("Bearer " + token, "http://127.0.0.1.evil.example")).isEqualTo(403);
    assertThat(status("Bearer " + token, "null")).isEqualTo(403);
    assertThat(status("Bearer " + token, "http://localhost:3000")).isEqualTo(200);
    assertThat(status("Bearer " + token, null)).isEqualTo(200);
  }

  private int status(@Nullable String authorization, @Nullable String origin) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}"));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (origin != null) {
      request.header("Origin", origin);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void anotherHostNameIsRefused() throws Exception {
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", server.port())) {
      String request =
          "POST /mcp HTTP/1.1\r\nHost: rebound.example\r\nAuthorization: Bearer "
              + token
              + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
      socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes());
      assertThat(answer).startsWith("HTTP/1.1 403");
    }
  }
}
