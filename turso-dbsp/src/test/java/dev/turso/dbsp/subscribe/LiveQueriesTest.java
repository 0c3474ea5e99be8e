package dev.turso.dbsp.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.SqlException;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveQueriesTest {

  private static final long LIMIT = 60_000;

  private Database database;
  private Session session;
  private LiveQueries live;

  @BeforeEach
  void open() {
    database = Database.open("mem:live-queries", Options.DEFAULT.withBusyTimeout(5000));
    session = database.connect();
    live = LiveQueries.of(database);
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  /** Applies messages as a client would. */
  private static final class Client implements LiveQueryListener {

    private final List<List<Value>> rows = new ArrayList<>();
    private final List<LiveMessage> messages = new ArrayList<>();
    private volatile RuntimeException failure;

    @Override
    public synchronized void message(LiveMessage message) {
      messages.add(message);
      if (message.kind() == LiveMessage.Kind.SNAPSHOT) {
        rows.clear();
      }
      for (LiveChange change : message.changes()) {
        if (change.kind() != LiveChange.Kind.INSERT) {
          List<Value> gone =
              change.kind() == LiveChange.Kind.UPDATE ? change.before() : change.row();
          assertThat(rows.remove(gone)).as("the row to remove is there: " + gone).isTrue();
        }
        if (change.kind() != LiveChange.Kind.DELETE) {
          rows.add(change.row());
        }
      }
    }

    @Override
    public void failed(RuntimeException cause) {
      failure = cause;
    }

    synchronized List<String> rows() {
      return rows.stream().map(Object::toString).sorted().toList();
    }

    synchronized int messages() {
      return messages.size();
    }
  }

  private List<String> select(String sql) {
    return AllRows.texts(session, sql);
  }

  @Test
  void aSnapshotComesFirstAndThenOneMessageForEachCommit() throws Exception {
    session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (1, 'x')");
    Client client = new Client();
    try (LiveQuery query = live.subscribe("SELECT id, a FROM t WHERE id < 10", List.of(), client)) {
      query.await(session.lastCommit(), LIMIT);
      assertThat(client.rows()).isEqualTo(select("SELECT id, a FROM t"));
      session.execute(
          "BEGIN; INSERT INTO t VALUES (2, 'y'), (3, 'z'); UPDATE t SET a = 'w'; COMMIT");
      query.await(session.lastCommit(), LIMIT);
      assertThat(client.rows()).isEqualTo(select("SELECT id, a FROM t"));
      assertThat(client.messages()).isEqualTo(2);
      assertThat(query.statementsExecuted()).isEqualTo(1);
    }
    assertThat(live.openCount()).isZero();
  }

  @Test
  void whatWasRolledBackIsNeverTold() throws Exception {
    session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE)");
    Client client = new Client();
    try (LiveQuery query = live.subscribe("SELECT a FROM t", List.of(), client)) {
      session.execute("BEGIN; INSERT INTO t VALUES (1, 1); ROLLBACK");
      session.execute(
          "BEGIN; INSERT INTO t VALUES (2, 2); SAVEPOINT s; INSERT INTO t VALUES (3, 3);"
              + " ROLLBACK TO s; COMMIT");
      assertThatThrownBy(() -> session.execute("INSERT INTO t VALUES (4, 4), (5, 2)"))
          .hasMessageContaining("UNIQUE");
      session.execute("INSERT INTO t VALUES (6, 6)");
      query.await(session.lastCommit(), LIMIT);
      assertThat(client.rows()).isEqualTo(select("SELECT a FROM t"));
      assertThat(client.rows()).hasSize(2);
    }
  }

  @Test
  void parametersAreFixedForTheLifeOfTheQuery() throws Exception {
    session.execute("CREATE TABLE t (k TEXT, v)");
    Client client = new Client();
    try (LiveQuery query =
        live.subscribe(
            "SELECT COUNT(*), SUM(v) FROM t WHERE k = ?", List.of(Value.text("a")), client)) {
      session.execute("INSERT INTO t VALUES ('a', 1), ('b', 2), ('a', 3)");
      query.await(session.lastCommit(), LIMIT);
      assertThat(client.rows()).isEqualTo(select("SELECT COUNT(*), SUM(v) FROM t WHERE k = 'a'"));
    }
  }

  @Test
  void aMaterializedViewCanBeFollowed() throws Exception {
    session.execute("CREATE TABLE t (k TEXT, v)");
    session.execute("CREATE MATERIALIZED VIEW m AS SELECT k, COUNT(*) AS n FROM t GROUP BY k");
    Client client = new Client();
    try (LiveQuery query = live.subscribe("SELECT * FROM m", List.of(), client)) {
      session.execute("INSERT INTO t VALUES ('a', 1), ('b', 2), ('a', 3)");
      session.execute("DELETE FROM t WHERE k = 'b'");
      query.await(session.lastCommit(), LIMIT);
      assertThat(client.rows()).isEqualTo(select("SELECT * FROM m"));
      assertThat(client.rows()).hasSize(1);
    }
  }

  @Test
  void aSchemaChangeGivesAFreshSnapshotAndALostTableOneError() throws Exception {
    session.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    Client client = new Client();
    LiveQuery query = live.subscribe("SELECT a FROM t", List.of(), client);
    session.execute("CREATE INDEX t_a ON t (a)");
    session.execute("INSERT INTO t VALUES (2)");
    query.await(session.lastCommit(), LIMIT);
    session.execute("INSERT INTO t VALUES (3)");
    query.await(session.lastCommit(), LIMIT);
    assertThat(client.rows()).isEqualTo(select("SELECT a FROM t"));
    session.execute("DROP TABLE t");
    session.execute("CREATE TABLE other (a); INSERT INTO other VALUES (1)");
    for (int i = 0; i < 200 && client.failure == null; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(client.failure).hasMessageContaining("no such table: t");
  }

  @Test
  void onlyOneSelectIsALiveQuery() {
    session.execute("CREATE TABLE t (a)");
    for (String bad :
        List.of(
            "DELETE FROM t",
            "SELECT 1; SELECT 2",
            "",
            "SELECT random() FROM t",
            "SELECT * FROM no",
            "SELECT datetime('now') FROM t",
            "SELECT a FROM t WHERE a = ?")) {
      assertThatThrownBy(() -> live.subscribe(bad, List.of(), message -> {}))
          .as(bad)
          .isInstanceOf(SqlException.class);
    }
    assertThat(live.openCount()).isZero();
  }

  @Test
  void aSlowSubscriberIsToldTheNetOfManyCommitsAndHoldsUpNobody() throws Exception {
    session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
    CountDownLatch gate = new CountDownLatch(1);
    Client slow = new Client();
    try (LiveQuery query =
        live.subscribe(
            "SELECT id, a FROM t",
            List.of(),
            message -> {
              awaitQuietly(gate);
              slow.message(message);
            })) {
      for (int i = 0; i < 500; i++) {
        session.execute("INSERT OR REPLACE INTO t VALUES (" + i % 3 + ", " + i + ")");
      }
      assertThat(database.changes().awaitDelivered(session.lastCommit(), LIMIT)).isTrue();
      gate.countDown();
      query.await(session.lastCommit(), LIMIT);
      assertThat(slow.rows()).isEqualTo(select("SELECT id, a FROM t"));
      assertThat(slow.messages()).isLessThan(10);
    }
  }

  private static void awaitQuietly(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aListenerThatThrowsEndsItsOwnSubscriptionOnly() throws Exception {
    session.execute("CREATE TABLE t (a)");
    Client good = new Client();
    live.subscribe(
        "SELECT a FROM t",
        List.of(),
        message -> {
          throw new IllegalStateException("mine");
        });
    try (LiveQuery query = live.subscribe("SELECT a FROM t", List.of(), good)) {
      session.execute("INSERT INTO t VALUES (1)");
      query.await(session.lastCommit(), LIMIT);
      assertThat(good.rows()).hasSize(1);
      for (int i = 0; i < 200 && live.openCount() > 1; i++) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(live.openCount()).isEqualTo(1);
    }
  }

  @Test
  void aPublisherGivesWhatIsRequested() throws Exception {
    session.execute("CREATE TABLE t (a)");
    LinkedBlockingQueue<LiveMessage> got = new LinkedBlockingQueue<>();
    Flow.Subscription[] subscription = new Flow.Subscription[1];
    live.publisher("SELECT a FROM t", List.of())
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription s) {
                subscription[0] = s;
                s.request(1);
              }

              @Override
              public void onNext(LiveMessage item) {
                got.add(item);
              }

              @Override
              public void onError(Throwable cause) {}

              @Override
              public void onComplete() {}
            });
    assertThat(got.poll(5, TimeUnit.SECONDS).kind()).isEqualTo(LiveMessage.Kind.SNAPSHOT);
    session.execute("INSERT INTO t VALUES (1)");
    session.execute("INSERT INTO t VALUES (2)");
    assertThat(got.poll(100, TimeUnit.MILLISECONDS)).isNull();
    subscription[0].request(1);
    assertThat(got.poll(5, TimeUnit.SECONDS).changes()).isNotEmpty();
    subscription[0].cancel();
    assertThat(live.openCount()).isZero();
  }

  @Test
  void randomCommitsLeaveEveryClientEqualToItsQuery() throws Exception {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    System.out.println("LiveQueriesTest seed " + seed);
    Random random = new Random(seed);
    session.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, k INTEGER, v INTEGER)");
    session.execute("CREATE TABLE b (k INTEGER PRIMARY KEY, n TEXT)");
    List<String> sqls =
        List.of(
            "SELECT id, v FROM a WHERE v > 5",
            "SELECT k, COUNT(*), SUM(v), MIN(v), MAX(v) FROM a GROUP BY k",
            "SELECT a.id, b.n FROM a JOIN b ON b.k = a.k",
            "SELECT b.k, a.v FROM b LEFT JOIN a ON a.k = b.k",
            "SELECT DISTINCT v FROM a",
            "SELECT id, v FROM a ORDER BY v DESC, id LIMIT 3",
            "SELECT k FROM a UNION ALL SELECT k FROM b");
    List<Client> clients = new ArrayList<>();
    List<LiveQuery> queries = new ArrayList<>();
    for (String sql : sqls) {
      Client client = new Client();
      clients.add(client);
      queries.add(live.subscribe(sql, List.of(), client));
    }
    for (int step = 0; step < 150; step++) {
      session.execute("BEGIN");
      for (int n = random.nextInt(4); n >= 0; n--) {
        change(random);
      }
      session.execute(random.nextInt(5) == 0 ? "ROLLBACK" : "COMMIT");
      for (int i = 0; i < sqls.size(); i++) {
        queries.get(i).await(session.lastCommit(), LIMIT);
        assertThat(clients.get(i).rows())
            .as("seed %d step %d: %s", seed, step, sqls.get(i))
            .isEqualTo(select(sqls.get(i)));
      }
    }
    queries.forEach(LiveQuery::close);
  }

  private void change(Random random) {
    int id = random.nextInt(12);
    int k = random.nextInt(4);
    session.execute(
        switch (random.nextInt(6)) {
          case 0 ->
              "INSERT OR REPLACE INTO a VALUES (" + id + ", " + k + ", " + random.nextInt(20) + ")";
          case 1 -> "INSERT OR IGNORE INTO a (k, v) VALUES (" + k + ", " + random.nextInt(20) + ")";
          case 2 -> "UPDATE a SET v = v + 1 WHERE k = " + k;
          case 3 -> "DELETE FROM a WHERE id = " + id;
          case 4 -> "INSERT OR REPLACE INTO b VALUES (" + k + ", 'n" + random.nextInt(9) + "')";
          default -> "DELETE FROM b WHERE k = " + k;
        });
  }
}
