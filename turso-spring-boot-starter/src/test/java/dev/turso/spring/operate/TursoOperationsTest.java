package dev.turso.spring.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.spring.Contexts;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An operator's look at a database, and what he does to it. */
class TursoOperationsTest {

  @TempDir Path folder;

  private ApplicationContextRunner contexts() {
    return Contexts.on("jdbc:turso:" + folder.resolve("ops.db"))
        .withPropertyValues(
            "management.endpoints.web.exposure.include=turso", "turso.backup-directory=" + folder);
  }

  private static void fill(JdbcClient jdbc) {
    jdbc.sql("CREATE TABLE t (k, v)").update();
    jdbc.sql("CREATE MATERIALIZED VIEW m AS SELECT k, COUNT(*) AS n FROM t GROUP BY k").update();
    jdbc.sql("INSERT INTO t VALUES (1, 'a'), (1, 'b'), (2, 'c')").update();
  }

  @Test
  void theDatabaseAndItsViewsAreShown() {
    contexts()
        .run(context -> {
          fill(context.getBean(JdbcClient.class));
          TursoOperations operations = context.getBean(TursoOperations.class);
          DatabaseStatus status = operations.status();
          assertThat(status.journalMode()).isEqualTo("wal");
          assertThat(status.sqliteVersion()).startsWith("3.54");
          assertThat(status.pages()).isPositive();
          assertThat(status.walBytes()).isPositive();
          assertThat(operations.views())
              .singleElement()
              .satisfies(view -> {
                assertThat(view.name()).isEqualTo("m");
                assertThat(view.status()).isEqualTo("current");
              });
          assertThat(operations.checkViews()).containsExactly(Map.entry("m", "ok"));
          assertThat(operations.checkIntegrity()).isEmpty();
        });
  }

  @Test
  void aCheckpointEmptiesTheLog() {
    contexts()
        .run(context -> {
          fill(context.getBean(JdbcClient.class));
          TursoOperations operations = context.getBean(TursoOperations.class);
          assertThat(operations.checkpoint().complete()).isTrue();
          assertThat(operations.status().walBytes()).isZero();
        });
  }

  @Test
  void aBackupIsADatabaseWithItsViews() {
    contexts()
        .run(context -> {
          fill(context.getBean(JdbcClient.class));
          context.getBean(TursoOperations.class).backup(folder.resolve("copy.db"));
          try (var connection =
                  DriverManager.getConnection("jdbc:turso:" + folder.resolve("copy.db"));
              var statement = connection.createStatement();
              var rows = statement.executeQuery("SELECT n FROM m ORDER BY k")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(2);
            statement.execute("INSERT INTO t VALUES (2, 'd')");
            try (var checked = statement.executeQuery("PRAGMA turso_check_views")) {
              assertThat(checked.next()).isTrue();
              assertThat(checked.getString(2)).isEqualTo("ok");
            }
          }
        });
  }

  @Test
  void aViewIsRebuilt() {
    contexts()
        .run(context -> {
          fill(context.getBean(JdbcClient.class));
          TursoOperations operations = context.getBean(TursoOperations.class);
          operations.rebuild("m");
          assertThat(operations.checkViews()).containsValue("ok");
          assertThatThrownBy(() -> operations.rebuild("none"))
              .hasMessageContaining("no such materialized view: none");
        });
  }

  @Test
  void theEndpointActsAndKeepsBackupsInTheirFolder() {
    contexts()
        .run(context -> {
          fill(context.getBean(JdbcClient.class));
          TursoEndpoint endpoint = context.getBean(TursoEndpoint.class);
          assertThat(endpoint.show()).containsOnlyKeys("database", "views", "cursors");
          assertThat(endpoint.show("check"))
              .isEqualTo(Map.of("views", Map.of("m", "ok"), "integrity", List.of()));
          assertThat(endpoint.show("other")).isNull();
          assertThat(endpoint.act("checkpoint", null)).isInstanceOf(CheckpointResult.class);
          assertThat(endpoint.act("backup", "one.db")).isEqualTo(Map.of("written", "one.db"));
          assertThat(folder.resolve("one.db")).exists();
          for (String name : List.of("../two.db", "/tmp/two.db", "a/b", "..")) {
            assertThatThrownBy(() -> endpoint.act("backup", name))
                .isInstanceOf(IllegalArgumentException.class);
          }
        });
  }
}
