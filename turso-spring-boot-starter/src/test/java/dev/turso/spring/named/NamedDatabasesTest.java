package dev.turso.spring.named;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.spring.Contexts;
import dev.turso.spring.live.LiveQueryTemplate;
import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** {@code turso.databases.NAME.*} beside a primary data source. */
class NamedDatabasesTest {

  @TempDir Path folder;

  private ApplicationContextRunner contexts(String url) {
    return Contexts.on(url)
        .withConfiguration(AutoConfigurations.of(TursoNamedDatabasesAutoConfiguration.class))
        .withPropertyValues(
            "turso.databases.archive.path=" + folder.resolve("archive.db"),
            "turso.databases.scratch.pool-size=2")
        .withUserConfiguration(Using.class);
  }

  @Test
  void eachNameHasItsBeansAndThePrimaryKeepsItsOwn() {
    contexts("jdbc:turso:mem:" + UUID.randomUUID())
        .run(context -> {
          Using using = context.getBean(Using.class);
          using.primary.sql("CREATE TABLE here (a)").update();
          using.archive.sql("CREATE TABLE there (a)").update();
          assertThat(tables(using.primary)).containsExactly("here");
          assertThat(tables(using.archive)).containsExactly("there");
          assertThat(folder.resolve("archive.db")).exists();
          assertThat(context.getBean(Database.class).path()).doesNotContain("archive");
          assertThat(context.getBean("archiveDatabase", Database.class).path())
              .endsWith("archive.db");
          assertThat(context).hasBean("scratchLiveQueryTemplate").hasBean("scratchDataSource");
          assertThat(context.getBean(LiveQueryTemplate.class)).isNotNull();
          assertThat(context.getBean(PlatformTransactionManager.class)).isNotNull();
        });
  }

  @Test
  void aForeignPrimaryStaysPrimary() {
    contexts("jdbc:sqlite::memory:")
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(DataSource.class).unwrap(DataSource.class).toString())
              .isNotNull();
          Using using = context.getBean(Using.class);
          assertThat(using.primary.sql("SELECT sqlite_source_id()").query(String.class).single())
              .isNotEqualTo(
                  using.archive.sql("SELECT sqlite_source_id()").query(String.class).single());
        });
  }

  @Test
  void aTransactionNamesItsDatabase() {
    contexts("jdbc:turso:mem:" + UUID.randomUUID())
        .run(context -> {
          Using using = context.getBean(Using.class);
          using.archive.sql("CREATE TABLE t (a)").update();
          try {
            context.getBean(Work.class).insertAndFail();
          } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("rolled back");
          }
          assertThat(using.archive.sql("SELECT COUNT(*) FROM t").query(Long.class).single())
              .isZero();
        });
  }

  private static java.util.List<String> tables(JdbcClient jdbc) {
    return jdbc.sql("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .query(String.class)
        .list();
  }

  static class Work {

    private final JdbcClient archive;

    Work(JdbcClient archive) {
      this.archive = archive;
    }

    @Transactional("archiveTransactionManager")
    public void insertAndFail() {
      archive.sql("INSERT INTO t VALUES (1)").update();
      throw new IllegalStateException("rolled back");
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableTransactionManagement(proxyTargetClass = true)
  static class Using {

    @Bean
    Work work(@Qualifier("archive") JdbcClient archive) {
      return new Work(archive);
    }

    @Autowired JdbcClient primary;

    @Autowired
    @Qualifier("archive")
    JdbcClient archive;
  }
}
