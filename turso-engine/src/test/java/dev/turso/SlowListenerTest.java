package dev.turso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.Position;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowListenerTest {

  /** Stays in its first commit until it is let go. */
  private static final class Slow implements CommitListener {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);
    private final List<String> told = new ArrayList<>();
    private long newest;
    private long known;

    @Override
    public boolean wants(Table table) {
      return true;
    }

    @Override
    public void committed(CommittedChanges commit) {
      entered.countDown();
      try {
        assertThat(leave.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      take(commit.position(), 1);
    }

    @Override
    public void missed(Position upTo, long commits) {
      told.add("missed " + commits);
      take(upTo, commits);
    }

    private void take(Position position, long commits) {
      assertThat(position.commit()).isGreaterThan(newest);
      newest = position.commit();
      known += commits;
    }
  }

  @Test
  void writersGoOnAndTheListenerIsToldWhatItMissed() throws Exception {
    Slow slow = new Slow();
    Options options = Options.DEFAULT.withTailCommits(50);
    try (Database database = Database.open(":memory:", options);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      try (ChangeStream.Subscription subscription = database.changes().subscribe(slow)) {
        session.execute("INSERT INTO t VALUES (1, 1)");
        assertThat(slow.entered.await(60, TimeUnit.SECONDS)).isTrue();
        for (int i = 2; i <= 1000; i++) {
          session.execute("INSERT INTO t VALUES (" + i + ", " + i + ")");
        }
        slow.leave.countDown();
        assertThat(database.changes().awaitDelivered(session.lastCommit(), 60_000)).isTrue();
        assertThat(slow.told).hasSize(1);
        assertThat(slow.known).as("every commit is told or counted").isEqualTo(1000);
        session.execute("INSERT INTO t VALUES (1001, 1)");
        assertThat(database.changes().awaitDelivered(session.lastCommit(), 60_000)).isTrue();
        assertThat(slow.known).isEqualTo(1001);
      }
    }
  }

  @Test
  void manyBytesAreTooMuchAsWell() throws Exception {
    Slow slow = new Slow();
    Options options = Options.DEFAULT.withChangeSetBytes(100_000);
    try (Database database = Database.open(":memory:", options);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      try (ChangeStream.Subscription subscription = database.changes().subscribe(slow)) {
        session.execute("INSERT INTO t VALUES (1, 1)");
        assertThat(slow.entered.await(60, TimeUnit.SECONDS)).isTrue();
        for (int i = 2; i <= 100; i++) {
          session.execute("INSERT INTO t VALUES (" + i + ", zeroblob(10000))");
        }
        slow.leave.countDown();
        assertThat(database.changes().awaitDelivered(session.lastCommit(), 60_000)).isTrue();
        assertThat(slow.told).isNotEmpty();
        assertThat(slow.known).isEqualTo(100);
      }
    }
  }

  @Test
  void theTailForgetsWhatIsTooOldOrTooLarge() {
    Options options = Options.DEFAULT.withTailCommits(3).withChangeSetBytes(100_000);
    try (Database database = Database.open(":memory:", options);
        Session session = database.connect();
        ChangeStream.Subscription interest = database.changes().subscribe(new All())) {
      session.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      session.execute("INSERT INTO t VALUES (0, 1)");
      Position first = session.lastCommit();
      session.execute("INSERT INTO t VALUES (1, 1)");
      session.execute("INSERT INTO t VALUES (2, 1)");
      awaitDelivered(database, session);
      assertThat(database.changes().tailSince(first)).hasSize(2);
      session.execute("INSERT INTO t VALUES (3, 1)");
      session.execute("INSERT INTO t VALUES (4, 1)");
      awaitDelivered(database, session);
      assertThat(database.changes().tailSince(first)).isNull();
      Position fourth = session.lastCommit();
      session.execute("INSERT INTO t VALUES (5, zeroblob(200000))");
      awaitDelivered(database, session);
      assertThat(database.changes().tailSince(fourth)).isNull();
      assertThat(database.changes().tailSince(session.lastCommit())).isEmpty();
    }
  }

  private static void awaitDelivered(Database database, Session session) {
    try {
      assertThat(database.changes().awaitDelivered(session.lastCommit(), 60_000)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class All implements CommitListener {
    @Override
    public boolean wants(Table table) {
      return true;
    }

    @Override
    public void committed(CommittedChanges commit) {}
  }
}
