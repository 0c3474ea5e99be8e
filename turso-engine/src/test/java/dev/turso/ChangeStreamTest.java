package dev.turso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.RowChange;
import dev.turso.error.ConstraintException;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeStreamTest {

  /** Writes down every commit as one line. */
  private static final class Recorder implements CommitListener {
    private final List<String> commits = Collections.synchronizedList(new ArrayList<>());

    @Override
    public boolean wants(Table table) {
      return table.name().equals("t");
    }

    @Override
    public void committed(CommittedChanges commit) {
      StringBuilder line = new StringBuilder();
      ChangeCursor cursor = commit.changes().cursor();
      while (cursor.next()) {
        RowChange change = cursor.change();
        line.append(line.isEmpty() ? "" : ", ").append(change.operation());
        line.append(' ').append(change.origin()).append(' ');
        line.append(change.beforeLength() < 0 ? "" : change.rowidBefore());
        line.append("->").append(change.afterLength() < 0 ? "" : change.rowidAfter());
      }
      commits.add(line.toString());
    }
  }

  @Test
  void aListenerIsToldOfWhatWasCommittedAndOfNothingElse() throws Exception {
    Recorder recorder = new Recorder();
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b UNIQUE)");
      session.execute("CREATE TABLE other(a)");
      try (ChangeStream.Subscription subscription = database.changes().subscribe(recorder)) {
        session.execute("INSERT INTO t(b) VALUES (1), (2)");
        session.execute("INSERT INTO other VALUES (1)");
        session.execute("BEGIN; INSERT INTO t VALUES (10, 10); ROLLBACK");
        session.execute("BEGIN; UPDATE t SET b = 5 WHERE a = 1; SAVEPOINT s");
        session.execute("DELETE FROM t; ROLLBACK TO s; INSERT INTO t VALUES (3, 3)");
        try {
          session.execute("INSERT INTO t VALUES (4, 4), (4, 5)");
        } catch (ConstraintException expected) {
          assertThat(expected).hasMessage("UNIQUE constraint failed: t.a");
        }
        session.execute("COMMIT");
        session.execute("REPLACE INTO t VALUES (7, 3)");
        session.execute("UPDATE t SET a = 70 WHERE a = 7; DELETE FROM t");
        assertThat(database.changes().awaitDelivered(session.lastCommit(), 10_000)).isTrue();
      }
    }
    assertThat(recorder.commits)
        .containsExactly(
            "INSERT STATEMENT ->1, INSERT STATEMENT ->2",
            "UPDATE STATEMENT 1->1, INSERT STATEMENT ->3",
            "DELETE REPLACE 3->, INSERT STATEMENT ->7",
            "UPDATE STATEMENT 7->70",
            "DELETE STATEMENT 1->, DELETE STATEMENT 2->, DELETE STATEMENT 70->");
  }

  @Test
  void commitsOfManyThreadsArriveInTheOrderOfTheirPositions() throws Exception {
    List<Long> positions = Collections.synchronizedList(new ArrayList<>());
    try (Database database = Database.open(":memory:", Options.DEFAULT.withBusyTimeout(30_000))) {
      try (Session session = database.connect()) {
        session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      }
      CommitListener listener =
          new CommitListener() {
            @Override
            public boolean wants(Table table) {
              return true;
            }

            @Override
            public void committed(CommittedChanges commit) {
              positions.add(commit.position().commit());
            }
          };
      try (ChangeStream.Subscription subscription = database.changes().subscribe(listener)) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          threads.add(Thread.ofVirtual().start(() -> insertMany(database)));
        }
        for (Thread each : threads) {
          each.join();
        }
        assertThat(database.changes().awaitDelivered(database.position(), 10_000)).isTrue();
      }
      try (Session session = database.connect()) {
        assertThat(SessionTest.rows(session, "SELECT count(*) FROM t")).isEqualTo("200");
      }
    }
    assertThat(positions).hasSize(200).isSorted().doesNotHaveDuplicates();
  }

  private static void insertMany(Database database) {
    try (Session session = database.connect()) {
      for (int i = 0; i < 50; i++) {
        session.execute("INSERT INTO t(b) VALUES (1)");
      }
    }
  }
}
