package dev.turso.spring.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.dbsp.subscribe.LiveChange;
import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.spring.Contexts;
import dev.turso.spring.WebContexts;
import dev.turso.spring.live.LiveQueryTemplate;
import dev.turso.spring.web.EventReader;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import reactor.core.publisher.Flux;

/** Methods with {@code @LiveQuery}, on controllers and on interfaces. */
class LiveQueryMethodTest {

  record Area(String airport, int minutes) {}

  @LiveQueryRepository
  interface Boards {

    @LiveQuery("SELECT id FROM flight WHERE origin = :airport")
    Flow.Publisher<LiveMessage> departures(String airport);

    @LiveQuery("SELECT id FROM flight WHERE origin = :area.airport AND delay > :area.minutes")
    Flux<LiveMessage> late(Area area);

    @LiveQuery("SELECT id FROM flight WHERE origin IN (:airports)")
    Flux<ServerSentEvent<String>> events(List<String> airports);

    default String title() {
      return "boards";
    }
  }

  @RestController
  static class BoardController {

    @GetMapping("/board/{airport}")
    @LiveQuery(value = "SELECT id FROM flight WHERE origin = :airport", name = "board")
    SseEmitter board(@PathVariable String airport, @RequestParam(required = false) String key) {
      if (key != null) {
        throw new ResponseStatusException(HttpStatus.FORBIDDEN);
      }
      return null;
    }

    @GetMapping("/plain")
    String plain() {
      return "plain";
    }
  }

  @Configuration(proxyBeanMethods = false)
  @AutoConfigurationPackage
  static class Application {

    Application(JdbcClient jdbc) {
      jdbc.sql("CREATE TABLE flight (id INTEGER PRIMARY KEY, origin TEXT, delay INTEGER)").update();
      jdbc.sql("INSERT INTO flight VALUES (1, 'ATL', 5), (2, 'JFK', 50), (3, 'ATL', 70)").update();
    }
  }

  private static String url() {
    return "jdbc:turso:mem:" + UUID.randomUUID();
  }

  @Test
  void aControllersMethodAnswersWithEventsAndGoesOnWhereItWas() {
    WebContexts.on(url(), LiveQueryAutoConfiguration.class)
        .withUserConfiguration(Application.class)
        .withBean(BoardController.class)
        .run(context -> {
          int port = WebContexts.port(context);
          String last;
          try (EventReader events = EventReader.open(port, "/board/ATL")) {
            EventReader.Event snapshot = events.next();
            assertThat(snapshot.name()).isEqualTo("board");
            assertThat(snapshot.data()).contains("[1]", "[3]").doesNotContain("[2]");
            last = snapshot.id();
          }
          context.getBean(JdbcClient.class).sql("DELETE FROM flight WHERE id = 1").update();
          try (EventReader events = EventReader.open(port, "/board/ATL", "Last-Event-ID", last)) {
            assertThat(events.next().data()).contains("resumed");
            assertThat(events.next().data()).contains("\"op\":\"d\",\"key\":[1]");
          }
          assertThat(EventReader.status(port, "/board/ATL?key=x"))
              .as("its body refuses")
              .isEqualTo(403);
          assertThat(EventReader.status(port, "/plain")).isEqualTo(200);
        });
  }

  @Test
  void anInterfaceGivesPublishersWithItsParametersByName() {
    Contexts.on(url(), LiveQueryAutoConfiguration.class)
        .withUserConfiguration(Application.class)
        .run(context -> {
          Boards boards = context.getBean(Boards.class);
          assertThat(boards.title()).isEqualTo("boards");
          assertThat(boards)
              .isEqualTo(boards)
              .hasToString("live queries of " + Boards.class.getName());
          BlockingQueue<LiveMessage> messages = new LinkedBlockingQueue<>();
          Subscriber subscriber = new Subscriber(messages);
          boards.departures("ATL").subscribe(subscriber);
          assertThat(ids(messages.poll(20, TimeUnit.SECONDS))).containsExactly(1L, 3L);
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("INSERT INTO flight VALUES (4, 'ATL', 0)").update();
          assertThat(ids(messages.poll(20, TimeUnit.SECONDS))).containsExactly(4L);
          LiveQueryTemplate live = context.getBean(LiveQueryTemplate.class);
          assertThat(live.openCount()).isEqualTo(1);
          subscriber.subscription.cancel();
          assertThat(live.openCount()).isZero();
        });
  }

  @Test
  void anInterfaceGivesReactorsTypesToo() {
    Contexts.on(url(), LiveQueryAutoConfiguration.class)
        .withUserConfiguration(Application.class)
        .run(context -> {
          Boards boards = context.getBean(Boards.class);
          LiveMessage first = boards.late(new Area("ATL", 60)).blockFirst(Duration.ofSeconds(20));
          assertThat(ids(first)).containsExactly(3L);
          ServerSentEvent<String> event =
              boards.events(List.of("JFK", "LAX")).blockFirst(Duration.ofSeconds(20));
          assertThat(event.event()).isEqualTo("events");
          assertThat(event.data()).contains("\"kind\":\"snapshot\"", "[2]");
          LiveQueryTemplate live = context.getBean(LiveQueryTemplate.class);
          assertThat(live.openCount()).isZero();
        });
  }

  private static List<Long> ids(LiveMessage message) {
    assertThat(message).isNotNull();
    return message.changes().stream()
        .map(LiveChange::row)
        .map(row -> row.getFirst().asLong())
        .toList();
  }

  @RestController
  static class WrongName {

    @LiveQuery("SELECT id FROM flight WHERE origin = :airport")
    SseEmitter board(String origin) {
      return null;
    }
  }

  @RestController
  static class WrongAnswer {

    @LiveQuery("SELECT id FROM flight")
    List<String> board() {
      return List.of();
    }
  }

  @Test
  void aNameThatNoParameterHasFailsTheStart() {
    Contexts.on(url(), LiveQueryAutoConfiguration.class)
        .withBean(WrongName.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(LiveQueryException.class)
                .hasMessageContaining(":airport")
                .hasMessageContaining("board"));
  }

  @Test
  void anAnswerThatCannotBeSentFailsTheStart() {
    Contexts.on(url(), LiveQueryAutoConfiguration.class)
        .withBean(WrongAnswer.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(LiveQueryException.class)
                .hasMessageContaining("returns what cannot be sent"));
  }

  /** Takes everything. */
  private static final class Subscriber implements Flow.Subscriber<LiveMessage> {

    private final BlockingQueue<LiveMessage> messages;
    private volatile Flow.Subscription subscription;

    Subscriber(BlockingQueue<LiveMessage> messages) {
      this.messages = messages;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(LiveMessage message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void onComplete() {
      // Live queries do not complete.
    }
  }
}
