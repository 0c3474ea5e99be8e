package dev.turso.spring.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.spring.Contexts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/** JSON columns of row types are read by the application's Jackson mapper. */
class JsonColumnsTest {

  record Address(String cityName, int zip) {}

  @Row("customer")
  record Customer(
      long id, Address home, List<Integer> scores, Map<String, Object> more, String raw) {}

  static final class Tables {

    Tables(JdbcClient jdbc) {
      jdbc.sql(
              "CREATE TABLE customer (id INTEGER PRIMARY KEY, home JSON, scores JSON, more TEXT,"
                  + " raw JSON)")
          .update();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Listening {

    final List<Customer> told = new CopyOnWriteArrayList<>();

    @EventListener
    void on(RowChangeEvent<Customer> event) {
      told.add(event.row());
    }
  }

  private final ApplicationContextRunner contexts =
      Contexts.on("jdbc:turso:mem:" + UUID.randomUUID())
          .withBean(Tables.class)
          .withUserConfiguration(Listening.class);

  @Test
  void theyAreReadByTheApplicationsMapper() {
    contexts
        .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
        .withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
        .run(context -> {
          context
              .getBean(JdbcClient.class)
              .sql("INSERT INTO customer VALUES (1, ?, '[3, 4]', '{\"vip\": true}', '{\"a\":1}')")
              .param("{\"city_name\": \"Oslo\", \"zip\": 150}")
              .update();
          context
              .getBean(JdbcClient.class)
              .sql("INSERT INTO customer VALUES (2, NULL, NULL, NULL, NULL)")
              .update();
          Database database = context.getBean(Database.class);
          assertThat(database.changes().awaitDelivered(database.position(), 20_000)).isTrue();
          assertThat(context.getBean(Listening.class).told)
              .containsExactly(
                  new Customer(
                      1, new Address("Oslo", 150), List.of(3, 4), Map.of("vip", true), "{\"a\":1}"),
                  new Customer(2, null, null, null, null));
        });
  }

  @Test
  void withoutAMapperTheStartFailsNamingTableAndComponent() {
    contexts.run(context ->
        assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOf(RowTypeException.class)
            .hasMessageContaining("'home'")
            .hasMessageContaining("'customer'")
            .hasMessageContaining("is JSON, and nothing reads it"));
  }
}
