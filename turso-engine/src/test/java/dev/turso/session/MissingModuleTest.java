package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.change.DatabaseExtension;
import dev.turso.error.SqlException;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The engine alone parses statements that another module carries out, and names that module. */
class MissingModuleTest {

  @Test
  void materializedViewsNameTheModuleThatMaintainsThem() {
    assumeTrue(
        ServiceLoader.load(DatabaseExtension.class).findFirst().isEmpty(),
        "another module is on the class path");
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(a)");
      assertThatThrownBy(
              () -> session.execute("CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM t"))
          .isInstanceOf(SqlException.class)
          .hasMessageContaining("turso-dbsp");
    }
  }
}
