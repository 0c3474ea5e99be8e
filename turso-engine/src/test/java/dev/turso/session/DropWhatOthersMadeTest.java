package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DROP … IF EXISTS looks at the schema as it is, and not as this connection saw it last. */
class DropWhatOthersMadeTest {

  @TempDir Path folder;

  @Test
  void anIndexOfAnAttachedFileThatAnotherConnectionMade() {
    try (Database database = Database.open(folder.resolve("main.db").toString(), Options.DEFAULT);
        Session one = database.connect();
        Session other = database.connect()) {
      String attach = "ATTACH '" + folder.resolve("x.db") + "' AS x";
      one.execute(attach);
      other.execute(attach);
      one.execute("CREATE TABLE x.t (a)");
      other.execute("SELECT * FROM x.t");
      for (String name : new String[] {"x.j", "j"}) {
        one.execute("CREATE INDEX x.j ON t (a)");
        other.execute("DROP INDEX IF EXISTS " + name);
        assertThat(indexes(one)).as(name).isZero();
        assertThat(indexes(other)).as(name).isZero();
      }
    }
  }

  private static long indexes(Session session) {
    try (Statement query =
            session.prepare("SELECT count(*) FROM x.sqlite_schema WHERE type = 'index'");
        Rows rows = query.query()) {
      rows.next();
      return rows.getLong(0);
    }
  }
}
