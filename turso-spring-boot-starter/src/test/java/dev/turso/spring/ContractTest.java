package dev.turso.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.turso.Database;
import dev.turso.Session;
import dev.turso.change.Position;
import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.spring.event.Row;
import dev.turso.spring.event.RowChangeEvent;
import dev.turso.spring.event.RowChangeListener;
import dev.turso.spring.event.RowChangeListenerRegistry;
import dev.turso.spring.event.RowChangePublisher;
import dev.turso.spring.live.LiveJson;
import dev.turso.spring.live.LiveQueryTemplate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Promises to applications that no other test is named after. */
class ContractTest {

  @TempDir Path folder;

  private ApplicationContextRunner contexts() {
    return Contexts.on("jdbc:turso:" + folder.resolve("contract.db")).withBean(Tables.class);
  }

  static final class Tables {

    Tables(JdbcClient jdbc) {
      jdbc.sql("CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL)").update();
      jdbc.sql("INSERT INTO account VALUES (1, 10), (2, 20)").update();
    }
  }

  private static TransactionTemplate transaction(ApplicationContext context) {
    return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
  }

  private static long sum(JdbcClient jdbc) {
    return jdbc.sql("SELECT SUM(balance) FROM account").query(Long.class).single();
  }

  @Test
  void readOnlyTransactionsNeverWaitForWriters() {
    contexts()
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          TransactionTemplate reading = transaction(context);
          reading.setReadOnly(true);
          reading.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
          transaction(context)
              .executeWithoutResult(status -> {
                jdbc.sql("UPDATE account SET balance = 0").update();
                assertThat(reading.<Long>execute(inner -> sum(jdbc))).isEqualTo(30);
              });
          assertThat(sum(jdbc)).isZero();
        });
  }

  @Test
  void aWriteAfterAReadFailsWith40001IfSomebodyCommittedInBetween() {
    contexts()
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          TransactionTemplate other = transaction(context);
          other.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
          assertThatThrownBy(() ->
                  transaction(context)
                      .executeWithoutResult(status -> {
                        sum(jdbc);
                        other.executeWithoutResult(inner ->
                            jdbc.sql("UPDATE account SET balance = 5 WHERE id = 1").update());
                        jdbc.sql("UPDATE account SET balance = 6 WHERE id = 2").update();
                      }))
              .isInstanceOf(CannotAcquireLockException.class)
              .rootCause()
              .hasMessageContaining("locked");
          assertThat(sum(jdbc)).isEqualTo(25);
        });
  }

  @Test
  void aTransactionThatBeginsImmediatelyWaitsInsteadOfFailing() {
    contexts()
        .withPropertyValues("turso.transaction.begin=immediate")
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          CountDownLatch reading = new CountDownLatch(1);
          AtomicReference<Throwable> failure = new AtomicReference<>();
          Thread other =
              Thread.ofPlatform()
                  .start(() -> {
                    try {
                      reading.await();
                      transaction(context)
                          .executeWithoutResult(status ->
                              jdbc.sql("UPDATE account SET balance = balance + 1").update());
                    } catch (Exception e) {
                      failure.set(e);
                    }
                  });
          transaction(context)
              .executeWithoutResult(status -> {
                sum(jdbc);
                reading.countDown();
                jdbc.sql("UPDATE account SET balance = 6 WHERE id = 2").update();
              });
          other.join();
          assertThat(failure.get()).isNull();
          assertThat(sum(jdbc)).isEqualTo(18);
        });
  }

  @Test
  void aSecondConnectionOfTheThreadThatHoldsTheTurnTimesOutNamingTheHolder() {
    contexts()
        .withPropertyValues("turso.busy-timeout=100ms")
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          TransactionTemplate inner = transaction(context);
          inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
          String write = "UPDATE account SET balance = balance + 1";
          transaction(context)
              .executeWithoutResult(status -> {
                jdbc.sql(write).update();
                assertThatThrownBy(
                        () -> inner.executeWithoutResult(more -> jdbc.sql(write).update()))
                    .isInstanceOf(CannotAcquireLockException.class)
                    .cause()
                    .hasMessageContaining("database is locked: this thread itself, with another")
                    .hasMessageContaining("connection, has been writing for");
              });
          assertThat(sum(jdbc)).isEqualTo(32);
        });
  }

  @Test
  void aTimeoutNamesTheThreadThatHoldsTheTurn() {
    contexts()
        .withPropertyValues("turso.busy-timeout=100ms")
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          CountDownLatch writing = new CountDownLatch(1);
          CountDownLatch done = new CountDownLatch(1);
          Thread other =
              Thread.ofPlatform()
                  .name("nightly import")
                  .start(() ->
                      transaction(context)
                          .executeWithoutResult(status -> {
                            jdbc.sql("UPDATE account SET balance = 0").update();
                            writing.countDown();
                            try {
                              done.await();
                            } catch (InterruptedException e) {
                              Thread.currentThread().interrupt();
                            }
                          }));
          writing.await();
          assertThatThrownBy(() -> jdbc.sql("DELETE FROM account").update())
              .isInstanceOf(CannotAcquireLockException.class)
              .cause()
              .hasMessageContaining(
                  "database is locked: thread \"nightly import\" has been writing");
          done.countDown();
          other.join();
        });
  }

  @Test
  void whatTransactionalTestsRollBackIsToldToNobody() {
    contexts()
        .withUserConfiguration(Listening.class)
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          transaction(context)
              .executeWithoutResult(status -> {
                jdbc.sql("INSERT INTO account VALUES (7, 7)").update();
                status.setRollbackOnly();
              });
          jdbc.sql("INSERT INTO account VALUES (8, 8)").update();
          Database database = context.getBean(Database.class);
          assertThat(database.changes().awaitDelivered(database.position(), 20_000)).isTrue();
          assertThat(context.getBean(Listening.class).told).containsExactly(8L);
        });
  }

  @Row("account")
  record Account(long id, long balance) {}

  @Configuration(proxyBeanMethods = false)
  static class Listening {

    final List<Long> told = new CopyOnWriteArrayList<>();

    @EventListener
    void on(RowChangeEvent<Account> event) {
      told.add(event.row().id());
    }
  }

  @Test
  void aListenerMayWriteToItsOwnTableAndSkipsWhatCarriesItsOrigin() {
    contexts()
        .withUserConfiguration(Echoing.class)
        .run(context -> {
          Database database = context.getBean(Database.class);
          Echo echo = context.getBean(Echo.class);
          try (Session session = database.connect()) {
            session.busyTimeout(20_000);
            session.origin("import");
            session.execute("INSERT INTO account VALUES (100, 0)");
            session.origin(null);
            session.execute("INSERT INTO account VALUES (101, 0)");
          }
          assertThat(echo.told.poll(30, TimeUnit.SECONDS)).isEqualTo(101);
          assertThat(echo.told).isEmpty();
          context.getBean(RowChangeListenerRegistry.class).stop();
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class Echoing {

    @Bean
    Echo echo() {
      return new Echo();
    }
  }

  static class Echo {

    final BlockingQueue<Long> told = new LinkedBlockingQueue<>();

    @RowChangeListener(cursor = "echo", ignoreOrigin = "import")
    void on(RowChangeEvent<Account> event) {
      told.add(event.row().id());
    }
  }

  @Test
  void aCommitsPositionIsOnItsConnectionAndALiveQueryWaitsForIt() {
    contexts()
        .run(context -> {
          LiveQueryTemplate live = context.getBean(LiveQueryTemplate.class);
          BlockingQueue<LiveMessage> messages = new LinkedBlockingQueue<>();
          try (Connection connection = context.getBean(DataSource.class).getConnection();
              var query = live.subscribe("SELECT SUM(balance) AS s FROM account", messages::add)) {
            connection.createStatement().executeUpdate("UPDATE account SET balance = 1");
            Position position = connection.unwrap(Session.class).lastCommit();
            query.await(position, 20_000);
            assertThat(query.position()).isGreaterThanOrEqualTo(position);
            assertThat(LiveJson.of(messages.stream().reduce((a, b) -> b).orElseThrow()))
                .contains("[2]");
            Position never = new Position(position.epoch(), position.commit() + 1000);
            assertThatThrownBy(() -> query.await(never, 50)).isInstanceOf(TimeoutException.class);
          }
        });
  }

  @Test
  void metadataTellsAMaterializedViewAndSideTablesApart() {
    contexts()
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("CREATE MATERIALIZED VIEW total AS SELECT SUM(balance) AS s FROM account")
              .update();
          try (Connection connection = context.getBean(DataSource.class).getConnection()) {
            DatabaseMetaData data = connection.getMetaData();
            assertThat(types(data, "total")).containsEntry("total", "VIEW");
            assertThat(types(data, "turso_%"))
                .isNotEmpty()
                .allSatisfy((name, type) -> assertThat(type).isEqualTo("SYSTEM TABLE"));
            assertThat(data.getDatabaseProductName()).isEqualTo("SQLite");
            assertThat(data.getDriverName()).containsIgnoringCase("turso");
          }
        });
  }

  private static Map<String, String> types(DatabaseMetaData data, String pattern) throws Exception {
    Map<String, String> types = new TreeMap<>();
    try (ResultSet tables = data.getTables(null, null, pattern, null)) {
      while (tables.next()) {
        types.put(tables.getString("TABLE_NAME"), tables.getString("TABLE_TYPE"));
      }
    }
    return types;
  }

  @Test
  void rowsAreWrittenInOneJsonForm() {
    contexts()
        .run(context -> {
          BlockingQueue<LiveMessage> messages = new LinkedBlockingQueue<>();
          try (var query =
              context
                  .getBean(LiveQueryTemplate.class)
                  .subscribe(
                      "SELECT id AS a, 9007199254740993 AS b, x'0001FF' AS c, NULL AS d, 9e999 AS e,"
                          + " -9e999 AS f, 1.5 AS g, 'q\"' AS h FROM account WHERE id = 1",
                      messages::add)) {
            LiveMessage snapshot = messages.poll(20, TimeUnit.SECONDS);
            assertThat(query.columns()).hasSize(8);
            assertThat(LiveJson.of(snapshot))
                .contains(
                    "[1,\"9007199254740993\",\"AAH/\",null,\"Infinity\",\"-Infinity\",1.5,\"q\\\"\"]");
          }
        });
  }

  @Test
  void listenersStopBeforeThePoolCloses() {
    List<String> order = new CopyOnWriteArrayList<>();
    contexts()
        .withUserConfiguration(Listening.class)
        .withBean("watch", SmartLifecycle.class, () -> new StopWatch(order))
        .run(context -> {
          HikariDataSource pool = context.getBean(HikariDataSource.class);
          ((StopWatch) context.getBean("watch")).pool = pool;
          ((StopWatch) context.getBean("watch")).context = context.getSourceApplicationContext();
        });
    assertThat(order).containsExactly("listeners stopped, pool open");
  }

  @Test
  void listenersStartAfterMigrations() {
    Contexts.on(
            "jdbc:turso:" + folder.resolve("migrated.db"),
            FlywayAutoConfiguration.class,
            TursoFlywayAutoConfiguration.class)
        .withUserConfiguration(OnMigratedTable.class)
        .withPropertyValues("spring.flyway.locations=classpath:flyway")
        .run(context -> {
          assertThat(context).hasNotFailed();
          context
              .getBean(JdbcClient.class)
              .sql("INSERT INTO pilot (name, rank) VALUES ('Eve', 'captain')")
              .update();
          Database database = context.getBean(Database.class);
          assertThat(database.changes().awaitDelivered(database.position(), 20_000)).isTrue();
          assertThat(context.getBean(OnMigratedTable.class).told).containsExactly("Eve");
        });
  }

  @Row("pilot")
  record Pilot(long id, String name) {}

  @Configuration(proxyBeanMethods = false)
  static class OnMigratedTable {

    final List<String> told = new CopyOnWriteArrayList<>();

    @EventListener
    void on(RowChangeEvent<Pilot> event) {
      told.add(event.row().name());
    }
  }

  @Test
  void aPluralIsNotGuessedAndAnExtraColumnIsIgnored() {
    contexts()
        .withUserConfiguration(OnPlural.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("Accounts names no table"));
    Contexts.on("jdbc:turso:" + folder.resolve("narrow.db"))
        .withBean(Tables.class)
        .withUserConfiguration(OnNarrow.class)
        .run(context -> {
          context.getBean(JdbcClient.class).sql("INSERT INTO account VALUES (9, 90)").update();
          Database database = context.getBean(Database.class);
          assertThat(database.changes().awaitDelivered(database.position(), 20_000)).isTrue();
          assertThat(context.getBean(OnNarrow.class).told).containsExactly(90);
        });
  }

  record Accounts(Long id, Long balance) {}

  @Configuration(proxyBeanMethods = false)
  static class OnPlural {

    @EventListener
    void on(RowChangeEvent<Accounts> event) {}
  }

  @Row("account")
  record Narrow(int balance) {}

  @Configuration(proxyBeanMethods = false)
  static class OnNarrow {

    final List<Integer> told = new CopyOnWriteArrayList<>();

    @EventListener
    void on(RowChangeEvent<Narrow> event) {
      told.add(event.row().balance());
    }
  }

  @Test
  void listenersRunOnVirtualThreadsIfBootsDo() {
    for (boolean virtual : new boolean[] {true, false}) {
      contexts()
          .withUserConfiguration(OnThread.class)
          .withPropertyValues("spring.threads.virtual.enabled=" + virtual)
          .run(context -> {
            context
                .getBean(JdbcClient.class)
                .sql("INSERT INTO account VALUES (?, 0)")
                .param(virtual ? 50 : 51)
                .update();
            assertThat(context.getBean(OnThread.class).virtual.poll(30, TimeUnit.SECONDS))
                .isEqualTo(virtual);
            context.getBean(RowChangeListenerRegistry.class).stop();
            context.getBean(JdbcClient.class).sql("DROP TABLE account").update();
          });
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OnThread {

    final BlockingQueue<Boolean> virtual = new LinkedBlockingQueue<>();

    @RowChangeListener(cursor = "threads")
    void on(RowChangeEvent<Account> event) {
      virtual.add(Thread.currentThread().isVirtual());
    }
  }

  /** Stops after listeners, which are in phase 0. */
  private static final class StopWatch implements SmartLifecycle {

    private final List<String> order;
    private HikariDataSource pool;
    private ApplicationContext context;
    private boolean running;

    StopWatch(List<String> order) {
      this.order = order;
    }

    @Override
    public void start() {
      running = true;
    }

    @Override
    public void stop() {
      running = false;
      boolean listening = context.getBean(RowChangePublisher.class).isRunning();
      order.add(
          "listeners "
              + (listening ? "run" : "stopped")
              + ", pool "
              + (pool.isClosed() ? "closed" : "open"));
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public int getPhase() {
      return -1;
    }
  }
}
