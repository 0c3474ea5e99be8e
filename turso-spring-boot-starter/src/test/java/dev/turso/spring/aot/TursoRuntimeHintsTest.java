package dev.turso.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.jdbc.TursoDriver;
import dev.turso.spring.Contexts;
import dev.turso.spring.event.Row;
import dev.turso.spring.event.RowChangeEvent;
import dev.turso.spring.event.RowChangeListener;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.javapoet.ClassName;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an application compiled ahead of time keeps of us. */
class TursoRuntimeHintsTest {

  @Row("flight")
  record Flight(long id) {}

  @Row("airport")
  record Airport(String code) {}

  @Configuration(proxyBeanMethods = false)
  static class Listening {

    @RowChangeListener(cursor = "airports", autoStartup = false)
    void on(List<RowChangeEvent<Airport>> events) {
      // Only its type matters.
    }

    @EventListener
    void on(RowChangeEvent<Flight> event) {
      // Only its type matters.
    }
  }

  static final class Tables {

    Tables(JdbcClient jdbc) {
      jdbc.sql("CREATE TABLE airport (code TEXT)").update();
    }
  }

  @Test
  void theDriverTheScriptAndTheServicesAreKept() {
    RuntimeHints hints = new RuntimeHints();
    AotServices.factories().load(RuntimeHintsRegistrar.class).asList().stream()
        .filter(TursoRuntimeHints.class::isInstance)
        .forEach(each -> each.registerHints(hints, getClass().getClassLoader()));
    assertThat(hints)
        .matches(RuntimeHintsPredicates.reflection().onType(TursoDriver.class))
        .matches(RuntimeHintsPredicates.resource().forResource("META-INF/resources/turso/live.js"))
        .matches(
            RuntimeHintsPredicates.resource()
                .forResource("META-INF/services/dev.turso.change.DatabaseExtension"))
        .matches(RuntimeHintsPredicates.proxies().forInterfaces(Connection.class));
    for (String each :
        List.of(
            "META-INF/resources/turso/live.js",
            "META-INF/services/dev.turso.change.DatabaseExtension",
            "META-INF/services/java.sql.Driver")) {
      assertThat(getClass().getClassLoader().getResource(each)).as(each).isNotNull();
    }
  }

  @Test
  void theRowTypesOfListenersKeepTheirConstructors() {
    Contexts.on("jdbc:turso:mem:" + UUID.randomUUID())
        .withPropertyValues("turso.events.enabled=false")
        .withBean(Tables.class)
        .withUserConfiguration(Listening.class)
        .run(context -> {
          DefaultGenerationContext generation =
              new DefaultGenerationContext(
                  new ClassNameGenerator(ClassName.get("dev.turso", "Generated")),
                  new InMemoryGeneratedFiles());
          AotServices.factories()
              .load(BeanFactoryInitializationAotProcessor.class)
              .asList()
              .stream()
              .filter(each -> each.getClass().getName().startsWith("dev.turso"))
              .map(each ->
                  each.processAheadOfTime(context.getSourceApplicationContext().getBeanFactory()))
              .forEach(each -> each.applyTo(generation, null));
          assertThat(generation.getRuntimeHints())
              .matches(
                  RuntimeHintsPredicates.reflection()
                      .onConstructorInvocation(Flight.class.getDeclaredConstructors()[0]))
              .matches(
                  RuntimeHintsPredicates.reflection()
                      .onConstructorInvocation(Airport.class.getDeclaredConstructors()[0]));
        });
  }
}
