package dev.turso.spring.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.turso.Database;
import dev.turso.cdc.kafka.KafkaSink;
import dev.turso.cdc.kafka.KafkaSinkOptions;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.ReaderOptions;
import dev.turso.spring.Contexts;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sink and Flink's statements as beans; {@code KafkaSinkTest} of turso-cdc has a broker. */
class KafkaBeansTest {

  /** Nobody listens there. */
  private static final String NOWHERE = "localhost:1";

  private final ApplicationContextRunner contexts =
      Contexts.on("jdbc:turso:mem:" + UUID.randomUUID())
          .withConfiguration(AutoConfigurations.of(TursoKafkaAutoConfiguration.class))
          .withPropertyValues("spring.application.name=shop");

  @Test
  void withoutThePropertyOrTheClientThereIsNoSink() {
    contexts.run(context -> assertThat(context).doesNotHaveBean(KafkaSinkContainer.class));
    contexts
        .withPropertyValues("turso.kafka.enabled=true")
        .withClassLoader(new FilteredClassLoader("org.apache.kafka"))
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context).doesNotHaveBean(KafkaSinkContainer.class);
          assertThat(context).hasSingleBean(FlinkStatements.class);
        });
  }

  @Test
  void aViewIsToldAsFlinkComputesIt() {
    contexts
        .withPropertyValues("spring.kafka.bootstrap-servers=broker:9092")
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("CREATE TABLE orders (id INTEGER PRIMARY KEY, item TEXT)").update();
          jdbc.sql(
                  "CREATE MATERIALIZED VIEW items AS"
                      + " SELECT item, count(*) AS n FROM orders GROUP BY item")
              .update();
          assertThat(context.getBean(FlinkStatements.class).of("items"))
              .hasSize(2)
              .first()
              .asString()
              .contains("'topic' = 'shop.main.orders'", "broker:9092");
        });
  }

  @Test
  void theSinkStartsSwitchesTheLogOnTriesAgainAndStops() {
    contexts
        .withPropertyValues(
            "turso.kafka.enabled=true",
            "turso.kafka.bootstrap-servers=" + NOWHERE,
            "turso.kafka.prefix=app",
            "turso.kafka.cursor=to-kafka",
            "turso.kafka.start=beginning",
            "turso.kafka.tables=orders,item",
            "turso.kafka.properties.max.block.ms=300",
            "turso.kafka.properties.client.id=mine",
            "turso.kafka.properties.ssl.key.password=c0ffee")
        .run(context -> {
          KafkaSinkOptions options = context.getBean(KafkaSinkOptions.class);
          assertThat(options.producer())
              .containsEntry("bootstrap.servers", NOWHERE)
              .containsEntry("max.block.ms", "300")
              .containsEntry("client.id", "mine");
          assertThat(options.toString()).contains("app", NOWHERE).doesNotContain("c0ffee");
          assertThat(options.messages().prefix()).isEqualTo("app");
          assertThat(options.reader().start()).isEqualTo(ReaderOptions.Start.BEGINNING);
          assertThat(options.reader().tables()).containsExactlyInAnyOrder("orders", "item");
          KafkaSink sink = context.getBean(KafkaSinkContainer.class).sink();
          assertThat(sink).isNotNull();
          await().atMost(Duration.ofSeconds(30)).until(() -> sink.trouble() != null);
          assertThat(sink.state()).isEqualTo(KafkaSink.State.WAITING);
          assertThat(sink.failure()).isNull();
          try (ChangeLog log = ChangeLog.of(context.getBean(Database.class))) {
            assertThat(log.cursors())
                .singleElement()
                .satisfies(cursor -> assertThat(cursor.name()).isEqualTo("to-kafka"));
          }
          KafkaSinkContainer container = context.getBean(KafkaSinkContainer.class);
          container.stop();
          assertThat(container.sink()).isNull();
          assertThat(sink.state()).isEqualTo(KafkaSink.State.CLOSED);
        });
  }

  @Test
  void anApplicationsOwnOptionsStay() {
    contexts
        .withPropertyValues("turso.kafka.enabled=true")
        .withUserConfiguration(Own.class)
        .run(context ->
            assertThat(context.getBean(KafkaSinkOptions.class).cursor()).isEqualTo("own"));
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {

    @Bean
    KafkaSinkOptions options() {
      return KafkaSinkOptions.of(NOWHERE, "own").with("max.block.ms", "300");
    }
  }
}
