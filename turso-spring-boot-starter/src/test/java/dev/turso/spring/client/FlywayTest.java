package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.spring.flyway.ViewsBeforeClean;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class FlywayTest {

  @TempDir Path folder;

  @Test
  void migrationsWithTriggersAndViewsRunOnceAndValidate() {
    DataSource source = TestDatabase.create();
    Flyway flyway = Flyway.configure().dataSource(source).locations("classpath:flyway").load();
    MigrateResult result = flyway.migrate();
    assertThat(result.migrationsExecuted).isEqualTo(2);
    assertThat(flyway.migrate().migrationsExecuted).isZero();
    assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
    assertThat(TestDatabase.counted(source, "captain")).isEqualTo(2);
  }

  @Test
  void flywayOpensAUrlItself() {
    String url = "jdbc:turso:" + folder.resolve("flyway.db");
    Flyway flyway =
        Flyway.configure().dataSource(url, null, null).locations("classpath:flyway").load();
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
    assertThat(flyway.info().applied()).hasSize(2);
  }

  @Test
  void cleanEmptiesASchemaWithViewsAndLog() {
    DataSource source = TestDatabase.create();
    Flyway flyway =
        Flyway.configure()
            .dataSource(source)
            .locations("classpath:flyway")
            .cleanDisabled(false)
            .callbacks(new ViewsBeforeClean())
            .load();
    flyway.migrate();
    flyway.clean();
    assertThat(
            JdbcClient.create(source)
                .sql("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
                .query(String.class)
                .list())
        .isEmpty();
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
  }
}
