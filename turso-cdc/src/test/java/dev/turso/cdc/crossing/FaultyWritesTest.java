package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.vfs.MemoryFileSystem;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A full file or a failing disk amid a transaction under views, log and live queries leaves nothing half
 * done.
 *
 * <p>{@code -Dturso.faulty.programs=1000} runs that many programs instead of a slice, {@code
 * -Dturso.seed=N} starts at that seed.
 */
class FaultyWritesTest {

  private static final int STEPS_OF_ONE = 32;
  private static final int PROGRAMS = Integer.getInteger("turso.faulty.programs", 3);
  private static final long SEED =
      Long.getLong("turso.seed", LocalDate.now().toEpochDay() * 10_000);

  @Test
  void whatDidNotCommitHasLeftNothing() throws InterruptedException {
    Map<FaultyWrites.Outcome, Integer> outcomes = new EnumMap<>(FaultyWrites.Outcome.class);
    for (int i = 0; i < PROGRAMS; i++) {
      new FaultyWrites(SEED + i)
          .run(STEPS_OF_ONE)
          .forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
    }
    System.out.println("FaultyWritesTest seed " + SEED + ", " + PROGRAMS + ": " + outcomes);
    assertThat(outcomes).isNotEmpty();
    if (PROGRAMS >= 20) {
      assertThat(outcomes).containsKeys(FaultyWrites.Outcome.values());
    }
  }

  @Test
  void aCommitWhoseViewOrLogDoesNotFitLeavesNothing() {
    for (String journal : List.of("WAL", "DELETE")) {
      int refused = 0;
      for (int more = 0; !commitsWith(more, journal); more++) {
        refused++;
      }
      assertThat(refused).as(journal).isGreaterThan(1);
    }
  }

  /** Whether a transaction commits in a file that may grow by so many pages. */
  private static boolean commitsWith(int more, String journal) {
    try (Database database =
            Database.open(new MemoryFileSystem(), "/db", Options.DEFAULT.withJournalMode(journal));
        Session session = database.connect();
        Session other = database.connect()) {
      session.execute(
          """
          CREATE TABLE t(id INTEGER PRIMARY KEY, v);
          CREATE TABLE audit(n);
          CREATE TRIGGER noted AFTER INSERT ON t BEGIN INSERT INTO audit VALUES(new.v); END;
          PRAGMA turso_capture = 'full';
          CREATE MATERIALIZED VIEW v AS SELECT id, printf('%.*c', 3000, 'x') AS x FROM t;
          CREATE MATERIALIZED VIEW w AS SELECT v, count(*) AS n FROM t GROUP BY v;
          INSERT INTO t VALUES(1, 1), (2, 2)\
          """);
      DatabaseState before = DatabaseState.of(other);
      long pages = Long.parseLong(Sql.texts(session, "PRAGMA page_count").get(0));
      session.execute("PRAGMA max_page_count = " + (pages + more));
      session.execute(
          "BEGIN; INSERT INTO t VALUES(3, 1); SAVEPOINT s; INSERT INTO t VALUES(4, 7), (5, 8)");
      boolean fits = true;
      try {
        session.execute("COMMIT");
      } catch (IoException e) {
        fits = false;
        assertThat(e.code()).isEqualTo(ResultCode.FULL);
        assertThat(session.inTransaction()).isFalse();
        assertThat(before.differences(DatabaseState.of(other))).isEmpty();
        assertThat(before.differences(DatabaseState.of(session))).isEmpty();
      }
      other.execute("INSERT INTO t VALUES(9, 9)");
      assertThat(Soundness.faults(session)).isEmpty();
      return fits;
    }
  }
}
