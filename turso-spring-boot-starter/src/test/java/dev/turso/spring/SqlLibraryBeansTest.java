package dev.turso.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.function.FunctionRegistry;
import dev.turso.function.ScalarDefinition;
import dev.turso.vtab.SqlLibrary;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.ClassUtils;

/** Beans that add functions to SQL. */
class SqlLibraryBeansTest {

  private static final Class<?> NAMED = namedDatabases();

  @TempDir Path folder;

  private static Class<?> namedDatabases() {
    String name = "dev.turso.spring.named.TursoNamedDatabasesAutoConfiguration";
    return ClassUtils.resolveClassName(name, null);
  }

  @Configuration(proxyBeanMethods = false)
  static class Functions {
    @Bean
    SqlLibrary miles() {
      return new SqlLibrary() {
        @Override
        public FunctionRegistry functions(FunctionRegistry present) {
          return present.with(
              ScalarDefinition.pure(
                  "kilometres",
                  1,
                  1,
                  (context, arguments, count, result) ->
                      result.setReal(arguments[0].asLong() * 1.609344)));
        }
      };
    }
  }

  @Test
  void everyConnectionAndViewHasTheirFunctions() {
    Contexts.on("jdbc:turso:" + folder.resolve("a.db"))
        .withUserConfiguration(Functions.class)
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("CREATE TABLE flight (id INTEGER PRIMARY KEY, distance INTEGER)").update();
          jdbc.sql(
                  "CREATE MATERIALIZED VIEW far AS SELECT id, kilometres(distance) AS km"
                      + " FROM flight WHERE kilometres(distance) > 1000")
              .update();
          jdbc.sql("INSERT INTO flight VALUES (1, 1000), (2, 500)").update();
          assertThat(jdbc.sql("SELECT km FROM far").query(Double.class).list())
              .containsExactly(1609.344);
          assertThat(jdbc.sql("SELECT kilometres(10)").query(Double.class).single())
              .isEqualTo(16.09344);
        });
  }

  @Test
  void soHaveDatabasesByNameAlsoForABeanThatUsesThemAtOnce() {
    Contexts.on("jdbc:turso:mem:" + UUID.randomUUID(), NAMED)
        .withPropertyValues("turso.databases.archive.path=" + folder.resolve("archive.db"))
        .withUserConfiguration(Early.class, Functions.class)
        .run(context -> {
          assertThat(context.getBean(Early.class).km).isEqualTo(16.09344);
          JdbcClient archive = context.getBean("archiveJdbcClient", JdbcClient.class);
          archive.sql("CREATE TABLE flight (id INTEGER PRIMARY KEY, distance INTEGER)").update();
          archive
              .sql("CREATE MATERIALIZED VIEW far AS SELECT kilometres(distance) AS km FROM flight")
              .update();
          archive.sql("INSERT INTO flight VALUES (1, 1000)").update();
          assertThat(archive.sql("SELECT km FROM far").query(Double.class).single())
              .isEqualTo(1609.344);
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class Early {
    final double km;

    Early(@Qualifier("archive") JdbcClient archive) {
      km = archive.sql("SELECT kilometres(10)").query(Double.class).single();
    }
  }
}
