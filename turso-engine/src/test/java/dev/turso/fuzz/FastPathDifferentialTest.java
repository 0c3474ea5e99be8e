package dev.turso.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Rows;
import dev.turso.Statement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scans, joins, groups and sorts of many rows at once, held against native SQLite. */
class FastPathDifferentialTest {

  private static final int QUERIES = 60;
  private static final int WRITES = 6;

  /** So many tables are known to be sound, so that another day's build does not fail for another seed. */
  private static final int SLICE = 40;

  private static final long KNOWN_SEED = 11;

  private final long seed = Long.getLong("turso.seed", KNOWN_SEED);
  private final long seconds = Long.getLong("turso.fuzz.seconds", 4);
  private final int rounds = Long.getLong("turso.fuzz.seconds") == null ? SLICE : Integer.MAX_VALUE;

  @Test
  void manyRowsAtOnceGiveWhatNativeSqliteGives() {
    System.out.println("seed " + seed + ", " + seconds + " s");
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<String> found = new ArrayList<>();
    int statements = 0;
    for (long each = seed * 1000; System.nanoTime() < end && each - seed * 1000 < rounds; each++) {
      try (Duel duel = new Duel(new NativeEngine(), new TursoEngine())) {
        FastPaths paths = new FastPaths(each);
        paths.schema().forEach(sql -> check(duel, sql, found));
        for (int i = 0; i < QUERIES && System.nanoTime() < end; i++) {
          check(duel, i % (QUERIES / WRITES) == 9 ? paths.write() : paths.query(), found);
        }
        statements += duel.statements();
      }
      if (!found.isEmpty()) {
        found.add("-- with -Dturso.seed, programs of seed " + each);
        break;
      }
    }
    System.out.println(statements + " statements");
    assertThat(found).isEmpty();
  }

  private static void check(Duel duel, String sql, List<String> found) {
    Difference difference = duel.run(sql);
    if (difference != null) {
      found.add(difference.toString());
    }
  }

  @Test
  void aScanSeesWhatItsOwnConnectionWritesMeanwhile() throws Exception {
    for (int round = 0; round < 12; round++) {
      Seeded seeded = new Seeded(seed * 100 + round);
      try (NativeEngine theirs = new NativeEngine();
          TursoEngine ours = new TursoEngine()) {
        both(theirs, ours, "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b TEXT)");
        both(
            theirs,
            ours,
            "WITH RECURSIVE s(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM s LIMIT 700) INSERT INTO t"
                + " SELECT x * 2, x % 9, printf('%.*c', x % 60, 'b') FROM s");
        String sql =
            "SELECT id, a, length(b) FROM t" + seeded.pick("", " WHERE a < 7", " WHERE id > 90");
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        try (ResultSet rows = theirs.open(sql);
            Statement statement = ours.session().prepare(sql);
            Rows mine = statement.query()) {
          while (rows.next()) {
            expected.add(NativeEngine.row(rows, 3));
            actual.add(mine.next() ? TursoEngine.row(mine) : "no row");
            long at = rows.getLong(1);
            if (seeded.percent(4)) {
              both(theirs, ours, writeBeside(seeded, at));
            }
          }
          actual.add(mine.next() ? TursoEngine.row(mine) : "end");
          expected.add("end");
        }
        assertThat(actual).as("seed %d round %d: %s", seed, round, sql).isEqualTo(expected);
      }
    }
  }

  /** A statement that does not touch the row that the scan is on. */
  private static String writeBeside(Seeded seeded, long at) {
    return switch (seeded.below(5)) {
      case 0 ->
          "DELETE FROM t WHERE id BETWEEN " + (at + 1) + " AND " + (at + seeded.between(1, 300));
      case 1 ->
          "INSERT OR REPLACE INTO t VALUES("
              + (at + 2L * seeded.between(0, 90) + 1)
              + ", 3, 'new')";
      case 2 ->
          "INSERT OR REPLACE INTO t VALUES("
              + (at - 2L * seeded.between(1, 90) + 1)
              + ", 4, 'old')";
      case 3 -> "UPDATE t SET b = b || 'longer', a = a + 1 WHERE id > " + at;
      default -> "DELETE FROM t WHERE id < " + at;
    };
  }

  private static void both(NativeEngine theirs, TursoEngine ours, String sql) {
    Outcome expected = theirs.run(sql);
    Outcome actual = ours.run(sql);
    assertThat(actual.shown()).as(sql).isEqualTo(expected.shown());
  }
}
