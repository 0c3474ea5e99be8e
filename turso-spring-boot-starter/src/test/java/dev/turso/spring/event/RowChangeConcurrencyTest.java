package dev.turso.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.turso.spring.Contexts;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code @RowChangeListener} by key: several at once, each row's changes in their order. */
class RowChangeConcurrencyTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Row("orders")
  record Order(long id, int version) {}

  @TempDir Path folder;
  private String url;

  @BeforeEach
  void schema() throws SQLException {
    url = "jdbc:turso:" + folder.resolve("keys.db");
    execute(
        "PRAGMA journal_mode = wal;"
            + " CREATE TABLE orders (id INTEGER PRIMARY KEY, version INTEGER NOT NULL);"
            + " CREATE TABLE seen (id INTEGER, version INTEGER, before_it INTEGER)");
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private ApplicationContextRunner contexts(Class<?> listener) {
    return Contexts.on(url).withBean(listener);
  }

  private static List<Long> seen(ApplicationContext context, String sql) {
    return context.getBean(JdbcClient.class).sql(sql).query(Long.class).list();
  }

  @Test
  void changesOfDifferentRowsAreTakenAtOnceAndOfOneRowInTheirOrder() {
    contexts(Together.class)
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("INSERT INTO orders VALUES (1, 0)").update();
          jdbc.sql("INSERT INTO orders VALUES (2, 0)").update();
          for (int version = 1; version <= 20; version++) {
            jdbc.sql("UPDATE orders SET version = ? WHERE id = 1").param(version).update();
            jdbc.sql("UPDATE orders SET version = ? WHERE id = 2").param(version).update();
          }
          await().atMost(SOON).until(() -> seen(context, "SELECT id FROM seen").size() >= 42);
          List<Long> inOrder = LongStream.rangeClosed(0, 20).boxed().toList();
          for (int id = 1; id <= 2; id++) {
            String effects = "SELECT version FROM seen WHERE id = " + id + " ORDER BY rowid";
            assertThat(seen(context, effects)).as("effects, of row " + id).isEqualTo(inOrder);
            List<Long> calls = context.getBean(Together.class).calls.get((long) id);
            assertThat(new LinkedHashSet<>(calls)).as("calls").containsExactlyElementsOf(inOrder);
            assertThat(calls).as("calls").isSorted();
          }
        });
  }

  @Test
  void aCursorGoesOnWhereItWasWhenTheNumberIsRaisedAndLowered() throws Exception {
    List<Long> all = new ArrayList<>();
    int next = 1;
    for (Class<?> each :
        List.of(AtOnceOne.class, AtOnceFour.class, AtOnceOne.class, AtOnceEight.class)) {
      for (int i = 0; i < 10; i++, next++) {
        if (next > 10) {
          execute("INSERT INTO orders VALUES (" + next + ", 0)");
          all.add((long) next);
        }
      }
      int from = next;
      contexts(each)
          .run(context -> {
            assertThat(context).hasNotFailed();
            for (int i = 0; i < 10; i++) {
              context
                  .getBean(JdbcClient.class)
                  .sql("INSERT INTO orders VALUES (?, 0)")
                  .param(from + i)
                  .update();
              all.add((long) from + i);
            }
            await()
                .atMost(SOON)
                .until(() -> seen(context, "SELECT id FROM seen").size() >= all.size());
            assertThat(seen(context, "SELECT id FROM seen ORDER BY id")).isEqualTo(all);
          });
      next += 10;
    }
  }

  @Test
  void aNumberOutOfBoundsFailsTheStart() {
    contexts(AtOnceNine.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("cursor keys")
                .hasMessageContaining("is 9; it can be 1 to 8"));
  }

  /** The first changes of two rows wait for each other; each reads before it writes. */
  static class Together {

    final Map<Long, List<Long>> calls = new ConcurrentHashMap<>();
    private final CountDownLatch both = new CountDownLatch(2);
    private final JdbcClient jdbc;

    Together(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @RowChangeListener(cursor = "keys", concurrency = 2)
    void on(RowChangeEvent<Order> change) throws InterruptedException {
      Order row = change.row();
      calls
          .computeIfAbsent(row.id(), id -> Collections.synchronizedList(new ArrayList<>()))
          .add((long) row.version());
      if (row.version() == 0) {
        both.countDown();
        assertThat(both.await(60, TimeUnit.SECONDS)).as("two at once").isTrue();
      }
      keep(jdbc, row);
    }
  }

  private static void keep(JdbcClient jdbc, Order row) {
    long before = jdbc.sql("SELECT COUNT(*) FROM seen").query(Long.class).single();
    jdbc.sql("INSERT INTO seen VALUES (?, ?, ?)").params(row.id(), row.version(), before).update();
  }

  static class AtOnceOne {

    private final JdbcClient jdbc;

    AtOnceOne(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @RowChangeListener(cursor = "keys")
    void on(RowChangeEvent<Order> change) {
      keep(jdbc, change.row());
    }
  }

  static class AtOnceFour {

    private final JdbcClient jdbc;

    AtOnceFour(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @RowChangeListener(cursor = "keys", concurrency = 4)
    void on(RowChangeEvent<Order> change) {
      keep(jdbc, change.row());
    }
  }

  static class AtOnceEight {

    private final JdbcClient jdbc;

    AtOnceEight(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @RowChangeListener(cursor = "keys", concurrency = 8)
    void on(RowChangeEvent<Order> change) {
      keep(jdbc, change.row());
    }
  }

  static class AtOnceNine {

    @RowChangeListener(cursor = "keys", concurrency = 9)
    void on(RowChangeEvent<Order> change) {
      throw new AssertionError("never called");
    }
  }
}
