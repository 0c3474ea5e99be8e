package dev.turso.spring.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.spring.WebContexts;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The console: what it does, and whom it refuses. */
class ConsoleTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;

  private WebApplicationContextRunner contexts() {
    return WebContexts.on(
            "jdbc:turso:mem:" + UUID.randomUUID(), TursoConsoleAutoConfiguration.class)
        .withBean(Tables.class)
        .withPropertyValues(
            "turso.console.enabled=true", "turso.console.token-file=" + folder.resolve("token"));
  }

  static final class Tables {

    Tables(JdbcClient jdbc) {
      jdbc.sql("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)").update();
      jdbc.sql("INSERT INTO t VALUES (1, 'x'), (2, NULL)").update();
    }
  }

  private HttpResponse<String> post(
      AssertableWebApplicationContext context, String what, String sql, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:" + WebContexts.port(context) + "/turso-console/" + what))
            .POST(HttpRequest.BodyPublishers.ofString(sql));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> ask(AssertableWebApplicationContext context, String what, String sql)
      throws Exception {
    return post(context, what, sql, "X-Turso-Token", Files.readString(folder.resolve("token")));
  }

  @Test
  void itIsOffByDefault() {
    WebContexts.on("jdbc:turso:mem:" + UUID.randomUUID(), TursoConsoleAutoConfiguration.class)
        .run(context -> assertThat(context).doesNotHaveBean(ConsoleController.class));
  }

  @Test
  void aQueryGivesItsRowsAndItsPlan() {
    contexts()
        .run(context -> {
          assertThat(ask(context, "run", "SELECT * FROM t").body())
              .contains("\"columns\":[\"a\",\"b\"],\"rows\":[[1,\"x\"],[2,null]],\"more\":false");
          assertThat(ask(context, "plan", "SELECT * FROM t WHERE a = 1").body())
              .contains("SEARCH t");
          HttpResponse<String> wrong = ask(context, "run", "SELECT nothing FROM t");
          assertThat(wrong.statusCode()).isEqualTo(422);
          assertThat(wrong.body()).contains("nothing");
        });
  }

  @Test
  void itReadsOnlyUnlessItMayWrite() {
    contexts()
        .run(context -> {
          for (String each : new String[] {"DELETE FROM t", "WITH c AS (SELECT 1) DELETE FROM t"}) {
            assertThat(ask(context, "run", each).statusCode()).as(each).isEqualTo(422);
          }
          assertThat(count(context)).isEqualTo(2);
        });
    contexts()
        .withPropertyValues("turso.console.writable=true")
        .run(context -> {
          assertThat(ask(context, "run", "DELETE FROM t WHERE a = 1").body())
              .contains("\"changes\":1");
          assertThat(count(context)).isEqualTo(1);
        });
  }

  private static long count(AssertableWebApplicationContext context) {
    return context
        .getBean(JdbcClient.class)
        .sql("SELECT COUNT(*) FROM t")
        .query(Long.class)
        .single();
  }

  @Test
  void whatTouchesOtherFilesIsRefusedAndSoAreSeveralStatements() {
    contexts()
        .withPropertyValues("turso.console.writable=true")
        .run(context -> {
          Path other = folder.resolve("other.db");
          for (String each :
              new String[] {
                "ATTACH '" + other + "' AS o",
                "VACUUM INTO '" + other + "'",
                "PRAGMA journal_mode = delete",
                "SELECT 1; ATTACH '" + other + "' AS o"
              }) {
            assertThat(ask(context, "run", each).statusCode()).as(each).isEqualTo(422);
          }
          assertThat(other).doesNotExist();
        });
  }

  @Test
  void aRefusalSaysWhatItIsAbout() {
    contexts()
        .run(context -> {
          assertThat(ask(context, "run", "-- a note\n/* and more */ SELECT 7").body())
              .contains("[[7]]");
          assertThat(ask(context, "run", "SELEC 1").body())
              .isEqualTo("near \"SELEC\": syntax error");
          assertThat(ask(context, "plan", "PRAGMA key").body())
              .isEqualTo("the console runs no PRAGMA");
          assertThat(ask(context, "run", " -- nothing").body()).isEqualTo("there is no statement");
          assertThat(ask(context, "live", "/* x */ DELETE FROM t").body())
              .isEqualTo("the console is read-only: see turso.console.writable");
        });
  }

  @Test
  void rowsAndTextAreLimited() {
    contexts()
        .run(context -> {
          String many =
              "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5000)"
                  + " SELECT n FROM c";
          assertThat(ask(context, "run", many).body()).contains("[1000]],\"more\":true");
          assertThat(ask(context, "run", "SELECT 1 " + " ".repeat(70_000)).statusCode())
              .isEqualTo(413);
        });
  }

  @Test
  void aWrongTokenACrossSitePostAndARebindingRequestAreRefused() {
    contexts()
        .run(context -> {
          String token = Files.readString(folder.resolve("token"));
          assertThat(post(context, "run", "SELECT 1").statusCode()).isEqualTo(403);
          assertThat(post(context, "run", "SELECT 1", "X-Turso-Token", "wrong").statusCode())
              .isEqualTo(403);
          assertThat(
                  post(
                          context,
                          "run",
                          "SELECT 1",
                          "X-Turso-Token",
                          token,
                          "Origin",
                          "https://evil.example")
                      .statusCode())
              .isEqualTo(403);
          assertThat(post(context, "live", "SELECT 1").statusCode()).isEqualTo(403);
          try (Socket socket = new Socket("localhost", WebContexts.port(context))) {
            String request =
                "GET /turso-console/index.html HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            assertThat(status).contains(" 403");
          }
        });
  }

  @Test
  void theTokenStandsInAFileOfItsOwnersAndNowhereElse() throws Exception {
    Assumptions.assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "files have owners");
    contexts()
        .run(context -> {
          Path file = folder.resolve("token");
          String token = Files.readString(file);
          assertThat(token).hasSize(48);
          assertThat(Files.getPosixFilePermissions(file))
              .containsExactlyInAnyOrder(
                  PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
          assertThat(context.getBean(ConsoleController.class).toString()).doesNotContain(token);
          assertThat(new String(page(context).getBytes(), StandardCharsets.UTF_8))
              .doesNotContain(token);
        });
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.count()).isEqualTo(1);
    }
  }

  private static String page(AssertableWebApplicationContext context) throws Exception {
    URI page = URI.create("http://localhost:" + WebContexts.port(context) + "/turso-console");
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()
            .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
    return answer.body();
  }

  @Test
  void aQueryIsShownAsItChanges() {
    contexts()
        .run(context -> {
          HttpRequest request =
              HttpRequest.newBuilder(
                      URI.create(
                          "http://localhost:" + WebContexts.port(context) + "/turso-console/live"))
                  .header("X-Turso-Token", Files.readString(folder.resolve("token")))
                  .POST(HttpRequest.BodyPublishers.ofString("SELECT COUNT(*) AS n FROM t"))
                  .build();
          try (Stream<String> lines =
              CLIENT.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            var data = lines.filter(line -> line.startsWith("data:")).iterator();
            assertThat(data.next()).contains("\"kind\":\"snapshot\"", "[2]");
            context.getBean(JdbcClient.class).sql("INSERT INTO t VALUES (3, 'y')").update();
            assertThat(data.next()).contains("\"kind\":\"delta\"", "[3]");
          }
        });
  }
}
