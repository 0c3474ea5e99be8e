package dev.turso.spring.named;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.cipher.EncryptionKey;
import dev.turso.spring.Contexts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys of {@code turso.databases.NAME}. */
class NamedEncryptionTest {

  private static final String HEX = "c0ffee99".repeat(8);
  private static final String OTHER_HEX = "decade77".repeat(8);

  @TempDir Path folder;

  @Test
  void aFurtherDatabaseHasTheSameKeyUnlessItHasItsOwn() {
    Contexts.on("jdbc:turso:" + folder.resolve("app.db"))
        .withConfiguration(AutoConfigurations.of(TursoNamedDatabasesAutoConfiguration.class))
        .withPropertyValues("turso.encryption.key=" + HEX)
        .withPropertyValues(
            "turso.databases.same.path=" + folder.resolve("same.db"),
            "turso.databases.own.path=" + folder.resolve("own.db"),
            "turso.databases.own.encryption.key=" + OTHER_HEX,
            "turso.databases.plain.path=" + folder.resolve("plain.db"),
            "turso.databases.plain.encryption.cipher=none")
        .run(context -> {
          assertThat(context).hasNotFailed();
          for (String name : new String[] {"same", "own", "plain"}) {
            JdbcClient jdbc = context.getBean(name + "JdbcClient", JdbcClient.class);
            jdbc.sql("CREATE TABLE t (a)").update();
          }
          EncryptionKey key = EncryptionKey.ofHex(null, HEX);
          assertThat(context.getBean("sameDatabase", Database.class).options().encryption())
              .isEqualTo(key);
          assertThat(context.getBean("ownDatabase", Database.class).options().encryption())
              .isNotEqualTo(key)
              .isNotNull();
          assertThat(context.getBean("plainDatabase", Database.class).options().encryption())
              .isNull();
        });
  }
}
