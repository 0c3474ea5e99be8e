package dev.turso.spring.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.spring.Contexts;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The contract's row "falls behind" for {@code @EventListener}. */
class RowChangesSkippedTest {

  private static final int COMMITS = 60;

  @Row("flight")
  record Flight(long id) {}

  @Test
  void aListenerThatFallsBehindIsToldOfTheGapOnceAndThenGoesOn() {
    String name = "mem:" + UUID.randomUUID();
    try (Database first = Database.open(name, Options.DEFAULT.withTailCommits(8))) {
      Contexts.on("jdbc:turso:" + name)
          .withBean(Tables.class)
          .withUserConfiguration(SlowListener.class)
          .run(context -> {
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            SlowListener listener = context.getBean(SlowListener.class);
            jdbc.sql("INSERT INTO flight VALUES (0)").update();
            assertThat(listener.busy.await(20, TimeUnit.SECONDS)).isTrue();
            for (int id = 1; id <= COMMITS; id++) {
              jdbc.sql("INSERT INTO flight VALUES (?)").param(id).update();
            }
            listener.goOn.countDown();
            jdbc.sql("INSERT INTO flight VALUES (?)").param(COMMITS + 1).update();
            assertThat(first.changes().awaitDelivered(first.position(), 20_000)).isTrue();

            List<Object> told = listener.told;
            List<RowChangesSkipped> gaps =
                told.stream()
                    .filter(RowChangesSkipped.class::isInstance)
                    .map(RowChangesSkipped.class::cast)
                    .toList();
            assertThat(gaps).isNotEmpty().allMatch(gap -> gap.tables().equals(List.of("flight")));
            long skipped = gaps.stream().mapToLong(RowChangesSkipped::commits).sum();
            assertThat(skipped + told.size() - gaps.size()).isEqualTo(COMMITS + 2);
            assertThat(context.getBean(RowChangePublisher.class).skippedCount()).isEqualTo(skipped);
            assertThat(told.getLast()).isEqualTo((long) COMMITS + 1);
            assertThat(told.stream().filter(Long.class::isInstance).map(Long.class::cast).toList())
                .isSorted();
          });
    }
  }

  static final class Tables {

    Tables(JdbcClient jdbc) {
      jdbc.sql("CREATE TABLE flight (id INTEGER PRIMARY KEY)").update();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class SlowListener {

    final List<Object> told = new CopyOnWriteArrayList<>();
    final CountDownLatch busy = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);

    @EventListener
    void on(RowChangeEvent<Flight> event) throws InterruptedException {
      told.add(event.row().id());
      busy.countDown();
      assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @EventListener
    void on(RowChangesSkipped gap) {
      told.add(gap);
    }
  }
}
