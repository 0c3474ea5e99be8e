package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.error.BusyException;
import dev.turso.vfs.MemoryFileSystem;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * With a rollback journal a reader keeps COMMIT from happening; the transaction stays open, and COMMIT is
 * tried again. Who takes part in commits must then see one commit, of all that is committed in the end.
 */
class RetriedCommitTest {

  private Database database;
  private Session writer;
  private Session reader;

  @BeforeEach
  void open() {
    open(Options.DEFAULT);
  }

  private void open(Options options) {
    database =
        Database.open(
            new MemoryFileSystem(), "/db", options.withJournalMode("delete").withBusyTimeout(0));
    writer = database.connect();
    reader = database.connect();
    writer.execute(
        """
        CREATE TABLE t (a INTEGER PRIMARY KEY, b);
        CREATE TABLE o (a INTEGER PRIMARY KEY);
        PRAGMA turso_capture = 'full';
        CREATE MATERIALIZED VIEW v AS SELECT b, count(*) AS n, sum(a) AS s FROM t GROUP BY b;
        INSERT INTO t VALUES (1, 'x'), (2, 'y')\
        """);
  }

  @AfterEach
  void close() {
    reader.close();
    writer.close();
    database.close();
  }

  /** What is run while a reader is in the way of every COMMIT. */
  private void whileRead(Runnable work) {
    try (Statement statement = reader.prepare("SELECT * FROM t");
        Rows rows = statement.query()) {
      assertThat(rows.next()).isTrue();
      work.run();
    }
  }

  private void assertBusy(String sql) {
    assertThatThrownBy(() -> writer.execute(sql)).isInstanceOf(BusyException.class);
  }

  /** Types of the log's rows after those that {@link #open} made. */
  private String logged(long after) {
    return AllRows.of(
            writer,
            "SELECT change_type FROM turso_cdc WHERE change_id > " + after + " ORDER BY 1=1")
        .toString();
  }

  private long newest() {
    return AllRows.of(writer, "SELECT max(change_id) FROM turso_cdc").get(0).get(0).asLong();
  }

  private void assertSound() {
    assertThat(Soundness.faults(writer)).isEmpty();
    assertThat(AllRows.of(writer, "SELECT * FROM v ORDER BY b"))
        .isEqualTo(
            AllRows.of(
                writer, "SELECT b, count(*) AS n, sum(a) AS s FROM t GROUP BY b ORDER BY b"));
  }

  @Test
  void isLoggedOnce() {
    long before = newest();
    writer.execute("BEGIN; INSERT INTO t VALUES (3, 'x')");
    whileRead(() -> {
      assertBusy("COMMIT");
      assertBusy("COMMIT");
    });
    writer.execute("COMMIT");
    assertThat(logged(before)).isEqualTo("[[1], [2]]");
    assertSound();
  }

  @Test
  void holdsWhatWasWrittenBetweenTheTries() {
    long before = newest();
    writer.execute("BEGIN; INSERT INTO t VALUES (3, 'x')");
    whileRead(() -> assertBusy("COMMIT"));
    assertThat(logged(before)).isEqualTo("[[1]]");
    writer.execute("UPDATE t SET b = 'z' WHERE a = 3; DELETE FROM t WHERE a = 1");
    whileRead(() -> assertBusy("COMMIT"));
    assertThat(logged(before)).isEqualTo("[[1], [0], [-1]]");
    writer.execute("INSERT INTO t VALUES (4, 'x'); COMMIT");
    assertThat(logged(before)).isEqualTo("[[1], [0], [-1], [1], [2]]");
    assertSound();
  }

  @Test
  void thatIsGivenUpLeavesNothing() {
    long before = newest();
    writer.execute("BEGIN; INSERT INTO t VALUES (3, 'x')");
    whileRead(() -> assertBusy("COMMIT"));
    writer.execute("ROLLBACK");
    assertThat(logged(before)).isEqualTo("[]");
    writer.execute("INSERT INTO t VALUES (5, 'q')");
    assertThat(logged(before)).isEqualTo("[[1], [2]]");
    assertSound();
  }

  @Test
  void goesBackToSavepointsFromBeforeTheFirstTry() {
    long before = newest();
    writer.execute(
        "BEGIN; INSERT INTO t VALUES (3, 'x'); SAVEPOINT s; INSERT INTO t VALUES (4, 'y')");
    whileRead(() -> assertBusy("COMMIT"));
    writer.execute("ROLLBACK TO s");
    assertThat(logged(before)).isEqualTo("[[1]]");
    whileRead(() -> assertBusy("COMMIT"));
    writer.execute("INSERT INTO t VALUES (6, 'y'); ROLLBACK TO s; COMMIT");
    assertThat(logged(before)).isEqualTo("[[1], [2]]");
    assertSound();
  }

  @Test
  void byReleaseOfTheOutermostSavepointIsTheSame() {
    long before = newest();
    writer.execute("SAVEPOINT s; INSERT INTO t VALUES (3, 'x')");
    whileRead(() -> assertBusy("RELEASE s"));
    writer.execute("INSERT INTO t VALUES (4, 'y')");
    whileRead(() -> assertBusy("RELEASE s"));
    writer.execute("RELEASE s");
    assertThat(writer.autoCommit()).isTrue();
    assertThat(logged(before)).isEqualTo("[[1], [1], [2]]");

    long again = newest();
    writer.execute("SAVEPOINT s; INSERT INTO t VALUES (7, 'x')");
    whileRead(() -> assertBusy("RELEASE s"));
    writer.execute("ROLLBACK TO s; INSERT INTO t VALUES (8, 'x'); RELEASE s");
    assertThat(logged(again)).isEqualTo("[[1], [2]]");
    assertSound();
  }

  @Test
  void ofOneStatementLeavesNothing() {
    long before = newest();
    whileRead(() -> assertBusy("INSERT INTO t VALUES (3, 'x')"));
    assertThat(logged(before)).isEqualTo("[]");
    writer.execute("INSERT INTO t VALUES (3, 'x')");
    assertThat(logged(before)).isEqualTo("[[1], [2]]");
    assertSound();
  }

  @Test
  void keepsChangesThatHaveLeftTheMemory() {
    close();
    open(Options.DEFAULT.withChangeSetBytes(4096));
    long before = newest();
    writer.execute(
        "BEGIN; INSERT INTO t WITH RECURSIVE c(n) AS (VALUES (10) UNION ALL SELECT n + 1 FROM c"
            + " LIMIT 500) SELECT n, 'x' FROM c");
    whileRead(() -> assertBusy("COMMIT"));
    writer.execute("UPDATE t SET b = 'w' WHERE a % 2 = 0");
    whileRead(() -> assertBusy("COMMIT"));
    writer.execute("COMMIT");
    assertThat(
            AllRows.of(
                    writer,
                    "SELECT change_type, count(*) FROM turso_cdc WHERE change_id > "
                        + before
                        + " GROUP BY 1 ORDER BY 1")
                .toString())
        .isEqualTo("[[0, 251], [1, 500], [2, 1]]");
    assertSound();
  }

  @Test
  void isOneForASessionsOwnLog() {
    writer.execute("PRAGMA turso_capture = 'off'");
    writer.execute("PRAGMA capture_data_changes_conn('full,own')");
    writer.execute("BEGIN; INSERT INTO t VALUES (3, 'x')");
    whileRead(() -> assertBusy("COMMIT"));
    writer.execute("INSERT INTO t VALUES (4, 'x'); COMMIT");
    assertThat(AllRows.of(writer, "SELECT change_type FROM own ORDER BY change_id").toString())
        .isEqualTo("[[1], [1], [2]]");
  }

  @Test
  void movesLiveQueriesOnceFromWhicheverThreadItIsTried() throws InterruptedException {
    Follower groups = new Follower();
    Follower many = new Follower();
    try (LiveQuery first =
            LiveQueries.of(database)
                .subscribe("SELECT b, count(*) AS n FROM t GROUP BY b", List.of(), groups);
        LiveQuery second =
            LiveQueries.of(database)
                .subscribe(
                    "SELECT b, count(*) AS n FROM t GROUP BY b HAVING count(*) > 2",
                    List.of(),
                    many)) {
      until(groups, "[['x', 1], ['y', 1]]");
      writer.execute("BEGIN; INSERT INTO t VALUES (3, 'x')");
      Thread elsewhere = new Thread(() -> whileRead(() -> assertBusy("COMMIT")));
      elsewhere.start();
      elsewhere.join();
      commitPatiently();
      until(groups, "[['x', 2], ['y', 1]]");

      writer.execute("BEGIN; INSERT INTO t VALUES (4, 'x')");
      whileRead(() -> assertBusy("COMMIT"));
      writer.execute("ROLLBACK");
      writer.execute("BEGIN; INSERT INTO t VALUES (5, 'y')");
      whileRead(() -> assertBusy("COMMIT"));
      commitPatiently();
      until(groups, "[['x', 2], ['y', 2]]");
      writer.execute("BEGIN; INSERT INTO t VALUES (6, 'y')");
      commitPatiently();
      until(groups, "[['x', 2], ['y', 3]]");
      until(many, "[['y', 3]]");
      assertSound();
    }
  }

  /** A live query that begins anew reads, too. */
  private void commitPatiently() {
    writer.execute("PRAGMA busy_timeout = 60000; COMMIT; PRAGMA busy_timeout = 0");
  }

  private static void until(Follower follower, String rows) throws InterruptedException {
    assertThat(follower.rows(rows)).isEqualTo(rows);
  }
}
