package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.diff.DiffGeneratorFactory;
import liquibase.diff.DiffResult;
import liquibase.diff.compare.CompareControl;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.structure.core.Table;
import liquibase.structure.core.View;
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
      TestDatabase.verifyCrossing(source);
      liquibase.rollback(2, "");
    }
    assertThat(
            JdbcClient.create(source)
                .sql("SELECT name FROM sqlite_schema WHERE name LIKE 'pilot%'")
                .query(String.class)
                .list())
        .isEmpty();
  }

  @Test
  void aDiffTellsTablesAndViewsApartAndLeavesOutWhatIsOurs() throws Exception {
    String[] more = {
      TestDatabase.PILOT,
      TestDatabase.VIEW,
      "CREATE TABLE crew (id INTEGER PRIMARY KEY, pilot INTEGER REFERENCES pilot (id))"
    };
    DataSource one = TestDatabase.create(more);
    DataSource other = TestDatabase.create(TestDatabase.PILOT);
    JdbcClient.create(one).sql("PRAGMA turso_capture = 'full'").query().listOfRows();
    JdbcClient.create(one).sql("INSERT INTO pilot (name) VALUES ('Ada')").update();
    try (Connection left = one.getConnection();
        Connection right = other.getConnection()) {
      DiffResult diff =
          DiffGeneratorFactory.getInstance()
              .compare(database(left), database(right), CompareControl.STANDARD);
      assertThat(diff.getMissingObjects(Table.class))
          .extracting(Table::getName)
          .containsExactly("crew");
      assertThat(diff.getMissingObjects(View.class))
          .extracting(View::getName)
          .containsExactly("pilots_by_rank");
      assertThat(diff.getUnexpectedObjects()).isEmpty();
    }
    try (Connection left = one.getConnection();
        Connection same = TestDatabase.create(more).getConnection()) {
      DiffResult none =
          DiffGeneratorFactory.getInstance()
              .compare(database(left), database(same), CompareControl.STANDARD);
      assertThat(none.getMissingObjects(Table.class)).isEmpty();
      assertThat(none.getUnexpectedObjects(Table.class)).isEmpty();
    }
  }

  private static Database database(Connection connection) throws Exception {
    return DatabaseFactory.getInstance()
        .findCorrectDatabaseImplementation(new JdbcConnection(connection));
  }
}
