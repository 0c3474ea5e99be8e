package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import org.junit.jupiter.api.Test;

/** Scans that take a leaf at a time. */
class LeafScanTest {

  @Test
  void aRowThatOverflowsItsPageDoesNotBringTheRowsAfterItAgain() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(
          "CREATE TABLE t (id INTEGER PRIMARY KEY, a);"
              + " INSERT INTO t SELECT value, iif(value % 7 = 3, zeroblob(9000), 'x' || value)"
              + " FROM generate_series(1, 1000)");
      for (String each : new String[] {"SELECT id, a FROM t", "SELECT id, length(a) FROM t"}) {
        try (Statement statement = session.prepare(each);
            Rows rows = statement.query()) {
          long expected = 0;
          while (rows.next()) {
            assertThat(rows.getLong(0)).as(each).isEqualTo(++expected);
            assertThat(rows.isNull(1)).isFalse();
          }
          assertThat(expected).as(each).isEqualTo(1000);
        }
      }
    }
  }
}
