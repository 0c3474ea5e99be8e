package dev.turso.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.turso.Database;
import dev.turso.spring.Contexts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What listeners do, as observations: timers, and spans where the application traces. */
class ObservationsTest {

  @Row("flight")
  record Flight(long id) {}

  @Test
  void listenersAndEventsAreObservedWithTheirErrors() {
    Contexts.on("jdbc:turso:mem:" + UUID.randomUUID())
        .withBean(Tables.class)
        .withUserConfiguration(Observed.class, Listening.class)
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          MeterRegistry meters = context.getBean(MeterRegistry.class);
          jdbc.sql("INSERT INTO other VALUES (1)").update();
          jdbc.sql("INSERT INTO flight VALUES (1)").update();
          jdbc.sql("INSERT INTO flight VALUES (13)").update();
          Database database = context.getBean(Database.class);
          assertThat(database.changes().awaitDelivered(database.position(), 20_000)).isTrue();
          await()
              .atMost(Duration.ofSeconds(30))
              .until(() -> count(meters, "turso.listener", "none") >= 2);
          assertThat(count(meters, "turso.events", "none")).isEqualTo(1);
          assertThat(count(meters, "turso.events", "IllegalStateException")).isEqualTo(1);
          assertThat(meters.get("turso.listener").tag("turso.cursor", "observed").timer().count())
              .isEqualTo(2);
        });
  }

  private static long count(MeterRegistry meters, String name, String error) {
    return meters.find(name).tag("error", error).timers().stream().mapToLong(Timer::count).sum();
  }

  static final class Tables {

    Tables(JdbcClient jdbc) {
      jdbc.sql("CREATE TABLE flight (id INTEGER PRIMARY KEY)").update();
      jdbc.sql("CREATE TABLE other (id INTEGER PRIMARY KEY)").update();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Observed {

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }

    @Bean
    ObservationRegistry observations(MeterRegistry meters) {
      ObservationRegistry registry = ObservationRegistry.create();
      registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
      return registry;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Listening {

    @EventListener
    void on(RowChangeEvent<Flight> event) {
      if (event.row().id() == 13) {
        throw new IllegalStateException("unlucky");
      }
    }

    @RowChangeListener(cursor = "observed")
    void logged(RowChangeEvent<Flight> event) {}
  }
}
