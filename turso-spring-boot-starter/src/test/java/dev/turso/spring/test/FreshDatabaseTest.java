package dev.turso.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.change.Operation;
import dev.turso.spring.event.Row;
import dev.turso.spring.event.RowChangeEvent;
import dev.turso.spring.event.RowChangeRecorder;
import dev.turso.spring.live.LiveQueryTemplate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureJdbc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code @TursoTest}, used as an application's test uses it. */
@SpringBootTest(properties = "spring.datasource.url=jdbc:turso:/nowhere/at/all.db")
@AutoConfigureJdbc
@TursoTest
class FreshDatabaseTest {

  private static final AtomicInteger STARTS = new AtomicInteger();

  @Row("orders")
  record Order(long id, String item) {}

  @Configuration(proxyBeanMethods = false)
  static class Shop {

    private final JdbcClient jdbc;

    /** In the place of migrations. */
    Shop(JdbcClient jdbc) {
      this.jdbc = jdbc;
      STARTS.incrementAndGet();
      jdbc.sql("CREATE TABLE orders (id INTEGER PRIMARY KEY, item TEXT)").update();
      jdbc.sql("CREATE TABLE shipment (id INTEGER PRIMARY KEY)").update();
      jdbc.sql("CREATE MATERIALIZED VIEW sold AS SELECT item, COUNT(*) n FROM orders GROUP BY item")
          .update();
      jdbc.sql("INSERT INTO orders VALUES (1, 'anvil')").update();
    }

    @EventListener
    void on(RowChangeEvent<Order> order) {
      jdbc.sql("INSERT INTO shipment VALUES (?)").param(order.row().id()).update();
    }
  }

  @Autowired private JdbcClient jdbc;
  @Autowired private RowChangeRecorder recorder;
  @Autowired private Database database;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private LiveQueryTemplate live;

  @BeforeEach
  void nothingOfAnotherTestIsThere() {
    assertThat(STARTS).hasValue(1);
    assertThat(count("orders")).isEqualTo(1);
    assertThat(count("shipment")).isZero();
    assertThat(jdbc.sql("SELECT n FROM sold").query(Long.class).list()).containsExactly(1L);
    assertThat(recorder.changes()).isEmpty();
  }

  private long count(String table) {
    return jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
  }

  @RepeatedTest(3)
  void whatATestCommitsIsToldToItAlone() {
    jdbc.sql("INSERT INTO orders (item) VALUES ('anvil')").update();
    assertThat(recorder.changes("orders"))
        .singleElement()
        .satisfies(change -> {
          assertThat(change.operation()).isEqualTo(Operation.INSERT);
          assertThat(change.after()).containsEntry("id", 2L).containsEntry("item", "anvil");
        });
    assertThat(recorder.changes("shipment")).as("by the listener").hasSize(1);
    assertThat(jdbc.sql("SELECT n FROM sold").query(Long.class).list()).containsExactly(2L);
    assertThat(jdbc.sql("PRAGMA turso_check_views").query().listOfRows())
        .allMatch(row -> "ok".equals(row.get("result")));
  }

  @Test
  void aRolledBackTransactionIsNotRecorded() {
    new TransactionTemplate(transactions)
        .executeWithoutResult(status -> {
          jdbc.sql("INSERT INTO orders VALUES (7, 'rope')").update();
          status.setRollbackOnly();
        });
    assertThat(recorder.changes()).isEmpty();
  }

  @RepeatedTest(2)
  void theSchemaIsAsItWasToo() {
    jdbc.sql("ALTER TABLE orders ADD COLUMN note TEXT").update();
    jdbc.sql("CREATE TABLE extra (a)").update();
    jdbc.sql("INSERT INTO orders VALUES (8, 'x', 'y')").update();
    assertThat(count("extra")).isZero();
  }

  @RepeatedTest(2)
  void keysBeginWhereTheyBegan() {
    jdbc.sql("INSERT INTO orders (item) VALUES ('a')").update();
    assertThat(jdbc.sql("SELECT MAX(id) FROM orders").query(Long.class).single()).isEqualTo(2);
    assertThatThrownBy(() -> jdbc.sql("INSERT INTO orders VALUES (2, 'b')").update())
        .isInstanceOf(DuplicateKeyException.class);
  }

  @RepeatedTest(2)
  void aLiveQueryWorksInATest() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (var query =
        live.subscribe(
            "SELECT item FROM orders WHERE item = ?",
            message -> {
              if (message.changes().stream().anyMatch(c -> c.row().toString().contains("rope"))) {
                told.countDown();
              }
            },
            "rope")) {
      jdbc.sql("INSERT INTO orders (item) VALUES ('rope')").update();
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(query.columns()).containsExactly("item");
    }
  }

  @RepeatedTest(20)
  void aFreshDatabaseTakesMilliseconds() {
    FreshDatabase fresh = new FreshDatabase(database, recorder);
    fresh.restore();
    jdbc.sql("INSERT INTO orders (item) VALUES ('again')").update();
    long start = System.nanoTime();
    fresh.restore();
    long micros = (System.nanoTime() - start) / 1000;
    System.out.println("a fresh database took " + micros + " us");
    assertThat(count("orders")).isEqualTo(1);
    assertThat(micros).isLessThan(20_000_000);
  }
}
