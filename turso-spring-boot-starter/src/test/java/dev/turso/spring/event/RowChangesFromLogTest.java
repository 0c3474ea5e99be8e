package dev.turso.spring.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.change.Position;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.spring.Contexts;
import dev.turso.spring.live.LiveQueryTemplate;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The contract's rows "falls behind" and "commits of other processes" for {@code @EventListener}, where the
 * database has a log.
 */
class RowChangesFromLogTest {

  private static final int COMMITS = 2500;
  private static final int MANY_ROWS = 25_000;

  @Row("flight")
  record Flight(long id, String gate) {}

  @Row("pilot")
  record Pilot(long id) {}

  @TempDir Path folder;

  @Test
  void aListenerThatFallsBehindContinuesFromTheLog() {
    String name = "mem:" + UUID.randomUUID();
    try (Database first = Database.open(name, Options.DEFAULT.withTailCommits(8))) {
      Contexts.on("jdbc:turso:" + name)
          .withBean(Tables.class)
          .withUserConfiguration(Slow.class)
          .run(context -> {
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            Slow slow = context.getBean(Slow.class);
            jdbc.sql("INSERT INTO flight VALUES (0, 'A')").update();
            assertThat(slow.busy.await(20, TimeUnit.SECONDS)).isTrue();
            List<Position> positions = new ArrayList<>();
            for (int id = 1; id <= COMMITS; id++) {
              String table = id % 10 == 0 ? "pilot VALUES (?)" : "flight VALUES (?, 'A')";
              jdbc.sql("INSERT INTO " + table).param(id).update();
              positions.add(first.position());
            }
            jdbc.sql("INSERT INTO other VALUES (1)").update();
            slow.goOn.countDown();
            assertThat(first.changes().awaitDelivered(first.position(), 30_000)).isTrue();

            assertThat(slow.told.stream().map(Told::id).toList())
                .isEqualTo(LongStream.rangeClosed(0, COMMITS).boxed().toList());
            assertThat(slow.told.stream().skip(1).map(Told::position).toList())
                .isEqualTo(positions);
            assertThat(slow.told).allMatch(Told::inTransaction);
            assertThat(slow.skipped).isEmpty();
            RowChangePublisher publisher = context.getBean(RowChangePublisher.class);
            assertThat(publisher.skippedCount()).isZero();
            assertThat(publisher.publishedCount()).isEqualTo(COMMITS + 1);
          });
    }
  }

  @Test
  void whatIsReadFromTheLogIsOneTransactionForEachCommitHoweverLarge() {
    String name = "mem:" + UUID.randomUUID();
    try (Database first = Database.open(name, Options.DEFAULT.withTailCommits(2))) {
      Contexts.on("jdbc:turso:" + name)
          .withBean(Tables.class)
          .withUserConfiguration(Slow.class, Noting.class)
          .run(context -> {
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            Slow slow = context.getBean(Slow.class);
            jdbc.sql("INSERT INTO flight VALUES (0, 'A')").update();
            assertThat(slow.busy.await(20, TimeUnit.SECONDS)).isTrue();
            jdbc.sql("INSERT INTO pilot SELECT value FROM generate_series(1, ?)")
                .param(MANY_ROWS)
                .update();
            jdbc.sql("INSERT INTO flight VALUES (1, 'broken')").update();
            jdbc.sql("ALTER TABLE flight ADD COLUMN door TEXT").update();
            for (int id = 2; id < 10; id++) {
              jdbc.sql("INSERT INTO flight VALUES (?, 'B', 'C')").param(id).update();
            }
            slow.goOn.countDown();
            assertThat(first.changes().awaitDelivered(first.position(), 60_000)).isTrue();

            assertThat(slow.told).hasSize(MANY_ROWS + 10);
            RowChangePublisher publisher = context.getBean(RowChangePublisher.class);
            assertThat(publisher.failedCount()).isEqualTo(1);
            assertThat(publisher.skippedCount()).isZero();
            assertThat(jdbc.sql("SELECT count(*) FROM noted").query(Long.class).single())
                .describedAs("only the effects of the listener that threw are undone")
                .isEqualTo(9);
          });
    }
  }

  @Test
  void viewsThatAreBuiltAnewInBetweenAreNoGap() {
    String name = "mem:" + UUID.randomUUID();
    try (Database first = Database.open(name, Options.DEFAULT.withTailCommits(8))) {
      Contexts.on("jdbc:turso:" + name)
          .withBean(Tables.class)
          .withUserConfiguration(Slow.class)
          .run(context -> {
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            Slow slow = context.getBean(Slow.class);
            jdbc.sql("CREATE MATERIALIZED VIEW gates AS SELECT gate, id FROM flight").update();
            try (LiveQuery query =
                context
                    .getBean(LiveQueryTemplate.class)
                    .subscribe("SELECT * FROM gates", message -> {})) {
              jdbc.sql("INSERT INTO flight VALUES (0, 'A')").update();
              assertThat(slow.busy.await(20, TimeUnit.SECONDS)).isTrue();
              for (int id = 1; id <= 60; id++) {
                jdbc.sql("INSERT INTO flight VALUES (?, 'A')").param(id).update();
                if (id % 7 == 0) {
                  jdbc.sql("REFRESH MATERIALIZED VIEW gates").update();
                }
              }
              slow.goOn.countDown();
              assertThat(first.changes().awaitDelivered(first.position(), 20_000)).isTrue();
              jdbc.sql("REFRESH MATERIALIZED VIEW gates").update();
              jdbc.sql("INSERT INTO flight VALUES (61, 'A')").update();
              assertThat(first.changes().awaitDelivered(first.position(), 20_000)).isTrue();
            }
            assertThat(slow.skipped).isEmpty();
            assertThat(slow.told.stream().map(Told::id).toList())
                .isEqualTo(LongStream.rangeClosed(0, 61).boxed().toList());
          });
    }
  }

  @Test
  void whatRetentionHasTakenIsSkippedAndSaid() {
    String name = "mem:" + UUID.randomUUID();
    try (Database first = Database.open(name, Options.DEFAULT.withTailCommits(8))) {
      Contexts.on("jdbc:turso:" + name)
          .withBean(Tables.class)
          .withUserConfiguration(Slow.class)
          .run(context -> {
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            Slow slow = context.getBean(Slow.class);
            jdbc.sql("INSERT INTO flight VALUES (0, 'A')").update();
            assertThat(slow.busy.await(20, TimeUnit.SECONDS)).isTrue();
            for (int id = 1; id <= 60; id++) {
              jdbc.sql("INSERT INTO flight VALUES (?, 'A')").param(id).update();
            }
            jdbc.sql("PRAGMA turso_capture_retention = 'limit_rows=10'").query().listOfRows();
            jdbc.sql("PRAGMA turso_capture_prune").query().listOfRows();
            jdbc.sql("INSERT INTO flight VALUES (61, 'A')").update();
            slow.goOn.countDown();
            assertThat(first.changes().awaitDelivered(first.position(), 20_000)).isTrue();

            long skipped = slow.skipped.stream().mapToLong(RowChangesSkipped::commits).sum();
            assertThat(skipped).isPositive();
            assertThat(slow.skipped).allMatch(each -> each.tables().contains("flight"));
            assertThat(slow.told.getLast().id()).isEqualTo(61);

            jdbc.sql("INSERT INTO flight VALUES (62, 'A')").update();
            assertThat(first.changes().awaitDelivered(first.position(), 20_000)).isTrue();
            assertThat(slow.told.getLast().id()).isEqualTo(62);
          });
    }
  }

  @Test
  void commitsOfAnotherProcessArriveFromTheLogInTheOrderOfCommits() {
    Path file = folder.resolve("shared.db");
    Contexts.on("jdbc:turso:" + file)
        .withBean(Tables.class)
        .withUserConfiguration(Slow.class)
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          Slow slow = context.getBean(Slow.class);
          slow.goOn.countDown();
          jdbc.sql("INSERT INTO flight VALUES (1, 'A')").update();
          insertElsewhere(file, "INSERT INTO flight VALUES (2, 'B')");
          jdbc.sql("INSERT INTO flight VALUES (3, 'A')").update();
          insertElsewhere(file, "INSERT INTO flight SELECT value, 'C' FROM generate_series(4, 6)");
          awaitTold(slow, 6);

          assertThat(slow.told.stream().map(Told::id).toList())
              .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
          assertThat(slow.told).isSortedAccordingTo((a, b) -> a.position().compareTo(b.position()));
        });
  }

  private static void insertElsewhere(Path file, String sql) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                file.toString(),
                sql)
            .redirectErrorStream(true)
            .redirectOutput(new File(file + ".out"))
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static void awaitTold(Slow slow, int rows) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (slow.told.size() < rows && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
  }

  static final class OtherProcess {

    private OtherProcess() {}

    public static void main(String[] arguments) {
      try (Database database = Database.open(arguments[0], Options.DEFAULT);
          var session = database.connect()) {
        session.busyTimeout(30_000);
        session.execute(arguments[1]);
      }
    }
  }

  static final class Tables {

    Tables(JdbcClient jdbc) {
      jdbc.sql("PRAGMA turso_capture = 'full'").query().listOfRows();
      jdbc.sql("CREATE TABLE flight (id INTEGER PRIMARY KEY, gate TEXT)").update();
      jdbc.sql("CREATE TABLE pilot (id INTEGER PRIMARY KEY)").update();
      jdbc.sql("CREATE TABLE other (id INTEGER PRIMARY KEY)").update();
      jdbc.sql("CREATE TABLE noted (id INTEGER)").update();
    }
  }

  record Told(long id, Position position, boolean inTransaction) {}

  @Configuration(proxyBeanMethods = false)
  static class Slow {

    final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    final List<RowChangesSkipped> skipped = new CopyOnWriteArrayList<>();
    final CountDownLatch busy = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);

    @EventListener
    void onFlight(RowChangeEvent<Flight> event) throws InterruptedException {
      take(event.row().id(), event.position());
      busy.countDown();
      assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @EventListener
    void onPilot(RowChangeEvent<Pilot> event) {
      take(event.row().id(), event.position());
    }

    private void take(long id, Position position) {
      told.add(
          new Told(id, position, TransactionSynchronizationManager.isActualTransactionActive()));
    }

    @EventListener
    void on(RowChangesSkipped gap) {
      skipped.add(gap);
    }
  }

  /** Writes in its transaction, and throws at one flight. */
  @Configuration(proxyBeanMethods = false)
  static class Noting {

    private final JdbcClient jdbc;

    Noting(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @EventListener
    void on(RowChangeEvent<Flight> event) {
      jdbc.sql("INSERT INTO noted VALUES (?)").param(event.row().id()).update();
      if (event.row().gate().equals("broken")) {
        throw new IllegalStateException("broken");
      }
    }
  }
}
