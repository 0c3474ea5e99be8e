package dev.turso.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.error.KeyException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLInvalidAuthorizationSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code turso.encryption.*}: the pool and the beans open the file with the key, and nobody shows it. */
@ExtendWith(OutputCaptureExtension.class)
class EncryptionPropertiesTest {

  private static final String HEX = "c0ffee99".repeat(8);
  private static final String OTHER_HEX = "decade77".repeat(8);

  private final ApplicationContextRunner contexts =
      new ApplicationContextRunner().withConfiguration(TursoAutoConfigurationTest.ALL);

  @TempDir Path folder;

  private String path() {
    return "turso.path=" + folder.resolve("app.db");
  }

  @Test
  void aKeyEncryptsTheFileOfThePoolAndOfTheBeans(CapturedOutput output) {
    contexts
        .withPropertyValues(path(), "turso.encryption.key=" + HEX)
        .withPropertyValues("logging.level.root=DEBUG")
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("CREATE TABLE t (a)").update();
          jdbc.sql("INSERT INTO t VALUES ('needle')").update();
          assertThat(jdbc.sql("PRAGMA cipher").query(String.class).single()).isEqualTo("aes256gcm");
          Database database = context.getBean(Database.class);
          assertThat(database.options().toString()).contains("aes256gcm").doesNotContain("c0ffee");
          assertThat(context.getBean(TursoConnectionDetails.class).toString())
              .doesNotContain("c0ffee");
        });
    assertThat(folder.resolve("app.db"))
        .content(StandardCharsets.ISO_8859_1)
        .startsWith("TursoE")
        .doesNotContain("needle");
    assertThat(output).doesNotContain("c0ffee");
  }

  @Test
  void aKeyFileDoesTheSameAndAnotherKeyIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), HEX + "\n");
    contexts
        .withPropertyValues(path(), "turso.encryption.key-file=" + file)
        .withPropertyValues("turso.encryption.cipher=aes-256-gcm")
        .run(context -> context.getBean(JdbcClient.class).sql("CREATE TABLE t (a)").update());
    contexts
        .withPropertyValues(path(), "turso.encryption.key=" + OTHER_HEX)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .satisfiesAnyOf(
                    e -> assertThat(e).isInstanceOf(KeyException.class),
                    e -> assertThat(e).isInstanceOf(SQLInvalidAuthorizationSpecException.class))
                .hasMessageContaining("another key")
                .hasMessageNotContaining("decade"));
  }
}
