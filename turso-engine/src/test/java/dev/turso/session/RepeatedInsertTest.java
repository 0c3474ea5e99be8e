package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.Statement;
import org.junit.jupiter.api.Test;

/** A statement that sets rows aside and is run again with longer ones. */
class RepeatedInsertTest {

  @Test
  void rowsOfAnEarlierRunAreNotInsertedAgain() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, b)");
      for (int size : new int[] {300, 301, 900, 5}) {
        String sql = "REPLACE INTO t SELECT value, zeroblob(?1) FROM generate_series(?2, ?3)";
        try (Statement statement = session.prepare(sql)) {
          statement.bind(1, (long) size).bind(2, (long) size).bind(3, size + 1L).run();
        }
      }
      assertThat(SessionRows.of(session, "SELECT id, length(b) FROM t"))
          .isEqualTo("5|5\n6|5\n300|300\n301|301\n302|301\n900|900\n901|900");
    }
  }
}
