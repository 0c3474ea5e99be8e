package dev.turso.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.jdbc.TursoDataSource;
import dev.turso.spring.event.RowChangePublisher;
import dev.turso.spring.live.LiveQueryTemplate;
import dev.turso.spring.observe.TursoHealthIndicator;
import dev.turso.spring.observe.TursoMeters;
import dev.turso.spring.operate.TursoEndpoint;
import dev.turso.spring.operate.TursoOperations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which beans there are, when, and what an application puts in their place. */
@ExtendWith(OutputCaptureExtension.class)
class TursoAutoConfigurationTest {

  static final AutoConfigurations ALL =
      AutoConfigurations.of(
          TursoDataSourceAutoConfiguration.class,
          TursoDatabaseAutoConfiguration.class,
          TursoEndpointAutoConfiguration.class,
          TursoHealthAutoConfiguration.class,
          TursoMetricsAutoConfiguration.class,
          TursoSanitizingAutoConfiguration.class,
          TursoJacksonAutoConfiguration.class,
          DataSourceAutoConfiguration.class,
          DataSourceTransactionManagerAutoConfiguration.class,
          JdbcTemplateAutoConfiguration.class,
          JdbcClientAutoConfiguration.class);

  private final ApplicationContextRunner contexts =
      new ApplicationContextRunner().withConfiguration(ALL);

  @TempDir Path folder;

  private String url(String name) {
    return "spring.datasource.url=jdbc:turso:" + folder.resolve(name);
  }

  @Test
  void aUrlGivesThePoolTheDatabaseAndWhatReadsItsStream() {
    contexts
        .withPropertyValues(url("all.db"))
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context).hasSingleBean(HikariDataSource.class);
          assertThat(context).hasSingleBean(TursoConnectionDetails.class);
          assertThat(context).hasSingleBean(Database.class);
          assertThat(context).hasSingleBean(LiveQueries.class);
          assertThat(context).hasSingleBean(LiveQueryTemplate.class);
          assertThat(context).hasSingleBean(RowChangePublisher.class);
          assertThat(context).hasSingleBean(TursoOperations.class);
          assertThat(context).hasSingleBean(TursoHealthIndicator.class);
          assertThat(context).hasSingleBean(TursoMeters.class);
          assertThat(context.getBean(Database.class).path())
              .isEqualTo(folder.toRealPath().resolve("all.db").toString());
        });
  }

  @Test
  void theStarterSwitchesOnForeignKeysWalAndATimeout() {
    contexts
        .withPropertyValues(url("defaults.db"))
        .run(context -> {
          assertThat(pragma(context.getBean(JdbcClient.class), "foreign_keys")).isEqualTo("1");
          assertThat(pragma(context.getBean(JdbcClient.class), "journal_mode")).isEqualTo("wal");
          assertThat(pragma(context.getBean(JdbcClient.class), "busy_timeout")).isEqualTo("5000");
        });
  }

  @Test
  void aUriHasThemTooAndAReadOnlyOneKeepsItsJournalMode(CapturedOutput output) {
    String uri = "spring.datasource.url=jdbc:turso:file:" + folder.resolve("uri.db");
    contexts
        .withPropertyValues(uri)
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          assertThat(pragma(jdbc, "foreign_keys")).isEqualTo("1");
          assertThat(pragma(jdbc, "journal_mode")).isEqualTo("wal");
          jdbc.sql("CREATE TABLE t AS SELECT 1 AS x").update();
          jdbc.sql("PRAGMA journal_mode = delete").query().listOfRows();
        });
    contexts
        .withPropertyValues(uri + "?mode=ro", "turso.busy-timeout=70ms")
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          assertThat(jdbc.sql("SELECT x FROM t").query(Long.class).single()).isEqualTo(1);
          assertThat(pragma(jdbc, "journal_mode")).isEqualTo("delete");
          assertThat(pragma(jdbc, "busy_timeout")).isEqualTo("70");
          assertThatThrownBy(() -> jdbc.sql("DELETE FROM t").update())
              .hasMessageContaining("readonly");
        });
    assertThat(output)
        .contains("uri.db: journal_mode=wal, synchronous=normal, foreign_keys=on")
        .contains("uri.db: journal_mode=as it is, synchronous=as it is, foreign_keys=on");
  }

  @Test
  void propertiesAndTheUrlChangeThem() {
    contexts
        .withPropertyValues(
            url("own.db") + "?journal_mode=delete",
            "turso.foreign-keys=false",
            "turso.busy-timeout=250ms",
            "turso.synchronous=full",
            "turso.transaction.begin=immediate")
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          assertThat(pragma(jdbc, "foreign_keys")).isEqualTo("0");
          assertThat(pragma(jdbc, "journal_mode")).isEqualTo("delete");
          assertThat(pragma(jdbc, "busy_timeout")).isEqualTo("250");
          assertThat(pragma(jdbc, "synchronous")).isEqualTo("2");
          assertThat(context.getBean(TursoConnectionDetails.class).jdbcUrl())
              .contains("transaction=immediate");
        });
  }

  @Test
  void withoutAUrlThereIsADatabaseInMemoryForEachContext() {
    contexts
        .withPropertyValues("spring.application.name=shop")
        .run(first -> {
          first.getBean(JdbcClient.class).sql("CREATE TABLE t (a)").update();
          assertThat(first.getBean(Database.class).path()).contains("shop-");
          contexts
              .withPropertyValues("spring.application.name=shop")
              .run(second -> assertThat(tables(second.getBean(JdbcClient.class))).isEmpty());
        });
  }

  @Test
  void aPathIsEnough() {
    contexts
        .withPropertyValues("turso.path=" + folder.resolve("path.db"))
        .run(context -> {
          context.getBean(JdbcClient.class).sql("CREATE TABLE t (a)").update();
          assertThat(folder.resolve("path.db")).exists();
        });
  }

  @Test
  void anotherDriversUrlLeavesEverythingToBoot() {
    contexts
        .withPropertyValues("spring.datasource.url=jdbc:sqlite::memory:")
        .run(context -> {
          assertThat(context).hasSingleBean(DataSource.class);
          assertThat(context).doesNotHaveBean(TursoConnectionDetails.class);
          assertThat(context).doesNotHaveBean(Database.class);
          assertThat(context).doesNotHaveBean(LiveQueryTemplate.class);
          assertThat(context).doesNotHaveBean(TursoOperations.class);
        });
  }

  @Test
  void anApplicationsOwnDataSourceStays() {
    contexts
        .withUserConfiguration(OwnDataSource.class)
        .run(context -> {
          assertThat(context).hasSingleBean(DataSource.class);
          assertThat(context.getBean(DataSource.class)).isInstanceOf(TursoDataSource.class);
          assertThat(context).doesNotHaveBean(TursoConnectionDetails.class);
          assertThat(context).doesNotHaveBean(Database.class);
        });
  }

  @Test
  void anApplicationsOwnConnectionDetailsStay() {
    contexts
        .withUserConfiguration(OwnDetails.class)
        .run(context -> {
          assertThat(context).hasSingleBean(JdbcConnectionDetails.class);
          assertThat(context.getBean(HikariDataSource.class).getJdbcUrl())
              .isEqualTo("jdbc:turso:mem:own-details");
        });
  }

  @Test
  void anApplicationsOwnDatabaseAndTemplateStay() {
    contexts
        .withPropertyValues("spring.datasource.url=jdbc:turso:mem:own-beans")
        .withUserConfiguration(OwnBeans.class)
        .run(context -> {
          assertThat(context).hasSingleBean(Database.class).hasBean("ownDatabase");
          assertThat(context).hasSingleBean(LiveQueryTemplate.class).hasBean("ownTemplate");
        });
  }

  @Test
  void eventsCanBeSwitchedOff() {
    contexts
        .withPropertyValues("turso.events.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(RowChangePublisher.class));
  }

  @Test
  void theEndpointIsThereWhenItIsExposed() {
    contexts.run(context -> assertThat(context).doesNotHaveBean(TursoEndpoint.class));
    contexts
        .withPropertyValues("management.endpoints.web.exposure.include=turso")
        .run(context -> assertThat(context).hasSingleBean(TursoEndpoint.class));
  }

  @Test
  void withoutActuatorOrMicrometerTheRestWorks() {
    contexts
        .withClassLoader(
            new FilteredClassLoader(
                "org.springframework.boot.actuate",
                "org.springframework.boot.health",
                "io.micrometer"))
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context).hasSingleBean(Database.class);
          assertThat(context).doesNotHaveBean("tursoHealthIndicator");
        });
  }

  @Test
  void healthTellsWhereTheDatabaseIs() {
    contexts
        .withPropertyValues(url("health.db"))
        .run(context -> {
          pragma(context.getBean(JdbcClient.class), "journal_mode");
          var health = context.getBean(TursoHealthIndicator.class).health();
          assertThat(health.getStatus()).isEqualTo(Status.UP);
          assertThat(health.getDetails())
              .containsEntry("journalMode", "wal")
              .containsEntry("integrity", "ok")
              .containsKeys("database", "walBytes", "position", "freeDiskBytes");
        });
  }

  @Test
  void healthIsDownWhereTheFileIsDamagedAndDoesNotReadALargeOne() throws Exception {
    contexts
        .withPropertyValues(url("damaged.db"))
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("CREATE TABLE t (x INTEGER PRIMARY KEY, y)").update();
          jdbc.sql("CREATE INDEX t_y ON t (y)").update();
          jdbc.sql("INSERT INTO t SELECT value, value FROM generate_series(1, 5000)").update();
          jdbc.sql("PRAGMA wal_checkpoint(TRUNCATE)").query().listOfRows();
        });
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("damaged.db").toFile(), "rw")) {
      file.seek(4096 * 3 + 3);
      file.write(new byte[] {(byte) 0xff, (byte) 0xff});
    }
    contexts
        .withPropertyValues(url("damaged.db"))
        .run(context ->
            assertThat(context.getBean(TursoHealthIndicator.class).health().getStatus())
                .isEqualTo(Status.DOWN));
    contexts
        .withPropertyValues(url("damaged.db"), "turso.health.integrity-limit=1KB")
        .run(context -> {
          var health = context.getBean(TursoHealthIndicator.class).health();
          assertThat(health.getStatus()).isEqualTo(Status.UP);
          assertThat(health.getDetails().get("integrity").toString()).startsWith("not checked");
        });
    contexts
        .withPropertyValues(url("damaged.db"), "turso.health.integrity-interval=0")
        .run(context ->
            assertThat(context.getBean(TursoHealthIndicator.class).health().getDetails())
                .doesNotContainKey("integrity"));
  }

  @Test
  void metersAreNamedAfterTheProduct() {
    contexts
        .withPropertyValues(url("meters.db"))
        .run(context -> {
          SimpleMeterRegistry registry = new SimpleMeterRegistry();
          context.getBean(TursoMeters.class).bindTo(registry);
          assertThat(registry.getMeters())
              .extracting(meter -> meter.getId().getName())
              .contains(
                  "turso.db.size",
                  "turso.wal.size",
                  "turso.commits",
                  "turso.live.subscriptions",
                  "turso.events.published",
                  "turso.events.skipped",
                  "turso.events.failed");
        });
  }

  @Test
  void aClosedContextLeavesOneFileAndNoLog() {
    contexts
        .withPropertyValues(url("closed.db"))
        .run(context -> {
          context.getBean(JdbcClient.class).sql("CREATE TABLE t (a)").update();
          assertThat(folder.resolve("closed.db-wal")).exists();
        });
    assertThat(folder.resolve("closed.db")).exists();
    assertThat(folder.resolve("closed.db-wal")).doesNotExist();
    assertThat(folder.resolve("closed.db-shm")).doesNotExist();
  }

  /** As developer tools restart an application: in one JVM, while requests are under way. */
  @Test
  void fiftyRestartsUnderLoadLeaveNoThreadAndNoDescriptorAndLoseNoRow() throws Exception {
    int threads = threads();
    long descriptors = descriptors();
    AtomicLong written = new AtomicLong();
    for (int i = 0; i < 50; i++) {
      Thread[] writer = new Thread[1];
      contexts
          .withPropertyValues(url("restart.db"))
          .run(context -> {
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            jdbc.sql("CREATE TABLE IF NOT EXISTS t (a)").update();
            writer[0] = Thread.ofPlatform().start(() -> writeUntilItFails(jdbc, written));
          });
      writer[0].join(60_000);
      assertThat(writer[0].isAlive()).isFalse();
    }
    assertThat(threads()).isLessThanOrEqualTo(threads + 2);
    assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 5);
    contexts
        .withPropertyValues(url("restart.db"))
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          assertThat(jdbc.sql("SELECT COUNT(*) FROM t").query(Long.class).single())
              .isGreaterThanOrEqualTo(written.get());
          assertThat(jdbc.sql("PRAGMA integrity_check").query(String.class).single())
              .isEqualTo("ok");
        });
  }

  /** Until the pool is closed under it. */
  private static void writeUntilItFails(JdbcClient jdbc, AtomicLong written) {
    try {
      while (true) {
        jdbc.sql("INSERT INTO t VALUES (1)").update();
        written.incrementAndGet();
      }
    } catch (RuntimeException e) {
      // The end of its application.
    }
  }

  /** Open files of this process, where the system tells them. */
  private static long descriptors() throws IOException {
    Path all = Path.of("/proc/self/fd");
    if (!Files.isDirectory(all)) {
      return 0;
    }
    try (Stream<Path> each = Files.list(all)) {
      return each.filter(TursoAutoConfigurationTest::isDatabase).count();
    }
  }

  private static boolean isDatabase(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().contains("restart.db");
    } catch (IOException e) {
      return false;
    }
  }

  private static int threads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().toLowerCase().contains("turso"))
            .count();
  }

  private static String pragma(JdbcClient jdbc, String name) {
    return jdbc.sql("PRAGMA " + name).query(String.class).single();
  }

  private static java.util.List<String> tables(JdbcClient jdbc) {
    return jdbc.sql("SELECT name FROM sqlite_schema").query(String.class).list();
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnDataSource {

    @Bean
    DataSource dataSource() {
      return new TursoDataSource("jdbc:turso::memory:");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnDetails {

    @Bean
    JdbcConnectionDetails details() {
      return new TursoConnectionDetails("jdbc:turso:mem:own-details");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnBeans {

    @Bean
    Database ownDatabase() {
      return Database.open("mem:own-beans", Options.DEFAULT);
    }

    @Bean
    LiveQueryTemplate ownTemplate(LiveQueries queries) {
      return new LiveQueryTemplate(queries, 1);
    }
  }
}
