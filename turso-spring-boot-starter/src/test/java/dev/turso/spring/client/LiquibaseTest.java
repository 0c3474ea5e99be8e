package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LiquibaseTest {

  @Test
  void changesAreAppliedOnceAndRolledBack() throws Exception {
    DataSource source = TestDatabase.create();
    try (Connection connection = source.getConnection()) {
      Database database =
          DatabaseFactory.getInstance()
              .findCorrectDatabaseImplementation(new JdbcConnection(connection));
      assertThat(database.getShortName()).isEqualTo("sqlite");
      Liquibase liquibase =
          new Liquibase("liquibase/changes.sql", new ClassLoaderResourceAccessor(), database);
      liquibase.update(new Contexts());
      liquibase.update(new Contexts());
      assertThat(liquibase.listUnrunChangeSets(null, null)).isEmpty();
      JdbcClient.create(source)
          .sql("INSERT INTO pilot (name, rank) VALUES ('Ada', 'captain')")
          .update();
      assertThat(TestDatabase.counted(source, "captain")).isEqualTo(1);
      liquibase.rollback(2, "");
    }
    assertThat(
            JdbcClient.create(source)
                .sql("SELECT name FROM sqlite_schema WHERE name LIKE 'pilot%'")
                .query(String.class)
                .list())
        .isEmpty();
  }
}
