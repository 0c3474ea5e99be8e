package dev.turso.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.turso.cdc.read.ChangeLogException;
import dev.turso.change.Operation;
import dev.turso.spring.Contexts;
import dev.turso.spring.event.RowChangeListener.OnFailure;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the contract promises of {@code @RowChangeListener}, a test a row. */
@ExtendWith(OutputCaptureExtension.class)
class RowChangeListenerTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @Row("orders")
  record Order(long id, String item) {}

  @TempDir Path folder;
  private String url;

  @BeforeEach
  void schema() throws SQLException {
    url = "jdbc:turso:" + folder.resolve("listener.db");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(
          "PRAGMA journal_mode = wal; CREATE TABLE orders (id INTEGER PRIMARY KEY, item TEXT);"
              + " CREATE TABLE shipped (id INTEGER, item TEXT, attempt INTEGER)");
    }
  }

  private ApplicationContextRunner contexts(Class<?> listener) {
    return Contexts.on(url).withUserConfiguration(listener);
  }

  private static void order(ApplicationContext context, long id, String item) {
    context
        .getBean(JdbcClient.class)
        .sql("INSERT INTO orders VALUES (?, ?)")
        .params(id, item)
        .update();
  }

  private static List<String> shipped(ApplicationContext context) {
    return context
        .getBean(JdbcClient.class)
        .sql("SELECT item FROM shipped ORDER BY id")
        .query(String.class)
        .list();
  }

  private static RowChangeListenerContainer container(ApplicationContext context) {
    RowChangeListenerContainer container =
        context.getBean(RowChangeListenerRegistry.class).container("shipping");
    assertThat(container).isNotNull();
    return container;
  }

  @Test
  void itsEffectsHappenExactlyOnceAcrossRestarts() {
    contexts(Shipping.class)
        .run(context -> {
          order(context, 1, "anvil");
          order(context, 2, "rope");
          await().atMost(SOON).until(() -> shipped(context).size() == 2);
        });
    Contexts.on(url).run(context -> order(context, 3, "while nobody listened"));
    contexts(Shipping.class)
        .run(context -> {
          await().atMost(SOON).until(() -> shipped(context).size() == 3);
          order(context, 4, "last");
          await().atMost(SOON).until(() -> shipped(context).size() == 4);
          assertThat(shipped(context))
              .containsExactly("anvil", "rope", "while nobody listened", "last");
        });
  }

  @Test
  void recordsOfAnOlderSchemaAreMappedByTheIdentityOfTheirColumns() {
    contexts(Shipping.class)
        .run(context -> {
          order(context, 1, "first");
          await().atMost(SOON).until(() -> shipped(context).size() == 1);
        });
    Contexts.on(url)
        .run(context -> {
          order(context, 2, "renamed");
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("ALTER TABLE orders RENAME COLUMN item TO article").update();
          jdbc.sql("ALTER TABLE orders ADD COLUMN item TEXT").update();
          jdbc.sql("ALTER TABLE orders ADD COLUMN note TEXT").update();
          jdbc.sql("INSERT INTO orders VALUES (3, 'both', 'item', 'dropped')").update();
          jdbc.sql("ALTER TABLE orders DROP COLUMN note").update();
          jdbc.sql("INSERT INTO orders VALUES (4, 'without', 'item')").update();
          jdbc.sql("ALTER TABLE orders ADD COLUMN note TEXT DEFAULT 'of later'").update();
          jdbc.sql("INSERT INTO orders VALUES (5, 'new', 'item', 'note')").update();
        });
    contexts(Renamed.class)
        .run(context -> {
          Renamed renamed = context.getBean(Renamed.class);
          await().atMost(SOON).until(() -> renamed.told.size() == 4);
          assertThat(renamed.told)
              .containsExactly(
                  new RenamedOrder(2, "renamed", null, null),
                  new RenamedOrder(3, "both", "item", null),
                  new RenamedOrder(4, "without", "item", null),
                  new RenamedOrder(5, "new", "item", "note"));
        });
  }

  @Row("orders")
  record RenamedOrder(long id, String article, String item, String note) {}

  @Configuration(proxyBeanMethods = false)
  static class Renamed {

    final List<RenamedOrder> told = new CopyOnWriteArrayList<>();

    @RowChangeListener(cursor = "shipping")
    void ship(RowChangeEvent<RenamedOrder> change) {
      told.add(change.row());
    }
  }

  @Test
  void whatFailsIsTriedAgainAndItsEffectsAreOnceOnly() {
    contexts(Flaky.class)
        .run(context -> {
          order(context, 1, "anvil");
          await().atMost(SOON).until(() -> shipped(context).size() == 1);
          assertThat(context.getBean(Flaky.class).attempts).hasValue(3);
          assertThat(container(context).deadLetterCount()).isZero();
        });
  }

  @Test
  void whatKeepsFailingIsSetAsideAndTheCursorGoesOn() {
    contexts(Poisoned.class)
        .run(context -> {
          order(context, 1, "poison");
          order(context, 2, "rope");
          await().atMost(SOON).until(() -> shipped(context).size() == 1);
          assertThat(
                  context
                      .getBean(JdbcClient.class)
                      .sql("SELECT cursor, operation, after, error FROM " + DeadLetters.TABLE)
                      .query()
                      .singleRow())
              .containsEntry("cursor", "shipping")
              .containsEntry("operation", "INSERT")
              .containsEntry("after", "Order[id=1, item=poison]")
              .hasEntrySatisfying(
                  "error", error -> assertThat(error.toString()).contains("not edible"));
        });
  }

  @Test
  void orTheContainerStopsAndTheCursorStays() {
    contexts(Stopping.class)
        .run(context -> {
          order(context, 1, "poison");
          await().atMost(SOON).until(() -> container(context).failure() != null);
          assertThat(container(context).isRunning()).isFalse();
          assertThat(shipped(context)).isEmpty();
        });
    contexts(Shipping.class)
        .run(context -> await().atMost(SOON).until(() -> shipped(context).size() == 1));
  }

  @Test
  void aPausedContainerTakesNothingUntilItGoesOn() {
    contexts(Shipping.class)
        .run(context -> {
          order(context, 1, "anvil");
          await().atMost(SOON).until(() -> shipped(context).size() == 1);
          container(context).pause();
          Thread.sleep(700);
          order(context, 2, "rope");
          Thread.sleep(700);
          assertThat(shipped(context)).hasSize(1);
          container(context).resume();
          await().atMost(SOON).until(() -> shipped(context).size() == 2);
        });
  }

  @Test
  void aCursorThatRetentionOvertookFailsLoudlyAndStopsItsContainer(CapturedOutput output) {
    contexts(Shipping.class)
        .run(context -> {
          order(context, 1, "anvil");
          await().atMost(SOON).until(() -> shipped(context).size() == 1);
          context.getBean(RowChangeListenerRegistry.class).stop();
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("PRAGMA turso_capture_retention = 'limit_rows=10'").query().listOfRows();
          for (int i = 2; i < 50; i++) {
            order(context, i, "rope");
          }
          jdbc.sql("PRAGMA turso_capture_prune").query().listOfRows();
          context.getBean(RowChangeListenerRegistry.class).start();
          await().atMost(SOON).until(() -> container(context).failure() != null);
          assertThat(container(context).failure())
              .isInstanceOf(ChangeLogException.class)
              .hasMessageContaining("cursor shipping has failed");
          assertThat(container(context).isRunning()).isFalse();
          assertThat(shipped(context)).hasSize(1);
          assertThat(output).contains("The listener of cursor shipping has stopped");
        });
  }

  @Test
  void aListTakesTheChangesOfOneTransactionInTheirOrder() {
    contexts(Whole.class)
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("INSERT INTO orders VALUES (1, 'a'), (2, 'b')").update();
          jdbc.sql("UPDATE orders SET item = 'c' WHERE id = 2").update();
          jdbc.sql("DELETE FROM orders WHERE id = 1").update();
          List<List<RowChangeEvent<Order>>> taken = context.getBean(Whole.class).taken;
          await().atMost(SOON).until(() -> taken.size() == 3);
          assertThat(taken.get(0))
              .extracting(RowChangeEvent::after)
              .containsExactly(new Order(1, "a"), new Order(2, "b"));
          assertThat(taken.get(1).get(0).operation()).isEqualTo(Operation.UPDATE);
          assertThat(taken.get(1).get(0).before()).isEqualTo(new Order(2, "b"));
          assertThat(taken.get(2).get(0).before()).isEqualTo(new Order(1, "a"));
          assertThat(taken.get(2).get(0).after()).isNull();
        });
  }

  @Test
  void aCursorHasOneOwnerAndIsTakenOverWhenItIsGivenUp() {
    contexts(Shipping.class)
        .run(first -> {
          order(first, 1, "anvil");
          await().atMost(SOON).until(() -> shipped(first).size() == 1);
          contexts(Shipping.class)
              .run(second -> {
                order(second, 2, "rope");
                await().atMost(SOON).until(() -> shipped(second).size() == 2);
                assertThat(container(second).handledCount()).isZero();
                first.getBean(RowChangeListenerRegistry.class).stop();
                order(second, 3, "net");
                await().atMost(SOON).until(() -> shipped(second).size() == 3);
                await().atMost(SOON).until(() -> container(second).handledCount() == 1);
              });
        });
  }

  /** Ships what is ordered, in this database. */
  abstract static class Shipper {

    private final JdbcClient jdbc;
    final AtomicInteger attempts = new AtomicInteger();

    Shipper(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    void ship(RowChangeEvent<Order> change) {
      jdbc.sql("INSERT INTO shipped VALUES (?, ?, ?)")
          .params(change.row().id(), change.row().item(), attempts.incrementAndGet())
          .update();
    }
  }

  static class Shipping extends Shipper {

    Shipping(JdbcClient jdbc) {
      super(jdbc);
    }

    @RowChangeListener(cursor = "shipping")
    void on(RowChangeEvent<Order> change) {
      ship(change);
    }
  }

  static class Flaky extends Shipper {

    Flaky(JdbcClient jdbc) {
      super(jdbc);
    }

    @RowChangeListener(cursor = "shipping", backOffMillis = 20)
    void on(RowChangeEvent<Order> change) {
      ship(change);
      if (attempts.get() < 3) {
        throw new IllegalStateException("try again");
      }
    }
  }

  static class Poisoned extends Shipper {

    Poisoned(JdbcClient jdbc) {
      super(jdbc);
    }

    @RowChangeListener(cursor = "shipping", retries = 1, backOffMillis = 10)
    void on(RowChangeEvent<Order> change) {
      ship(change);
      if (change.row().item().equals("poison")) {
        throw new IllegalStateException("not edible");
      }
    }
  }

  static class Stopping extends Shipper {

    Stopping(JdbcClient jdbc) {
      super(jdbc);
    }

    @RowChangeListener(cursor = "shipping", retries = 0, onFailure = OnFailure.STOP)
    void on(RowChangeEvent<Order> change) {
      throw new IllegalStateException("not edible");
    }
  }

  static class Whole {

    final List<List<RowChangeEvent<Order>>> taken = new CopyOnWriteArrayList<>();

    @RowChangeListener(cursor = "shipping")
    void on(List<RowChangeEvent<Order>> changes) {
      taken.add(changes);
    }
  }
}
