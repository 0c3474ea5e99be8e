package dev.turso.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.spring.live.LiveQueryTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The page's live queries, without the page. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@DirtiesContext
class LiveBoardIT {

  private static final Path CONTROLLER =
      Path.of("src/main/java/dev/turso/sample/BoardController.java");
  private static final Pattern QUERY = Pattern.compile("\\.query\\(\"(\\w+)\", \"([^\"]+)\"\\)");
  private static final int COMMITS = 100;
  private static final long WAIT_MILLIS = 20_000;

  @TempDir static Path folder;

  @Autowired private LiveQueryTemplate live;
  @Autowired private FlightOperations flights;
  @Autowired private Timetable timetable;
  @Autowired private Replayer replayer;
  @Autowired private JdbcClient jdbc;
  @Autowired private Database database;

  @DynamicPropertySource
  static void file(DynamicPropertyRegistry registry) {
    registry.add("board.file", () -> folder.resolve("live.db").toString());
  }

  @BeforeEach
  void replayFromTheStart() {
    replayer.pause();
    flights.startAgain();
  }

  @Test
  void aLiveQueryExecutesNoStatementAfterItsSnapshot() throws Exception {
    Map<String, LiveQuery> open = new LinkedHashMap<>();
    Map<String, AtomicLong> deltas = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, String> each : queriesOfThePage().entrySet()) {
        CountDownLatch snapshot = new CountDownLatch(1);
        AtomicLong count = new AtomicLong();
        LiveQuery query =
            live.subscribe(
                each.getValue(),
                message -> {
                  if (message.kind() == LiveMessage.Kind.DELTA) {
                    count.incrementAndGet();
                  }
                  snapshot.countDown();
                });
        open.put(each.getKey(), query);
        deltas.put(each.getKey(), count);
        assertThat(snapshot.await(WAIT_MILLIS, TimeUnit.MILLISECONDS)).as(each.getKey()).isTrue();
      }
      Map<String, Long> before = statements(open);
      for (int i = 0; i < COMMITS; i++) {
        flights.play(i, timetable.events().get(i));
      }
      for (LiveQuery each : open.values()) {
        each.await(database.position(), WAIT_MILLIS);
      }
      assertThat(statements(open)).isEqualTo(before);
      assertThat(deltas.get("board")).as("messages after the snapshot").hasPositiveValue();
      assertThat(deltas.get("totals")).hasPositiveValue();
      assertThat(deltas.get("airports")).hasPositiveValue();
    } finally {
      open.values().forEach(LiveQuery::close);
    }
  }

  @Test
  void anUpdateByAnotherProcessIsSeenWithinASecondAndNoted() throws Exception {
    NativeShell.assumeInstalled();
    for (int i = 0; i < COMMITS; i++) {
      flights.play(i, timetable.events().get(i));
    }
    List<Long> millis = new ArrayList<>();
    for (int delay = 5001; delay <= 5003; delay++) {
      millis.add(millisUntilSeen(delay));
    }
    System.out.println("milliseconds until a native UPDATE was seen: " + millis);
    assertThat(Collections.min(millis)).as("milliseconds").isLessThan(1_000);
    Browser.await(
        "a notice",
        Duration.ofMillis(WAIT_MILLIS),
        () -> jdbc.sql("SELECT COUNT(*) FROM notice").query(Long.class).single() > 0);
    assertThat(jdbc.sql("SELECT text FROM notice").query(String.class).list())
        .allMatch(text -> text.startsWith("Another process changed the data at "));
    assertThat(jdbc.sql("PRAGMA turso_check_views").query().listOfRows())
        .hasSize(4)
        .allMatch(row -> "ok".equals(row.get("result")));
  }

  private long millisUntilSeen(int delay) throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    try (LiveQuery worst =
        live.subscribe(
            "SELECT * FROM worst_delay",
            message -> {
              if (message.changes().toString().contains(String.valueOf(delay))) {
                seen.countDown();
              }
            })) {
      assertThat(worst.columns()).contains("delay");
      NativeShell.run(
          folder.resolve("live.db"), "UPDATE flight SET delay = " + delay + " WHERE id = 1");
      long committed = System.nanoTime();
      assertThat(seen.await(WAIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - committed);
    }
  }

  private static Map<String, Long> statements(Map<String, LiveQuery> queries) {
    Map<String, Long> statements = new LinkedHashMap<>();
    queries.forEach((name, query) -> statements.put(name, query.statementsExecuted()));
    return statements;
  }

  private static Map<String, String> queriesOfThePage() throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    Matcher matcher = QUERY.matcher(Files.readString(CONTROLLER));
    while (matcher.find()) {
      queries.put(matcher.group(1), matcher.group(2));
    }
    assertThat(queries).hasSizeGreaterThanOrEqualTo(9);
    return queries;
  }
}
