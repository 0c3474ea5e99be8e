package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.turso.spring.flyway.ViewsBeforeClean;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class FlywayTest {

  @TempDir Path folder;

  @Test
  void migrationsWithTriggersAndViewsRunOnceAndValidate() {
    DataSource source = TestDatabase.createWithoutLog();
    Flyway flyway = Flyway.configure().dataSource(source).locations("classpath:flyway").load();
    MigrateResult result = flyway.migrate();
    assertThat(result.migrationsExecuted).isEqualTo(2);
    assertThat(flyway.migrate().migrationsExecuted).isZero();
    assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
    assertThat(TestDatabase.counted(source, "captain")).isEqualTo(2);
  }

  /** The build runs this class twice, with the release that Boot manages and with the next. */
  @Test
  void itIsTheReleaseThatTheBuildAskedFor() {
    String asked = System.getProperty("turso.flyway", "12.");
    assertThat(Flyway.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .contains(asked.startsWith("13.") ? "newer-flyway" : "flyway-core-12.");
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
  void theKeyInAUrlEncryptsTheFileAndIsShownNowhere(CapturedOutput output) {
    String hex = "c0ffee99".repeat(8);
    Path file = folder.resolve("secret.db");
    String url = "jdbc:turso:" + file + "?cipher=aes256gcm&hexkey=";
    Flyway flyway =
        Flyway.configure().dataSource(url + hex, null, null).locations("classpath:flyway").load();
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
    assertThat(file).content(StandardCharsets.ISO_8859_1).startsWith("TursoE");
    Flyway wrong =
        Flyway.configure()
            .dataSource(url + "decade77".repeat(8), null, null)
            .locations("classpath:flyway")
            .connectRetries(0)
            .load();
    StringWriter said = new StringWriter();
    assertThatThrownBy(wrong::migrate)
        .satisfies(failure -> failure.printStackTrace(new PrintWriter(said, true)));
    assertThat(said.toString()).contains("another key").doesNotContain("decade77");
    assertThat(said + output.getAll())
        .contains("secret.db")
        .doesNotContain("c0ffee")
        .doesNotContain("decade77");
  }

  @Test
  void cleanEmptiesASchemaWithViewsAndLog() {
    DataSource source = TestDatabase.createWithoutLog();
    Flyway flyway =
        Flyway.configure()
            .dataSource(source)
            .locations("classpath:flyway")
            .cleanDisabled(false)
            .callbacks(new ViewsBeforeClean())
            .load();
    flyway.migrate();
    JdbcClient jdbc = JdbcClient.create(source);
    jdbc.sql("PRAGMA turso_capture = 'full'").query().listOfRows();
    jdbc.sql("INSERT INTO pilot (name, rank) VALUES ('Eve', 'captain')").update();
    assertThat(jdbc.sql("SELECT COUNT(*) FROM turso_cdc").query(Integer.class).single())
        .isPositive();
    flyway.clean();
    assertThat(
            JdbcClient.create(source)
                .sql("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
                .query(String.class)
                .list())
        .isEmpty();
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
  }

  @Test
  void applicationsThatStartAtOnceMigrateOneAfterTheOther() throws Exception {
    String url = "jdbc:turso:" + folder.resolve("together.db") + "?journal_mode=wal";
    migrateTogether(() -> Flyway.configure().dataSource(url, null, null));
    String pooled = url.replace("together", "pooled");
    try (HikariDataSource one = pool(pooled);
        HikariDataSource two = pool(pooled)) {
      Iterator<HikariDataSource> pools = List.of(one, two, one, two).iterator();
      migrateTogether(() -> Flyway.configure().dataSource(pools.next()));
    }
  }

  private static HikariDataSource pool(String url) {
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl(url + "&busy_timeout=5000");
    source.setMaximumPoolSize(4);
    return source;
  }

  private static void migrateTogether(Supplier<FluentConfiguration> configuration)
      throws Exception {
    int applications = 4;
    CyclicBarrier start = new CyclicBarrier(applications);
    try (ExecutorService threads = Executors.newFixedThreadPool(applications)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < applications; i++) {
        Flyway flyway =
            configuration.get().locations("classpath:flyway", "classpath:flyway-slow").load();
        all.add(
            threads.submit(() -> {
              start.await();
              return flyway.migrate().migrationsExecuted;
            }));
      }
      int executed = 0;
      for (Future<Integer> each : all) {
        executed += each.get(120, TimeUnit.SECONDS);
      }
      assertThat(executed).as("migrations, of all applications together").isEqualTo(3);
    }
  }
}
