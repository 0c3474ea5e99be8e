package dev.turso.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.turso.spring.bare.BareClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One application in two JVMs on one file, killed amid its work again and again: each change comes to each
 * of its {@code @RowChangeListener}s once. {@code -Dturso.kills} says how often.
 */
class KilledListenersTest {

  private static final int KILLS = Integer.getInteger("turso.kills", 2);
  private static final Duration LONG = Duration.ofSeconds(120);

  @TempDir Path folder;

  @Test
  void nothingIsLostAndNothingComesTwice() throws Exception {
    long seed = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
    Random random = new Random(seed);
    String url = "jdbc:turso:" + folder.resolve("killed.db");
    create(url);
    AtomicLong committed = new AtomicLong();
    Application[] both = {null, null};
    int together = 0;
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        for (int i = 0; i < both.length; i++) {
          both[i] = both[i] == null ? new Application(url, committed) : both[i];
        }
        both[0].awaitStart();
        both[1].awaitStart();
        awaitNotes(both);
        Thread.sleep(random.nextInt(300));
        int victims = kill == 0 ? 3 : 1 + random.nextInt(3);
        together += victims == 3 ? 1 : 0;
        for (int i = 0; i < both.length; i++) {
          if ((victims & 1 << i) != 0) {
            both[i].kill();
            both[i] = null;
          }
        }
        if ((kill + 1) % 10 == 0) {
          System.out.printf("KilledListenersTest: %d kills, %s committed%n", kill + 1, committed);
        }
      }
    } finally {
      for (Application each : both) {
        if (each != null) {
          each.kill();
        }
      }
    }
    check(url, committed.get());
    System.out.printf(
        "KilledListenersTest seed %d: %d kills, %d of them of both at once, %d effects%n",
        seed, KILLS, together, effects(url));
  }

  /** Until the listeners of either, which own the cursors, have noted something more. */
  private static void awaitNotes(Application[] both) {
    long before = both[0].noted.get() + both[1].noted.get();
    await()
        .atMost(LONG)
        .until(() -> {
          assertThat(both).allSatisfy(Application::assertAlive);
          return both[0].noted.get() + both[1].noted.get() > before + 2;
        });
  }

  private static void create(String url) {
    try (HikariDataSource source = open(url)) {
      JdbcClient jdbc = JdbcClient.create(source);
      jdbc.sql("PRAGMA journal_mode = wal").query().singleValue();
      jdbc.sql("CREATE TABLE source (id INTEGER PRIMARY KEY, version INTEGER NOT NULL)").update();
      jdbc.sql(
              "CREATE TABLE effect (n INTEGER PRIMARY KEY, listener TEXT, id INTEGER, version INTEGER)")
          .update();
    }
  }

  private static HikariDataSource open(String url) {
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl(url + "?busy_timeout=30000");
    source.setMaximumPoolSize(1);
    return source;
  }

  private static int effects(String url) {
    try (HikariDataSource source = open(url)) {
      return JdbcClient.create(source)
          .sql("SELECT COUNT(*) FROM effect")
          .query(Integer.class)
          .single();
    }
  }

  /** Lets an application that does not write finish what is left, and looks at the whole. */
  private static void check(String url, long committed) throws Exception {
    Application last = new Application(url, new AtomicLong(), "--listen-only");
    try (HikariDataSource source = open(url)) {
      JdbcClient jdbc = JdbcClient.create(source);
      last.awaitStart();
      assertThat(jdbc.sql("SELECT MAX(id) FROM source").query(Long.class).single())
          .as("what was told to be committed")
          .isGreaterThanOrEqualTo(committed);
      int changes = jdbc.sql("SELECT SUM(version + 1) FROM source").query(Integer.class).single();
      await()
          .atMost(LONG)
          .untilAsserted(() ->
              assertThat(
                      jdbc.sql(
                              "SELECT COUNT(DISTINCT listener || id || ' ' || version) FROM effect")
                          .query(Integer.class)
                          .single())
                  .as("effects of %d changes, two listeners", changes)
                  .isEqualTo(2 * changes));
    } finally {
      last.end();
    }
    try (HikariDataSource source = open(url)) {
      JdbcClient jdbc = JdbcClient.create(source);
      assertThat(
              jdbc.sql(
                      "SELECT listener, id, version, COUNT(*) AS times FROM effect"
                          + " GROUP BY 1, 2, 3 HAVING times > 1")
                  .query()
                  .listOfRows())
          .as("what came twice")
          .isEmpty();
      assertThat(
              jdbc.sql(
                      "SELECT * FROM (SELECT listener, id, version, LAG(version) OVER"
                          + " (PARTITION BY listener, id ORDER BY n) AS before FROM effect)"
                          + " WHERE before > version")
                  .query()
                  .listOfRows())
          .as("what came out of order for its row")
          .isEmpty();
      assertThat(jdbc.sql("PRAGMA integrity_check").query(String.class).single()).isEqualTo("ok");
    }
  }

  /** One process, and what it says. */
  private static final class Application {

    private final Process process;
    private final CountDownLatch started = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private final AtomicLong noted = new AtomicLong();
    private final AtomicLong committed;
    private final Thread reading;

    Application(String url, AtomicLong committed, String... arguments) throws IOException {
      this.committed = committed;
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  BareClassPath.text(),
                  KilledApplication.class.getName(),
                  "--spring.main.banner-mode=off",
                  "--spring.main.keep-alive=true",
                  "--turso.busy-timeout=30s",
                  "--spring.datasource.url=" + url));
      command.addAll(List.of(arguments));
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      reading = Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.equals("started")) {
            started.countDown();
          } else if (line.matches("committed \\d+")) {
            long id = Long.parseLong(line.substring("committed ".length()));
            committed.accumulateAndGet(id, Math::max);
          } else if (line.equals("noted")) {
            noted.incrementAndGet();
          } else {
            said.add(line);
          }
        }
      } catch (IOException e) {
        said.add(e.toString());
      }
    }

    void awaitStart() throws InterruptedException {
      assertThat(started.await(LONG.toSeconds(), TimeUnit.SECONDS)).as("%s", said).isTrue();
    }

    void assertAlive() {
      assertThat(process.isAlive()).as("%s", said).isTrue();
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      reading.join();
    }

    /** As an operator ends it. */
    void end() throws InterruptedException {
      process.destroy();
      try {
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
