package dev.turso.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.change.Position;
import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.spring.WebContexts;
import dev.turso.spring.live.LiveJson;
import dev.turso.spring.live.LiveQueryTemplate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The position of what a request wrote is in the header of its answer. */
class PositionHeaderTest {

  private static final String HEADER = "Turso-Position";

  private final WebApplicationContextRunner contexts =
      WebContexts.on("jdbc:turso:mem:" + UUID.randomUUID(), PositionHeaderAutoConfiguration.class)
          .withUserConfiguration(Application.class);

  @Configuration(proxyBeanMethods = false)
  @RestController
  static class Application {

    private final JdbcClient jdbc;

    Application(JdbcClient jdbc) {
      this.jdbc = jdbc;
      jdbc.sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)").update();
    }

    @PostMapping("/notes")
    String add() {
      jdbc.sql("INSERT INTO note (text) VALUES ('x')").update();
      return "added";
    }

    @DeleteMapping("/notes")
    ResponseEntity<Void> clear() {
      jdbc.sql("DELETE FROM note").update();
      return ResponseEntity.noContent().build();
    }

    @GetMapping("/notes")
    long count() {
      return jdbc.sql("SELECT COUNT(*) FROM note").query(Long.class).single();
    }
  }

  private static HttpResponse<String> ask(AssertableWebApplicationContext context, String method)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + WebContexts.port(context) + "/notes"))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .timeout(Duration.ofSeconds(60))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aCommitsPositionIsInTheResponseHeaderAndALiveQueryWaitsForIt() {
    contexts.run(context -> {
      BlockingQueue<LiveMessage> messages = new LinkedBlockingQueue<>();
      try (var query =
          context
              .getBean(LiveQueryTemplate.class)
              .subscribe("SELECT COUNT(*) AS n FROM note", messages::add)) {
        HttpResponse<String> added = ask(context, "POST");
        assertThat(added.body()).isEqualTo("added");
        Position position = Position.parse(added.headers().firstValue(HEADER).orElseThrow());
        assertThat(position).isEqualTo(context.getBean(Database.class).position());
        query.await(position, 30_000);
        assertThat(LiveJson.of(messages.stream().reduce((a, b) -> b).orElseThrow()))
            .contains("[1]");
      }
      HttpResponse<String> cleared = ask(context, "DELETE");
      assertThat(cleared.statusCode()).isEqualTo(204);
      assertThat(cleared.headers().firstValue(HEADER))
          .hasValue(context.getBean(Database.class).position().toString());
    });
  }

  @Test
  void whatOnlyReadsHasNoSuchHeaderAndItCanBeSwitchedOff() {
    contexts.run(context -> assertThat(ask(context, "GET").headers().firstValue(HEADER)).isEmpty());
    contexts
        .withPropertyValues("turso.live.web.position-header.name=X-Seen")
        .run(context -> {
          assertThat(ask(context, "POST").headers().firstValue("X-Seen")).isPresent();
          assertThat(ask(context, "POST").headers().firstValue(HEADER)).isEmpty();
        });
    contexts
        .withPropertyValues("turso.live.web.position-header.enabled=false")
        .run(context -> assertThat(ask(context, "POST").headers().firstValue(HEADER)).isEmpty());
  }
}
