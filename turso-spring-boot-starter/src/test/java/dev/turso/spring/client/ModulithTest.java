package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.turso.spring.Contexts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.CompletedEventPublications;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.modulith.events.config.EventPublicationAutoConfiguration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

/** Spring Modulith's event publication registry, which keeps its publications by JPA. */
class ModulithTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** What happened. */
  public record Hired(String name) {}

  /** Takes it after the commit, in a transaction of its own. */
  public static class Payroll {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicBoolean down = new AtomicBoolean();
    private final JdbcClient jdbc;

    Payroll(JdbcClient jdbc) {
      this.jdbc = jdbc;
      jdbc.sql(TestDatabase.PILOT).update();
      jdbc.sql(TestDatabase.VIEW).update();
    }

    public List<String> told() {
      return told;
    }

    public void down(boolean is) {
      down.set(is);
    }

    @TransactionalEventListener
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void on(Hired hired) {
      if (down.get()) {
        throw new IllegalStateException("payroll is down");
      }
      jdbc.sql("UPDATE pilot SET rank = 'paid' WHERE name = ?").param(hired.name()).update();
      told.add(hired.name());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Module {

    @Bean
    Payroll payroll(JdbcClient jdbc) {
      return new Payroll(jdbc);
    }
  }

  private final ApplicationContextRunner contexts =
      Contexts.on(
              TestDatabase.url(),
              HibernateJpaAutoConfiguration.class,
              TransactionAutoConfiguration.class)
          .withConfiguration(
              AutoConfigurations.of(
                  JacksonAutoConfiguration.class,
                  modulith("jackson.JacksonEventSerializationConfiguration"),
                  EventPublicationAutoConfiguration.class,
                  modulith("jpa.JpaEventPublicationAutoConfiguration")))
          .withUserConfiguration(Module.class)
          .withPropertyValues(
              "spring.jpa.hibernate.ddl-auto=update",
              "spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=true");

  /** An auto-configuration that is private to its package. */
  private static Class<?> modulith(String name) {
    return ClassUtils.resolveClassName(
        "org.springframework.modulith.events." + name, ModulithTest.class.getClassLoader());
  }

  private static void hire(ApplicationContext context, String name) {
    new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
        .executeWithoutResult(status -> {
          context
              .getBean(JdbcClient.class)
              .sql("INSERT INTO pilot (name, rank) VALUES (?, 'new')")
              .param(name)
              .update();
          context.publishEvent(new Hired(name));
        });
  }

  private static long count(ApplicationContext context, String rank) {
    return context
        .getBean(JdbcClient.class)
        .sql("SELECT COALESCE(SUM(n), 0) FROM pilots_by_rank WHERE rank = ?")
        .param(rank)
        .query(Long.class)
        .single();
  }

  @Test
  void publicationsAreKeptUntilTheirListenersSucceed() {
    contexts.run(context -> {
      assertThat(context).hasNotFailed();
      Payroll payroll = context.getBean(Payroll.class);
      hire(context, "a");
      await()
          .atMost(SOON)
          .until(() -> context.getBean(CompletedEventPublications.class).findAll().size() == 1);
      payroll.down(true);
      hire(context, "b");
      assertThat(count(context, "new")).isEqualTo(1);
      payroll.down(false);
      context
          .getBean(IncompleteEventPublications.class)
          .resubmitIncompletePublications(publication -> true);
      await()
          .atMost(SOON)
          .until(() -> context.getBean(CompletedEventPublications.class).findAll().size() == 2);
      assertThat(payroll.told()).containsExactly("a", "b");
      assertThat(count(context, "paid")).isEqualTo(2);
    });
  }
}
