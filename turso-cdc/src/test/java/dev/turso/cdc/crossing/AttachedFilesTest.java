package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cipher.EncryptionKey;
import dev.turso.error.ConstraintException;
import dev.turso.error.SqlException;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.MemoryFileSystem;
import dev.turso.vfs.SimulatedFileSystem;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Views and log of a file are kept by whoever writes it under a name of ATTACH, whether somebody has it
 * open by itself or not. {@code -Dturso.attached.steps=N} runs more steps, {@code -Dturso.seed=N} others.
 */
class AttachedFilesTest {

  private static final int STEPS = Integer.getInteger("turso.attached.steps", 40);
  private static final long SEED = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
  private static final Pattern MADE =
      Pattern.compile("\\b(VIEW|INDEX|TABLE|TRIGGER)( IF (?:NOT )?EXISTS)? (d\\d+)\\b");

  private final MemoryFileSystem disk = new MemoryFileSystem();

  private Database open(FileSystem files, String path) {
    return Database.open(files, path, Options.DEFAULT.withJournalMode("WAL"));
  }

  /** A file with a view and a log, which nobody has open. */
  private void fileWithView() {
    try (Database database = open(disk, "/b.db");
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, g, v)");
      session.execute("PRAGMA turso_capture = 'full'");
      session.execute("INSERT INTO t VALUES (1, 'a', 1)");
      session.execute("CREATE MATERIALIZED VIEW m AS SELECT g, sum(v) AS s FROM t GROUP BY g");
    }
  }

  @Test
  void aWriterThatAttachedAFileKeepsItsViewAndItsLog() {
    fileWithView();
    try (Database main = open(disk, "/main.db");
        Session session = main.connect()) {
      session.execute("CREATE TABLE t(x); CREATE TABLE m(g, s); ATTACH '/b.db' AS b");
      session.execute("INSERT INTO b.t VALUES (2, 'a', 5), (3, 'b', 7)");
      assertThat(AllRows.texts(session, "SELECT * FROM b.m"))
          .containsExactly("['a', 6]", "['b', 7]");
      assertThat(AllRows.of(session, "SELECT * FROM m")).isEmpty();
      assertThat(Sql.texts(session, "SELECT id FROM b.turso_cdc WHERE table_name = 't'"))
          .containsExactly("1", "2", "3");
      assertThat(AllRows.texts(session, "PRAGMA b.turso_check_views"))
          .containsExactly("['m', 'ok']");
      session.execute("BEGIN; UPDATE b.t SET v = 100");
      assertThat(AllRows.texts(session, "SELECT * FROM b.m"))
          .containsExactly("['a', 200]", "['b', 100]");
      session.execute("ROLLBACK; DETACH b");
    }
    try (Database database = open(disk, "/b.db");
        Session session = database.connect()) {
      assertThat(AllRows.texts(session, "SELECT * FROM m")).containsExactly("['a', 6]", "['b', 7]");
      assertThat(Soundness.faults(session)).isEmpty();
    }
  }

  @Test
  void aViewMayBeMadeAndDroppedInAnAttachedFile() {
    fileWithView();
    try (Database main = open(disk, "/main.db");
        Session session = main.connect()) {
      session.execute("CREATE TABLE t(x); ATTACH '/b.db' AS b");
      session.execute(
          "CREATE MATERIALIZED VIEW b.n AS SELECT count(*) AS n FROM t JOIN m USING (g)");
      session.execute("DELETE FROM b.t; INSERT INTO b.t VALUES (7, 'x', 1)");
      assertThat(AllRows.texts(session, "SELECT * FROM b.n")).containsExactly("[1]");
      session.execute("REFRESH MATERIALIZED VIEW b.n");
      assertThat(AllRows.of(session, "EXPLAIN MATERIALIZED VIEW b.n")).isNotEmpty();
      assertThatThrownBy(() -> session.execute("DELETE FROM b.n"))
          .hasMessageContaining("cannot modify n because it is a materialized view");
      assertThatThrownBy(() -> session.execute("DROP TABLE b.t"))
          .hasMessageContaining("materialized view m reads it");
      assertThatThrownBy(() -> session.execute("ALTER TABLE b.t DROP COLUMN v"))
          .hasMessageContaining("materialized view m reads it");
      session.execute("DROP MATERIALIZED VIEW b.n; DROP MATERIALIZED VIEW b.m; DROP TABLE b.t");
      assertThat(AllRows.of(session, "SELECT * FROM t")).isEmpty();
    }
  }

  @Test
  void aViewReadsNothingOutsideOfItsFile() {
    fileWithView();
    try (Database main = open(disk, "/main.db");
        Session session = main.connect()) {
      session.execute("CREATE TABLE own(x); ATTACH '/b.db' AS b");
      for (String each :
          List.of(
              "b.v AS SELECT * FROM own",
              "b.v AS SELECT * FROM main.own",
              "b.v AS SELECT * FROM main.t",
              "v AS SELECT * FROM b.t",
              "v AS SELECT * FROM t")) {
        assertThatThrownBy(() -> session.execute("CREATE MATERIALIZED VIEW " + each))
            .as(each)
            .isInstanceOf(SqlException.class);
      }
      assertThatThrownBy(() -> session.execute("CREATE MATERIALIZED VIEW temp.v AS SELECT 1"))
          .hasMessageContaining("not in the temporary database");
      assertThat(AllRows.texts(session, "SELECT name FROM sqlite_schema"))
          .containsExactly("['own']");
    }
  }

  @Test
  void namesWithTheirDatabaseMeanThatFileWhateverItIsCalled() {
    fileWithView();
    try (Database main = open(disk, "/main.db");
        Session session = main.connect()) {
      session.execute("CREATE TABLE t(g, v); INSERT INTO t VALUES (9, 9); ATTACH '/b.db' AS b");
      session.execute("CREATE MATERIALIZED VIEW b.w AS SELECT v FROM b.t");
      session.execute("CREATE MATERIALIZED VIEW own AS SELECT v FROM main.t");
      session.execute("INSERT INTO b.t VALUES (2, 'a', 5)");
    }
    try (Database alone = open(disk, "/b.db");
        Session session = alone.connect()) {
      session.execute("ATTACH '/main.db' AS other; INSERT INTO other.t VALUES (8, 8)");
      session.execute("INSERT INTO t VALUES (3, 'a', 6)");
      assertThat(AllRows.texts(session, "SELECT v FROM w")).containsExactly("[1]", "[5]", "[6]");
      assertThat(AllRows.texts(session, "SELECT v FROM own")).containsExactly("[8]", "[9]");
      session.execute(
          "REFRESH MATERIALIZED VIEW own; CREATE MATERIALIZED VIEW other.e AS"
              + " SELECT count(*) AS n FROM other.own WITH NO DATA");
      assertThat(AllRows.texts(session, "SELECT n FROM e")).containsExactly("[2]");
      assertThat(Soundness.faults(session)).isEmpty();
    }
  }

  @Test
  void anEncryptedFileKeepsItsViewToo() {
    String key = "00112233445566778899aabbccddeeff";
    Options options =
        Options.DEFAULT.withJournalMode("WAL").withEncryption(EncryptionKey.ofHex(null, key));
    try (Database database = Database.open(disk, "/b.db", options);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(g)");
      session.execute("CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM t");
    }
    try (Database main = open(disk, "/main.db");
        Session session = main.connect()) {
      session.execute("ATTACH '/b.db' AS b KEY '" + key + "'");
      session.execute("INSERT INTO t VALUES (1), (2)");
      assertThat(AllRows.texts(session, "SELECT n FROM b.m")).containsExactly("[2]");
    }
    try (Database database = Database.open(disk, "/b.db", options);
        Session session = database.connect()) {
      assertThat(Soundness.viewFaults(session)).isEmpty();
      assertThat(AllRows.texts(session, "SELECT n FROM m")).containsExactly("[2]");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void randomProgramsThroughAnAttachedNameKeepEverythingRight(boolean openBesides) {
    try (Database made = open(disk, "/b.db");
        Session session = made.connect()) {
      CrossingScript.setUp().forEach(each -> CrossingScript.run(session, each));
    }
    Database beside = openBesides ? open(disk, "/b.db") : null;
    CrossingScript script = new CrossingScript(SEED, false);
    for (int round = 0; round < 3; round++) {
      try (Database main = open(disk, "/main.db");
          Session session = main.connect()) {
        session.execute("PRAGMA foreign_keys = ON");
        if (round == 0) {
          session.execute("CREATE TABLE seen(what); PRAGMA turso_capture = 'full'");
          session.execute("CREATE MATERIALIZED VIEW own AS SELECT count(*) AS n FROM seen");
        }
        session.execute("ATTACH '/b.db' AS b");
        for (int i = 0; i < STEPS; i++) {
          step(session, script.step());
        }
        assertThat(Soundness.viewFaults(session)).as("main, seed %d", SEED).isEmpty();
        assertThat(Sql.texts(session, "SELECT n FROM own"))
            .isEqualTo(Sql.texts(session, "SELECT count(*) FROM seen"));
      }
      try (Database alone = open(disk, "/b.db");
          Session session = alone.connect()) {
        assertThat(Soundness.faults(session)).as("seed %d, round %d", SEED, round).isEmpty();
      }
    }
    if (beside != null) {
      beside.close();
    }
    System.out.printf("AttachedFilesTest seed %d, %d steps%n", SEED, 3 * STEPS);
  }

  /** One step under the attached name; what it does in a transaction it does in both files. */
  private static void step(Session session, List<String> step) {
    for (String each : step) {
      String sql = MADE.matcher(each).replaceAll("$1$2 b.$3");
      if (!session.inTransaction() && CrossingScript.isWithin(sql)) {
        continue;
      }
      try {
        session.execute(sql);
        session.execute("INSERT INTO seen VALUES ('" + step.size() + "')");
      } catch (ConstraintException e) {
        continue;
      } catch (SqlException e) {
        CrossingScript.refuseUnlessGone(sql, e);
      }
    }
    if (session.inTransaction()) {
      session.execute("ROLLBACK");
    }
  }

  @Test
  void aPowerCutLeavesTheViewsOfBothFilesWhatTheirQueriesAre() {
    SimulatedFileSystem simulated = new SimulatedFileSystem();
    Options options = Options.DEFAULT.withJournalMode("DELETE").withSynchronous("FULL");
    for (String path : List.of("/main.db", "/b.db")) {
      try (Database database = Database.open(simulated, path, options);
          Session session = database.connect()) {
        session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, g, v)");
        session.execute("CREATE MATERIALIZED VIEW m AS SELECT g, sum(v) AS s FROM t GROUP BY g");
        session.execute("PRAGMA turso_capture = 'full'");
      }
    }
    int[] examined = {0};
    simulated.onPoint(point -> {
      SimulatedFileSystem after = simulated.afterPowerCut(point % 4);
      examined[0]++;
      List<String> rows = null;
      for (String path : List.of("/main.db", "/b.db")) {
        try (Database database = Database.open(after, path, options);
            Session session = database.connect()) {
          assertThat(Soundness.faults(session)).as("%s cut at %d", path, point).isEmpty();
          List<String> found = AllRows.sorted(session, "SELECT * FROM m");
          assertThat(rows == null || rows.equals(found)).as("one file only, at %d", point).isTrue();
          rows = found;
        }
      }
    });
    try (Database main = Database.open(simulated, "/main.db", options);
        Session session = main.connect()) {
      session.execute("ATTACH '/b.db' AS b");
      for (int i = 0; i < 4; i++) {
        String values = " VALUES (" + i + ", " + i % 2 + ", " + 10 * i + ")";
        session.execute(
            "BEGIN; INSERT INTO main.t" + values + "; INSERT INTO b.t" + values + "; COMMIT");
      }
    }
    assertThat(examined[0]).isGreaterThan(100);
    System.out.println("AttachedFilesTest: " + examined[0] + " power cuts examined");
  }
}
