package dev.turso.dbsp.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.BusyException;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries that differ by constants share one circuit, and each is told what it would be alone. */
class SharedCircuitsTest {

  private static final long LIMIT = 60_000;

  /** Of parameters that a circuit looks at in each step: {@code #} says where one would not be. */
  private static final List<String> QUERIES =
      List.of(
          "SELECT id, k, x FROM t WHERE k = ?1 #",
          "SELECT x FROM t WHERE ?1 = k AND x > 3 #",
          "SELECT id, k FROM t WHERE id = ?1 #",
          "SELECT id, s FROM t WHERE s = ?1 #",
          "SELECT id, c FROM t WHERE c = ?1 #",
          "SELECT id, c FROM t WHERE c = ?1 COLLATE BINARY #",
          "SELECT id FROM t WHERE k IS ?1 #",
          "SELECT id FROM t WHERE k < ?1 #",
          "SELECT id FROM t WHERE k = ?1 OR x = ?1 #",
          "SELECT count(*), sum(x) FROM t WHERE k = ?1 #",
          "SELECT s, count(*), min(x), max(id), group_concat(x) FROM t WHERE k = ?1 # GROUP BY s",
          "SELECT DISTINCT s FROM t WHERE k = ?1 #",
          "SELECT name, sum(x) FROM t JOIN u ON u.k = t.k WHERE t.k = ?1 # GROUP BY name",
          "SELECT t.id, name FROM t LEFT JOIN u ON u.k = t.x WHERE t.k = ?1 #",
          "SELECT t.id, name FROM t JOIN u ON u.k = t.x WHERE u.k = ?1 #",
          "SELECT a.id, b.id FROM t a JOIN t b ON a.x = b.x WHERE a.k = ?1 #",
          "SELECT id FROM t WHERE k = ?1 # ORDER BY x, id LIMIT 3",
          "SELECT id, row_number() OVER (ORDER BY x, id) FROM t WHERE k = ?1 #",
          "SELECT id, sum(x) OVER (PARTITION BY s ORDER BY id) FROM t WHERE k = ?1 #",
          "SELECT id FROM t WHERE k = ?1 # UNION SELECT k FROM u",
          "SELECT k FROM u WHERE NOT EXISTS (SELECT 1 FROM t WHERE t.k = ?1 # AND t.x = u.k)",
          "SELECT p, q FROM w WHERE q = ?1 #",
          "SELECT p, (SELECT max(x) FROM t WHERE t.k = ?1 #) FROM w",
          "SELECT s, count(*) FROM t WHERE k = ?1 # GROUP BY s HAVING sum(x) > 4");

  private Database database;
  private Session session;
  private Session other;
  private LiveQueries live;
  private AttachedLiveQueries attached;

  @BeforeEach
  void open() {
    database = Database.open("mem:shared-circuits", Options.DEFAULT.withBusyTimeout(5000));
    session = database.connect();
    other = database.connect();
    live = LiveQueries.of(database);
    attached = database.extension(AttachedLiveQueries.class);
    session.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, k, x REAL, s TEXT, c TEXT COLLATE NOCASE);"
            + "CREATE INDEX t_k ON t (k);"
            + "CREATE TABLE u (k INTEGER PRIMARY KEY, name TEXT);"
            + "CREATE TABLE w (p TEXT, q NUMERIC, PRIMARY KEY (q, p)) WITHOUT ROWID");
  }

  @AfterEach
  void close() {
    other.close();
    session.close();
    database.close();
  }

  /** The messages that came, besides the rows that they make. */
  private static final class Client implements LiveQueryListener {

    private final FollowingClient rows = new FollowingClient();
    private final List<String> messages = new ArrayList<>();
    private final CountDownLatch failed = new CountDownLatch(1);

    @Override
    public synchronized void message(LiveMessage message) {
      rows.message(message);
      List<String> changes = message.changes().stream().map(Object::toString).sorted().toList();
      messages.add(message.kind() + " " + message.position() + " " + changes);
    }

    @Override
    public void failed(RuntimeException cause) {
      rows.failed(cause);
      failed.countDown();
    }

    synchronized List<String> messages() {
      return List.copyOf(messages);
    }
  }

  /** One query subscribed to twice: sharing its circuit, and with one of its own. */
  private final class Pair {

    private final Client sharing = new Client();
    private final Client alone = new Client();
    private final String asked;
    private final List<LiveQuery> open;

    Pair(String query, Value value) throws Exception {
      this.asked = query.replace("#", "").replace("?1", value.toString());
      List<Value> values = List.of(value);
      open =
          List.of(
              live.subscribe(query.replace("#", ""), values, sharing),
              live.subscribe(query.replace("#", "AND ?1 IS ?1"), values, alone));
      // What is not told yet when the next commit comes would be one message with it.
      check();
    }

    void check() throws Exception {
      for (LiveQuery each : open) {
        each.await(session.lastCommit(), LIMIT);
        each.await(other.lastCommit(), LIMIT);
      }
      assertThat(sharing.rows.failure()).as(asked).isNull();
      assertThat(sharing.messages()).as(asked).isEqualTo(alone.messages());
      assertThat(sharing.rows.rows()).as(asked).isEqualTo(select(asked));
    }

    void close() {
      open.forEach(LiveQuery::close);
    }
  }

  private List<String> select(String sql) {
    return AllRows.texts(session, sql);
  }

  @Test
  void eachIsToldWhatItWouldBeAlone() throws Exception {
    long seed = Long.getLong("turso.seed", 41213);
    int rounds = Integer.getInteger("turso.live.rounds", 25);
    System.out.println("SharedCircuitsTest seed " + seed);
    Random random = new Random(seed);
    List<Pair> pairs = new ArrayList<>();
    try {
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < 2 && pairs.size() < 40; i++) {
          pairs.add(new Pair(QUERIES.get(random.nextInt(QUERIES.size())), value(random)));
        }
        if (random.nextInt(3) == 0) {
          pairs.remove(random.nextInt(pairs.size())).close();
        }
        if (round % 15 == 10) {
          session.execute("ALTER TABLE t ADD COLUMN c" + round + " DEFAULT " + round);
          check(pairs);
        }
        commit(random, random.nextBoolean() ? session : other);
        check(pairs);
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
    pairs.forEach(Pair::close);
    assertThat(live.openCount()).isZero();
    assertThat(attached.isEmpty()).isTrue();
  }

  private static void check(List<Pair> pairs) throws Exception {
    for (Pair each : pairs) {
      each.check();
    }
  }

  private static Value value(Random random) {
    int n = random.nextInt(4);
    return switch (random.nextInt(9)) {
      case 0 -> Value.real(n);
      case 1 -> Value.text(Integer.toString(n));
      case 2 -> Value.text("a");
      case 3 -> Value.text("A");
      case 4 -> random.nextBoolean() ? Value.NULL : Value.blob(new byte[] {97});
      default -> Value.integer(n);
    };
  }

  private static void commit(Random random, Session by) {
    by.execute("BEGIN IMMEDIATE");
    for (int i = random.nextInt(4); i >= 0; i--) {
      if (random.nextInt(8) == 0) {
        by.execute("SAVEPOINT s; " + statement(random) + "; ROLLBACK TO s");
      }
      by.execute(statement(random));
    }
    by.execute(random.nextInt(8) == 0 ? "ROLLBACK" : "COMMIT");
  }

  private static String statement(Random random) {
    int id = random.nextInt(40);
    String row =
        value(random) + "," + random.nextInt(6) + "," + value(random) + "," + value(random);
    return switch (random.nextInt(11)) {
      case 0, 1, 2 -> "INSERT OR REPLACE INTO t (id, k, x, s, c) VALUES (" + id + "," + row + ")";
      case 3 -> "UPDATE t SET k = " + value(random) + " WHERE id = " + id;
      case 4 -> "UPDATE t SET x = x + 1 WHERE k = " + value(random);
      case 5 -> "UPDATE t SET k = (id + " + id + ") % 4 WHERE id % 2 = " + id % 2;
      case 6 -> "DELETE FROM t WHERE id = " + id;
      case 7 -> "INSERT OR REPLACE INTO u VALUES (" + random.nextInt(6) + ", 'n" + id % 6 + "')";
      case 8 -> "DELETE FROM u WHERE k = " + random.nextInt(6);
      case 9 -> "INSERT OR REPLACE INTO w SELECT 'p' || id, id % 4 FROM t WHERE id % 3 = " + id % 3;
      default -> "UPDATE OR REPLACE w SET q = (q + 1) % 4 WHERE p > 'p" + id + "'";
    };
  }

  @Test
  void thousandsThatDifferByAConstantAreCompiledOnce() throws Exception {
    session.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
            + " INSERT INTO t (id, k, x, s) SELECT i, i % 1500, i, 's' || i % 2 FROM n");
    String sql = "SELECT s, count(*), sum(x) FROM t WHERE k = ? GROUP BY s";
    List<LiveQuery> open = new ArrayList<>();
    List<FollowingClient> clients = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      FollowingClient client = new FollowingClient();
      clients.add(client);
      open.add(live.subscribe(sql, List.of(Value.integer(i)), client));
    }
    assertThat(attached.selects().size()).isEqualTo(1);
    assertThat(open.getLast().rowsTouched()).isLessThan(20);
    // The first commit after a change of the schema asks all.
    session.execute("DELETE FROM t WHERE id = 3000");
    session.execute("UPDATE t SET k = k + 1 WHERE id <= 100");
    assertThat(live.stepped()).isEqualTo(101);
    session.execute("UPDATE t SET x = 7");
    assertThat(live.stepped()).isEqualTo(1500);
    for (int i = 0; i < 1500; i += 13) {
      open.get(i).await(session.lastCommit(), LIMIT);
      assertThat(open.get(i).rowsTouched()).isLessThan(20);
      assertThat(clients.get(i).rows()).isEqualTo(select(sql.replace("?", Integer.toString(i))));
    }
    open.forEach(LiveQuery::close);
    assertThat(attached.isEmpty()).isTrue();
  }

  @Test
  void oneThatFailsOnItsDataLeavesTheOthersAlone() throws Exception {
    String sql = "SELECT s, sum(k) FROM t WHERE x = ? GROUP BY s";
    Client bad = new Client();
    Client good = new Client();
    try (LiveQuery first = live.subscribe(sql, List.of(Value.integer(1)), bad);
        LiveQuery second = live.subscribe(sql, List.of(Value.integer(2)), good)) {
      session.execute(
          "INSERT INTO t (id, k, x, s) VALUES (1, 9223372036854775807, 1, 'a'), (2, 1, 1, 'a'),"
              + " (3, 5, 2, 'a')");
      second.await(session.lastCommit(), LIMIT);
      session.execute("INSERT INTO t (id, k, x, s) VALUES (4, 6, 2, 'a')");
      second.await(session.lastCommit(), LIMIT);
      assertThat(good.rows.rows()).isEqualTo(List.of("['a', 11]"));
      assertThat(first.sql()).isEqualTo(second.sql());
      assertThat(bad.failed.await(LIMIT, TimeUnit.MILLISECONDS)).isTrue();
    }
    assertThat(bad.rows.failure()).isNotNull();
    assertThat(attached.isEmpty()).isTrue();
  }

  @Test
  void subscribersComeAndGoWhileOthersCommit() throws Exception {
    AtomicBoolean ends = new AtomicBoolean();
    Random random = new Random(7);
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              Random mine = new Random(8);
              while (!ends.get()) {
                try {
                  commit(mine, other);
                } catch (BusyException e) {
                  // Somebody else's turn; there is another one.
                  other.execute("ROLLBACK");
                }
              }
            });
    List<LiveQuery> open = new ArrayList<>();
    List<FollowingClient> clients = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    try {
      for (int i = 0; i < 250; i++) {
        String query = QUERIES.get(random.nextInt(QUERIES.size())).replace("#", "");
        Value value = value(random);
        FollowingClient client = new FollowingClient();
        open.add(live.subscribe(query, List.of(value), client));
        clients.add(client);
        asked.add(query.replace("?1", value.toString()));
        if (open.size() > 30) {
          int gone = random.nextInt(open.size());
          open.remove(gone).close();
          clients.remove(gone);
          asked.remove(gone);
        }
      }
    } finally {
      ends.set(true);
      writer.join();
    }
    for (int i = 0; i < open.size(); i++) {
      open.get(i).await(other.lastCommit(), LIMIT);
      assertThat(clients.get(i).failure()).as(asked.get(i)).isNull();
      assertThat(clients.get(i).rows()).as(asked.get(i)).isEqualTo(select(asked.get(i)));
    }
    open.forEach(LiveQuery::close);
    assertThat(attached.isEmpty()).isTrue();
  }
}
