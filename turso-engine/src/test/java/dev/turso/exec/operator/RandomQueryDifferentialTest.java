package dev.turso.exec.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random queries over small tables with indexes, held against native SQLite. */
final class RandomQueryDifferentialTest {

  private static final int QUERIES = Integer.getInteger("dev.turso.test.queries", 1500);

  @Test
  void randomQueriesAnswerAsNativeSqliteDoes() throws Exception {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    System.out.println("seed " + seed);
    RandomQueries random = new RandomQueries(seed);
    try (QueryKit kit = new QueryKit(random.schema())) {
      for (int i = 0; i < QUERIES; i++) {
        String sql = random.query();
        List<String> theirs = kit.theirs(sql);
        List<String> ours = kit.ours(sql);
        if (theirs.size() == 1 && theirs.get(0).startsWith("error: ")) {
          assertThat(ours).as("seed %d: %s", seed, sql).hasSize(1);
          continue;
        }
        assertThat(sorted(ours)).as("seed %d: %s", seed, sql).isEqualTo(sorted(theirs));
      }
    }
  }

  private static List<String> sorted(List<String> rows) {
    List<String> copy = new ArrayList<>(rows);
    Collections.sort(copy);
    return copy;
  }
}
