package dev.turso.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.turso.Database;
import dev.turso.Session;
import dev.turso.spring.WebContexts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Many subscribers at once. In the build a slice: {@code -Dturso.live.subscribers=1000
 * -Dturso.live.rate=500 -Dturso.live.seconds=60} is the whole. {@code -Dturso.live.seconds=600
 * -Dturso.live.idle=60} prints what the heap holds after a collection and how large the log is, each
 * minute, and asserts that neither grows.
 */
class LiveLoadTest {

  private static final int SUBSCRIBERS = Integer.getInteger("turso.live.subscribers", 100);
  private static final int RATE = Integer.getInteger("turso.live.rate", 200);
  private static final int SECONDS = Integer.getInteger("turso.live.seconds", 2);
  private static final int IDLE_SECONDS = Integer.getInteger("turso.live.idle", 1);
  private static final int AFFECTED = 5;
  private static final int SHARED_ROWS = 50;
  private static final Pattern CHANGE =
      Pattern.compile("\\{\"op\":\"(.)\",\"key\":\\[[^]]*],\"row\":\\[(\\d+),(\\d+),(\\d+)]}");

  @TempDir Path folder;

  @Test
  void eachOfManySubscribersGetsWhatConcernsItWholeAndInOrder() {
    run("own", "SELECT id, seq, at FROM sensor WHERE id = :id", client -> "/live/q?id=" + client);
  }

  @Test
  void allOnOneQueryGetItsFinalStateAndHoldNothing() {
    run("shared", "SELECT id, seq, at FROM sensor WHERE id <= " + SHARED_ROWS, client -> "/live/q");
  }

  private void run(String name, String sql, IntFunction<String> path) {
    Path file = folder.resolve(name + ".db");
    boolean own = name.equals("own");
    WebContexts.on("jdbc:turso:" + file, LiveQueryWebAutoConfiguration.class)
        .withUserConfiguration(Sensors.class)
        .withPropertyValues(
            "turso.live.web.path=/live",
            "turso.live.web.max-streams=2000",
            "turso.live.web.max-streams-per-principal=2000",
            "turso.live.web.queries.q.sql=" + sql,
            own ? "turso.live.web.queries.q.parameters.id=integer" : "x=y")
        .run(context -> {
          double alone = write(context, Math.min(2, SECONDS), () -> {});
          List<Client> clients = new ArrayList<>();
          try {
            for (int i = 1; i <= SUBSCRIBERS; i++) {
              clients.add(new Client(WebContexts.port(context), path.apply(i)));
            }
            await("snapshots", () -> clients.stream().allMatch(client -> client.messages > 0));
            Heap heap = new Heap(name, file);
            double rate = write(context, SECONDS, heap::look);
            Map<Long, Long> expected = state(context);
            for (Client each : clients) {
              await("the final state", () -> each.agreesWith(expected, own));
            }
            tell(name, clients, alone, rate);
            assertThat(clients).allMatch(client -> client.inOrder);
            assertIdleHoldsNothing(context, file);
            heap.assertFlat();
          } finally {
            for (Client each : clients) {
              each.socket.close();
            }
          }
        });
  }

  /** Commits at the rate, or as fast as it goes; gives the rate reached. */
  private static double write(
      AssertableWebApplicationContext context, int seconds, Runnable eachMinute) {
    Database database = context.getBean(Database.class);
    long start = System.nanoTime();
    int commits = RATE * seconds;
    try (Session session = database.connect()) {
      session.busyTimeout(20_000);
      try (var update =
          session.prepare("UPDATE sensor SET seq = seq + 1, at = ? WHERE id BETWEEN ? AND ?")) {
        for (int i = 0; i < commits; i++) {
          long due = start + (long) i * 1_000_000_000L / RATE;
          while (System.nanoTime() < due) {
            Thread.onSpinWait();
            Thread.yield();
          }
          if (i > 0 && i % (60 * RATE) == 0) {
            eachMinute.run();
          }
          long first = 1 + (long) i * AFFECTED % SUBSCRIBERS;
          update.bind(1, System.nanoTime()).bind(2, first).bind(3, first + AFFECTED - 1).run();
        }
      }
    }
    return commits * 1e9 / (System.nanoTime() - start);
  }

  private static Map<Long, Long> state(AssertableWebApplicationContext context) {
    Map<Long, Long> state = new HashMap<>();
    context
        .getBean(JdbcClient.class)
        .sql("SELECT id, seq FROM sensor")
        .query((row, n) -> state.put(row.getLong(1), row.getLong(2)))
        .list();
    return state;
  }

  private static void tell(String name, List<Client> clients, double alone, double rate) {
    List<Long> micros = new ArrayList<>();
    long messages = 0;
    long merged = 0;
    long fewest = Long.MAX_VALUE;
    for (Client each : clients) {
      each.addMicros(micros);
      messages += each.messages;
      merged += each.merged;
      fewest = Math.min(fewest, each.messages);
    }
    micros.sort(null);
    System.out.printf(
        "live load, %s: %d subscribers, %.0f commits/s (%.0f without), %d messages, at least %d each,"
            + " %d changes merged, latency p50 %d us, p99 %d us%n",
        name,
        SUBSCRIBERS,
        rate,
        alone,
        messages,
        fewest,
        merged,
        micros.get(micros.size() / 2),
        micros.get(micros.size() * 99 / 100));
  }

  /** Nobody holds a snapshot or a connection of the pool: the log can be emptied and stays empty. */
  private static void assertIdleHoldsNothing(AssertableWebApplicationContext context, Path file)
      throws Exception {
    JdbcClient jdbc = context.getBean(JdbcClient.class);
    assertThat(jdbc.sql("PRAGMA wal_checkpoint(TRUNCATE)").query().singleRow())
        .containsEntry("busy", 0);
    Path log = Path.of(file + "-wal");
    assertThat(Files.size(log)).isZero();
    var pool = context.getBean(HikariDataSource.class).getHikariPoolMXBean();
    assertThat(pool.getActiveConnections()).isZero();
    assertThat(pool.getTotalConnections()).isLessThanOrEqualTo(10);
    for (int second = 0; second < IDLE_SECONDS; second++) {
      Thread.sleep(1000);
      assertThat(Files.size(log)).isZero();
    }
  }

  /** What the heap holds, minute by minute: the server's and the clients', which are in one JVM. */
  private static final class Heap {

    private final String name;
    private final Path file;
    private final List<Long> megabytes = new ArrayList<>();

    Heap(String name, Path file) {
      this.name = name;
      this.file = file;
    }

    void look() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      megabytes.add((runtime.totalMemory() - runtime.freeMemory()) >> 20);
      System.out.printf(
          "live load, %s: minute %d: heap after collection %d MB, log %d kB%n",
          name,
          megabytes.size(),
          megabytes.getLast(),
          Path.of(file + "-wal").toFile().length() >> 10);
    }

    /** From the second minute on: by then every client has as many samples as it keeps. */
    void assertFlat() {
      if (megabytes.size() > 3) {
        assertThat(megabytes.getLast()).isLessThanOrEqualTo(megabytes.get(1) * 11 / 10 + 8);
      }
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.sleep(10);
    }
  }

  /** One subscriber: keeps the rows it was told of, and checks that no change was left out. */
  private static final class Client {

    final Socket socket;
    final Map<Long, Long> rows = new ConcurrentHashMap<>();

    /** The newest of them. */
    private final long[] micros = new long[1000];

    private int samples;
    volatile long messages;
    volatile long merged;
    volatile boolean inOrder = true;

    Client(int port, String path) throws IOException {
      socket = new Socket("localhost", port);
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("data:")) {
            take(line, System.nanoTime());
          }
        }
      } catch (IOException e) {
        // Closed at the end.
      }
    }

    private void take(String data, long now) {
      boolean snapshot = data.contains("\"kind\":\"snapshot\"");
      Matcher change = CHANGE.matcher(data);
      while (change.find()) {
        long id = Long.parseLong(change.group(2));
        long seq = Long.parseLong(change.group(3));
        Long before = rows.put(id, seq);
        if (!snapshot) {
          sample((now - Long.parseLong(change.group(4))) / 1000);
          inOrder &= before != null && seq > before;
          merged += before == null ? 0 : seq - before - 1;
        }
      }
      messages++;
    }

    private synchronized void sample(long value) {
      micros[samples++ % micros.length] = value;
    }

    synchronized void addMicros(List<Long> all) {
      for (int i = 0; i < Math.min(samples, micros.length); i++) {
        all.add(micros[i]);
      }
    }

    /** Whether the newest rows are the database's. */
    boolean agreesWith(Map<Long, Long> expected, boolean own) {
      return rows.size() == (own ? 1 : Math.min(SHARED_ROWS, expected.size()))
          && rows.entrySet().stream()
              .allMatch(row -> row.getValue().equals(expected.get(row.getKey())));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Sensors {

    Sensors(JdbcClient jdbc) {
      jdbc.sql(
              "CREATE TABLE sensor (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL)")
          .update();
      jdbc.sql(
              "INSERT INTO sensor WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c"
                  + " WHERE n < "
                  + SUBSCRIBERS
                  + ") SELECT n, 0, 0 FROM c")
          .update();
    }
  }
}
