package dev.turso.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.spring.WebContexts;
import dev.turso.spring.live.LiveQueryTemplate;
import dev.turso.spring.query.LiveQueryException;
import dev.turso.spring.web.EventReader.Event;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ready-made endpoint: what it serves, how it goes on, and whom it refuses. */
class LiveQueryEndpointTest {

  private static final String Q = "turso.live.web.queries.";

  private final WebApplicationContextRunner contexts =
      WebContexts.on("jdbc:turso:mem:" + UUID.randomUUID(), LiveQueryWebAutoConfiguration.class)
          .withUserConfiguration(Application.class)
          .withPropertyValues(
              "turso.live.heartbeat=200ms",
              "turso.live.web.path=/live",
              Q + "board.sql=SELECT id, delay FROM flight WHERE origin = :airport",
              Q + "board.parameters.airport=text",
              Q + "late.sql=SELECT id FROM flight WHERE delay > :minutes",
              Q + "late.parameters.minutes=integer",
              Q + "total.sql=SELECT COUNT(*) AS n FROM flight",
              Q + "mine.sql=SELECT id FROM flight WHERE owner = :principal");

  @Test
  void aDeclaredQueryIsServedWithItsParameter() {
    contexts.run(context -> {
      insert(context, 1, "ATL");
      insert(context, 2, "JFK");
      try (EventReader events =
          EventReader.open(WebContexts.port(context), "/live/board?airport=ATL")) {
        Event snapshot = events.next();
        assertThat(snapshot.name()).isEqualTo("board");
        assertThat(snapshot.data())
            .contains("\"kind\":\"snapshot\"", "\"columns\":[\"id\",\"delay\"]", "[1,0]")
            .doesNotContain("[2,0]");
        insert(context, 3, "JFK");
        insert(context, 4, "ATL");
        assertThat(events.next().data()).contains("\"kind\":\"delta\"", "\"op\":\"i\"", "[4,0]");
      }
    });
  }

  @Test
  void aClientThatComesBackIsSentWhatItMissedAndNothingTwice() {
    contexts.run(context -> {
      int port = WebContexts.port(context);
      String last;
      try (EventReader events = EventReader.open(port, "/live/board?airport=ATL")) {
        events.next();
        insert(context, 1, "ATL");
        last = events.next().id();
      }
      for (int id = 2; id <= 5; id++) {
        insert(context, id, "ATL");
      }
      String again = "/live/board?airport=ATL";
      try (EventReader events = EventReader.open(port, again, "Last-Event-ID", last)) {
        Event first = events.next();
        assertThat(first.data()).contains("\"kind\":\"resumed\"");
        assertThat(first.id()).isEqualTo(last);
        assertThat(inserted(events, 4)).containsExactly(2, 3, 4, 5);
      }
      String other = "/live/board?airport=JFK";
      try (EventReader events = EventReader.open(port, other, "Last-Event-ID", last)) {
        assertThat(events.next().data()).as("of another query").contains("snapshot");
      }
      try (EventReader events = EventReader.open(port, again, "Last-Event-ID", "7-12")) {
        assertThat(events.next().data()).as("unknown").contains("snapshot", "[5,0]");
      }
    });
  }

  /** The ids of rows that came, in the order in which they came, however messages were merged. */
  private static List<Integer> inserted(EventReader events, int count) throws InterruptedException {
    List<Integer> ids = new ArrayList<>();
    while (ids.size() < count) {
      String data = events.next().data();
      assertThat(data).contains("\"kind\":\"delta\"");
      for (String part : data.split("\"row\":\\[")) {
        if (Character.isDigit(part.charAt(0))) {
          ids.add(Integer.parseInt(part.substring(0, part.indexOf(','))));
        }
      }
    }
    return ids;
  }

  @Test
  void afterTheResumeWindowThereIsASnapshot() {
    contexts
        .withPropertyValues("turso.live.resume-window=0s")
        .run(context -> {
          int port = WebContexts.port(context);
          String last;
          try (EventReader events = EventReader.open(port, "/live/total")) {
            last = events.next().id();
          }
          LiveQueryTemplate live = context.getBean(LiveQueryTemplate.class);
          awaitTrue(() -> live.sharedCount() == 0);
          try (EventReader events = EventReader.open(port, "/live/total", "Last-Event-ID", last)) {
            assertThat(events.next().data()).contains("\"kind\":\"snapshot\"");
          }
        });
  }

  @Test
  void severalQueriesShareAConnectionAndStreamsShareQueries() {
    contexts.run(context -> {
      int port = WebContexts.port(context);
      String path = "/live/board,total?airport=ATL";
      try (EventReader one = EventReader.open(port, path);
          EventReader two = EventReader.open(port, path)) {
        assertThat(List.of(one.next().name(), one.next().name())).containsExactly("board", "total");
        two.next();
        two.next();
        LiveQueryTemplate live = context.getBean(LiveQueryTemplate.class);
        assertThat(live.sharedCount()).isEqualTo(2);
        assertThat(live.openCount()).isEqualTo(4);
        insert(context, 1, "ATL");
        String last = "";
        for (int i = 0; i < 2; i++) {
          last = one.next().id();
        }
        one.close();
        insert(context, 2, "JFK");
        try (EventReader back = EventReader.open(port, path, "Last-Event-ID", last)) {
          assertThat(back.next().data()).contains("resumed");
          assertThat(back.next().data()).contains("resumed");
          Event total = back.next();
          assertThat(total.name()).isEqualTo("total");
          assertThat(total.data()).contains("\"kind\":\"delta\"", "[2]");
        }
      }
    });
  }

  @Test
  void whatIsNotDeclaredIsRefused() {
    contexts.run(context -> {
      int port = WebContexts.port(context);
      assertThat(EventReader.status(port, "/live/other")).isEqualTo(404);
      assertThat(EventReader.status(port, "/live/board")).isEqualTo(400);
      assertThat(EventReader.status(port, "/live/board?airport=ATL&token=x")).isEqualTo(400);
      assertThat(EventReader.status(port, "/live/total?sql=SELECT%201")).isEqualTo(400);
      assertThat(EventReader.status(port, "/live/late?minutes=1%20OR%201")).isEqualTo(400);
      assertThat(EventReader.status(port, "/live/mine")).isEqualTo(401);
      assertThat(context.getBean(LiveQueryTemplate.class).openCount()).isZero();
    });
  }

  @Test
  void aPageOfAnotherSiteIsRefusedUnlessItIsAllowed() {
    contexts
        .withPropertyValues("turso.live.web.allowed-origins=https://friend.example")
        .run(context -> {
          int port = WebContexts.port(context);
          assertThat(EventReader.status(port, "/live/total", "Origin", "https://evil.example"))
              .isEqualTo(403);
          assertThat(EventReader.status(port, "/live/total", "Origin", "null")).isEqualTo(403);
          assertThat(EventReader.status(port, "/live/total", "Sec-Fetch-Site", "cross-site"))
              .isEqualTo(403);
          assertThat(EventReader.status(port, "/live/total", "Origin", "http://localhost:" + port))
              .isEqualTo(200);
          assertThat(EventReader.status(port, "/live/total", "Origin", "https://friend.example"))
              .isEqualTo(200);
        });
  }

  @Test
  void aRebindingRequestIsRefused() {
    contexts.run(context -> {
      assertThat(statusWithHost(WebContexts.port(context), "evil.example")).contains(" 403");
      assertThat(statusWithHost(WebContexts.port(context), "localhost")).contains(" 200");
    });
  }

  private static String statusWithHost(int port, String host) throws Exception {
    try (Socket socket = new Socket("localhost", port)) {
      String request = "GET /live/total HTTP/1.1\r\nHost: " + host + ":" + port + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  @Test
  void streamsAreLimitedForEachUserAndInAll() {
    contexts
        .withPropertyValues(
            "turso.live.web.max-streams=3", "turso.live.web.max-streams-per-principal=2")
        .run(context -> {
          int port = WebContexts.port(context);
          try (EventReader one = EventReader.open(port, "/live/total", "X-User", "ann");
              EventReader two = EventReader.open(port, "/live/total", "X-User", "ann")) {
            one.next();
            two.next();
            assertThat(EventReader.status(port, "/live/total", "X-User", "ann")).isEqualTo(429);
            try (EventReader three = EventReader.open(port, "/live/total", "X-User", "bob")) {
              three.next();
              assertThat(EventReader.status(port, "/live/total", "X-User", "cyd")).isEqualTo(429);
            }
          }
          awaitTrue(() -> context.getBean(LiveQueryTemplate.class).openCount() == 0);
          assertThat(EventReader.status(port, "/live/total", "X-User", "cyd")).isEqualTo(200);
        });
  }

  @Test
  void aRowFilterTakesItsValueFromTheUserNotFromTheRequest() {
    contexts.run(context -> {
      JdbcClient jdbc = context.getBean(JdbcClient.class);
      jdbc.sql("INSERT INTO flight VALUES (1, 'ATL', 0, 'ann'), (2, 'ATL', 0, 'bob')").update();
      int port = WebContexts.port(context);
      try (EventReader events = EventReader.open(port, "/live/mine", "X-User", "ann")) {
        assertThat(events.next().data()).contains("[1]").doesNotContain("[2]");
      }
      assertThat(EventReader.status(port, "/live/mine?principal=bob", "X-User", "ann"))
          .isEqualTo(400);
    });
  }

  @Test
  void anAccessThatIsTakenAwayEndsTheStream() {
    contexts.run(context -> {
      int port = WebContexts.port(context);
      Application application = context.getBean(Application.class);
      try (EventReader events = EventReader.open(port, "/live/total")) {
        events.next();
        application.open.set(false);
        events.awaitEnd();
        assertThat(EventReader.status(port, "/live/total")).isEqualTo(403);
      } finally {
        application.open.set(true);
      }
    });
  }

  @Test
  void aQueryThatNoLongerBindsEndsNamingTheObject() {
    contexts.run(context -> {
      int port = WebContexts.port(context);
      try (EventReader events = EventReader.open(port, "/live/total")) {
        events.next();
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        jdbc.sql("DROP TABLE flight").update();
        Event end = events.next();
        assertThat(end.name()).isEqualTo("total-failed");
        assertThat(end.data()).contains("flight");
        events.awaitEnd();
      }
    });
  }

  @Test
  void theApplicationsEndEndsItsStreams() throws Exception {
    EventReader[] open = new EventReader[1];
    long[] start = new long[1];
    contexts.run(context -> {
      open[0] = EventReader.open(WebContexts.port(context), "/live/total");
      open[0].next();
      start[0] = System.nanoTime();
    });
    open[0].awaitEnd();
    assertThat(System.nanoTime() - start[0]).isLessThan(TimeUnit.SECONDS.toNanos(60));
  }

  @Test
  void withoutAPathNothingIsServed() {
    WebContexts.on("jdbc:turso:mem:" + UUID.randomUUID(), LiveQueryWebAutoConfiguration.class)
        .run(context -> assertThat(context).doesNotHaveBean(LiveQueryController.class));
  }

  @Test
  void aParameterWithoutATypeFailsTheStart() {
    contexts
        .withPropertyValues(Q + "bad.sql=SELECT 1 WHERE :x > 0")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(LiveQueryException.class)
                .hasMessage("the parameter :x of the live query 'bad' has no type"));
  }

  private static void insert(ApplicationContext context, int id, String origin) {
    context
        .getBean(JdbcClient.class)
        .sql("INSERT INTO flight VALUES (?, ?, 0, NULL)")
        .params(id, origin)
        .update();
  }

  private static void awaitTrue(java.util.function.BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(5);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Application {

    final AtomicBoolean open = new AtomicBoolean(true);

    Application(JdbcClient jdbc) {
      jdbc.sql(
              "CREATE TABLE flight (id INTEGER PRIMARY KEY, origin TEXT, delay INTEGER, owner TEXT)")
          .update();
    }

    @Bean
    LiveQueryAccess access() {
      return (query, principal) -> open.get();
    }

    @Bean
    Filter userOfTheHeader() {
      return (request, response, chain) -> {
        String user = ((HttpServletRequest) request).getHeader("X-User");
        chain.doFilter(
            new HttpServletRequestWrapper((HttpServletRequest) request) {
              @Override
              public Principal getUserPrincipal() {
                return user == null ? null : () -> user;
              }
            },
            response);
      };
    }
  }
}
