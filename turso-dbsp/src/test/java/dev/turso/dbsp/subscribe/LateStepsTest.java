package dev.turso.dbsp.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.schema.Table;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Steps that the dispatcher makes, and a committing thread when the dispatcher is far behind. */
class LateStepsTest {

  private static final long LIMIT = TimeUnit.MINUTES.toMillis(1);
  private static final int COMMITS = 400;

  private static final String LIST = "SELECT id, k, x FROM t WHERE k = ?";
  private static final String SUM = "SELECT k, count(*), sum(x) FROM t WHERE k = ? GROUP BY k";

  /** Holds the dispatcher up from the next commit on. */
  private static final class Stopper implements CommitListener {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public boolean wants(Table table) {
      return table.name().equals("t");
    }

    @Override
    public void committed(CommittedChanges commit) {
      reached.countDown();
      try {
        assertThat(goOn.await(LIMIT, TimeUnit.MILLISECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record Follower(String sql, long k, FollowingClient client, LiveQuery query) {}

  @Test
  void whatIsLeftForADispatcherThatStandsStillIsToldInOrderAndOnce() throws Exception {
    Random random = new Random(7);
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, k INT, x INT)");
      LiveQueries live = LiveQueries.of(database);
      List<Follower> followers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String sql = i % 2 == 0 ? LIST : SUM;
        FollowingClient client = new FollowingClient();
        long k = i / 2;
        followers.add(
            new Follower(sql, k, client, live.subscribe(sql, List.of(Value.integer(k)), client)));
      }
      for (Follower each : followers) {
        each.query.await(session.lastCommit(), LIMIT);
      }
      Stopper stopper = new Stopper();
      try (var stopped = database.changes().subscribe(stopper)) {
        assertThat(stopped).isNotNull();
        for (int i = 0; i < COMMITS; i++) {
          commit(session, random, i);
        }
        assertThat(stopper.reached.await(LIMIT, TimeUnit.MILLISECONDS)).isTrue();
        stopper.goOn.countDown();
        for (Follower each : followers) {
          each.query.await(session.lastCommit(), LIMIT);
          check(session, each);
        }
      }
      followers.forEach(each -> each.query.close());
    }
  }

  private static void commit(Session session, Random random, int number) {
    int id = random.nextInt(60);
    int k = random.nextInt(10);
    session.execute(
        switch (number % 5) {
          case 0, 1 -> "INSERT OR REPLACE INTO t VALUES (" + id + ", " + k + ", " + number + ")";
          case 2 -> "UPDATE t SET x = x + 1 WHERE k = " + k;
          case 3 -> "DELETE FROM t WHERE id = " + id;
          default -> "UPDATE t SET k = " + k + " WHERE id BETWEEN " + id + " AND " + (id + 9);
        });
    if (number % 50 == 0) {
      session.execute("BEGIN; UPDATE t SET x = -1; ROLLBACK");
    }
  }

  private static void check(Session session, Follower each) {
    assertThat(each.client.failure()).isNull();
    assertThat(each.client.snapshots()).isEqualTo(1);
    List<String> expected =
        AllRows.of(session, each.sql.replace("?", String.valueOf(each.k))).stream()
            .map(Object::toString)
            .sorted()
            .toList();
    assertThat(each.client.rows()).isEqualTo(expected);
    assertThat(each.query.rows()).isEqualTo(expected.size());
  }
}
