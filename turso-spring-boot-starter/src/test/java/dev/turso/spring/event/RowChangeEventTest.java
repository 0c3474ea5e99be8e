package dev.turso.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.change.Operation;
import dev.turso.spring.Contexts;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** What the contract promises of {@code @EventListener RowChangeEvent<T>}, a test a row. */
class RowChangeEventTest {

  private static final String SCHEMA =
      "CREATE TABLE flight (id INTEGER PRIMARY KEY, tail_number TEXT, delay INTEGER, extra TEXT);"
          + "CREATE TABLE seen (flight INTEGER, what TEXT)";

  @Row("flight")
  record Flight(long id, String tailNumber, Integer delay) {}

  private final ApplicationContextRunner contexts =
      Contexts.on("jdbc:turso:mem:" + UUID.randomUUID())
          .withBean(Schema.class, () -> new Schema(SCHEMA))
          .withUserConfiguration(Listening.class);

  @Test
  void fromNowOnEveryCommittedChangeArrivesInOrder() {
    contexts.run(context -> {
      JdbcClient jdbc = context.getBean(JdbcClient.class);
      jdbc.sql("INSERT INTO flight VALUES (1, 'N1', NULL, 'x'), (2, 'N2', 5, 'y')").update();
      jdbc.sql("UPDATE flight SET delay = 130 WHERE id = 1").update();
      jdbc.sql("DELETE FROM flight WHERE id = 2").update();
      awaitDelivered(context);
      assertThat(context.getBean(Listener.class).events)
          .extracting(RowChangeEvent::operation)
          .containsExactly(Operation.INSERT, Operation.INSERT, Operation.UPDATE, Operation.DELETE);
      RowChangeEvent<Flight> update = context.getBean(Listener.class).events.get(2);
      assertThat(update.before()).isEqualTo(new Flight(1, "N1", null));
      assertThat(update.after()).isEqualTo(new Flight(1, "N1", 130));
      RowChangeEvent<Flight> delete = context.getBean(Listener.class).events.get(3);
      assertThat(delete.after()).isNull();
      assertThat(delete.row()).isEqualTo(new Flight(2, "N2", 5));
    });
  }

  @Test
  void whatWasRolledBackIsNeverTold() {
    contexts.run(context -> {
      JdbcClient jdbc = context.getBean(JdbcClient.class);
      TransactionTemplate transaction =
          new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
      transaction.executeWithoutResult(status -> {
        jdbc.sql("INSERT INTO flight (id) VALUES (1)").update();
        status.setRollbackOnly();
      });
      transaction.executeWithoutResult(status -> {
        Object savepoint = status.createSavepoint();
        jdbc.sql("INSERT INTO flight (id) VALUES (2)").update();
        status.rollbackToSavepoint(savepoint);
        jdbc.sql("INSERT INTO flight (id) VALUES (3)").update();
      });
      assertThatThrownBy(() -> jdbc.sql("INSERT INTO flight (id) VALUES (4), (3)").update())
          .isInstanceOf(org.springframework.dao.DuplicateKeyException.class);
      awaitDelivered(context);
      assertThat(context.getBean(Listener.class).events)
          .extracting(event -> event.row().id())
          .containsExactly(3L);
    });
  }

  @Test
  void aListenerRunsInATransactionOfItsOwnOnAnotherThread() {
    contexts.run(context -> {
      JdbcClient jdbc = context.getBean(JdbcClient.class);
      jdbc.sql("INSERT INTO flight (id) VALUES (7)").update();
      awaitDelivered(context);
      assertThat(jdbc.sql("SELECT what FROM seen").query(String.class).list())
          .containsExactly("INSERT");
      assertThat(context.getBean(Listener.class).threads)
          .isNotEmpty()
          .doesNotContain(Thread.currentThread().getName());
      assertThat(context.getBean(Listener.class).afterCommit).containsExactly(7L);
    });
  }

  @Test
  void aListenerThatThrowsRollsBackItsBatchAndNothingElse() {
    contexts.run(context -> {
      JdbcClient jdbc = context.getBean(JdbcClient.class);
      jdbc.sql("INSERT INTO flight (id, tail_number) VALUES (1, 'bad')").update();
      jdbc.sql("INSERT INTO flight (id, tail_number) VALUES (2, 'good')").update();
      awaitDelivered(context);
      assertThat(jdbc.sql("SELECT flight FROM seen").query(Long.class).list()).containsExactly(2L);
      assertThat(jdbc.sql("SELECT COUNT(*) FROM flight").query(Long.class).single()).isEqualTo(2);
      assertThat(context.getBean(RowChangePublisher.class).failedCount()).isEqualTo(1);
    });
  }

  @Test
  void aTypeMayNameItsTableBySpringDatasAnnotation() {
    Contexts.on("jdbc:turso:mem:" + UUID.randomUUID())
        .withBean(Schema.class, () -> new Schema(SCHEMA))
        .withUserConfiguration(ListeningByTable.class)
        .run(context -> {
          context.getBean(JdbcClient.class).sql("INSERT INTO flight (id) VALUES (9)").update();
          awaitDelivered(context);
          assertThat(context.getBean(ListeningByTable.class).ids).containsExactly(9L);
        });
  }

  @Test
  void aMissingTableFailsTheStartNamingBoth() {
    Contexts.on("jdbc:turso:mem:" + UUID.randomUUID())
        .withUserConfiguration(Listening.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(RowTypeException.class)
                .hasMessage("no table 'flight' for the row type " + Flight.class.getName()));
  }

  @Test
  void aMissingColumnFailsTheStartNamingBoth() {
    failingStart("CREATE TABLE flight (id INTEGER PRIMARY KEY, delay INTEGER)")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageStartingWith(
                    "no column in table 'flight' for the component 'tailNumber'"));
  }

  @Test
  void aPrimitiveForANullableColumnFailsTheStartNamingBoth() {
    failingStart("CREATE TABLE flight (id INTEGER, tail_number TEXT, delay INTEGER)")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("the component 'id'")
                .hasMessageContaining("table 'flight' may be NULL"));
  }

  private static ApplicationContextRunner failingStart(String schema) {
    return Contexts.on("jdbc:turso:mem:" + UUID.randomUUID())
        .withBean(Schema.class, () -> new Schema(schema + "; CREATE TABLE seen (flight, what)"))
        .withUserConfiguration(Listening.class);
  }

  private static void awaitDelivered(ApplicationContext context) throws InterruptedException {
    Database database = context.getBean(Database.class);
    assertThat(database.changes().awaitDelivered(database.position(), 20_000)).isTrue();
  }

  /** Creates the schema before listeners start, as a migration would. */
  static final class Schema implements org.springframework.beans.factory.InitializingBean {

    private final String sql;

    @org.springframework.beans.factory.annotation.Autowired private JdbcClient jdbc;

    Schema(String sql) {
      this.sql = sql;
    }

    @Override
    public void afterPropertiesSet() {
      for (String each : sql.split(";")) {
        jdbc.sql(each).update();
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableTransactionManagement
  static class Listening {

    @Bean
    Listener listener(JdbcClient jdbc) {
      return new Listener(jdbc);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ListeningByTable {

    @Table("flight")
    record Plane(long id) {}

    final List<Long> ids = new CopyOnWriteArrayList<>();

    @EventListener
    void on(RowChangeEvent<Plane> event) {
      ids.add(event.row().id());
    }
  }

  static class Listener {

    final List<RowChangeEvent<Flight>> events = new CopyOnWriteArrayList<>();
    final List<String> threads = new CopyOnWriteArrayList<>();
    final List<Long> afterCommit = new CopyOnWriteArrayList<>();
    private final JdbcClient jdbc;

    Listener(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @EventListener
    public void on(RowChangeEvent<Flight> event) {
      events.add(event);
      threads.add(Thread.currentThread().getName());
      jdbc.sql("INSERT INTO seen VALUES (?, ?)")
          .params(event.row().id(), event.operation().name())
          .update();
      if ("bad".equals(event.row().tailNumber())) {
        throw new IllegalStateException("a listener's own mistake");
      }
    }

    @TransactionalEventListener
    public void afterCommit(RowChangeEvent<Flight> event) {
      afterCommit.add(event.row().id());
    }
  }
}
