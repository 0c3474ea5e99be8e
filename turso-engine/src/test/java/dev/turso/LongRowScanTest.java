package dev.turso;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A scan takes rows a leaf at a time; those that continue on overflow pages are read by themselves. */
class LongRowScanTest {

  @Test
  void aRowWithOverflowPagesAmongOthersIsNotReadTwice() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INT)");
      session.execute(
          "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 500)"
              + " INSERT INTO t SELECT n, printf('%.*c', iif(n % 9 = 4, 6000, 30), 'x'), n FROM c");
      List<Long> ids = new ArrayList<>();
      long bytes = 0;
      try (Statement statement = session.prepare("SELECT id, a, b FROM t ORDER BY id");
          Rows rows = statement.query()) {
        while (rows.next()) {
          ids.add(rows.getLong(0));
          bytes += String.valueOf(rows.getText(1)).length();
          assertThat(rows.getLong(2)).isEqualTo(rows.getLong(0));
        }
      }
      assertThat(ids).isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
      assertThat(bytes).isEqualTo(56 * 6000 + 444 * 30);
    }
  }
}
