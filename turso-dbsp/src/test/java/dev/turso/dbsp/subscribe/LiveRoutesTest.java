package dev.turso.dbsp.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A commit asks only the live queries that it can mean something to, and none is missed. */
class LiveRoutesTest {

  private static final long LIMIT = 60_000;

  /** Queries with one value compared at {@code #}; {@code (# IS 1)} compares it out of sight. */
  private static final List<String> QUERIES =
      List.of(
          "SELECT id, k, x FROM t WHERE #t.k = ?1#",
          "SELECT x FROM t WHERE #?1 = k# AND x > 3",
          "SELECT id, k FROM t WHERE #id = ?1#",
          "SELECT count(*), sum(x) FROM t WHERE #k = ?1#",
          "SELECT name, sum(x) FROM t JOIN u ON u.k = t.k WHERE #t.k = ?1# GROUP BY name",
          "SELECT t.id, name FROM t LEFT JOIN u ON u.k = t.x WHERE #t.k = ?1#",
          "SELECT a.id, b.id FROM t a JOIN t b ON a.x = b.x WHERE #a.k = ?1#",
          "SELECT id FROM t WHERE #k = ?1# ORDER BY x, id LIMIT 3",
          "SELECT id FROM t WHERE #k = ?1# UNION SELECT k FROM u",
          "SELECT name FROM u WHERE EXISTS (SELECT 1 FROM t WHERE #t.k = ?1# AND t.x = u.k)",
          "SELECT k FROM u WHERE #name = 'n' || ?1#",
          "SELECT k, name FROM u WHERE #name = 'N' || ?1 COLLATE NOCASE#",
          "SELECT p, q FROM w WHERE #q = ?1#",
          "SELECT p, (SELECT max(x) FROM t WHERE #t.k = ?1#) FROM w");

  private Database database;
  private Session session;
  private LiveQueries live;

  @BeforeEach
  void open() {
    database = Database.open("mem:live-routes", Options.DEFAULT.withBusyTimeout(5000));
    session = database.connect();
    live = LiveQueries.of(database);
    session.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, k INT, x REAL);"
            + "CREATE TABLE u (k INTEGER PRIMARY KEY, name TEXT);"
            + "CREATE TABLE w (p TEXT, q NUMERIC, PRIMARY KEY (q, p)) WITHOUT ROWID");
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private static final class Client implements LiveQueryListener {

    private final List<String> messages = new ArrayList<>();

    @Override
    public synchronized void message(LiveMessage message) {
      List<String> changes = message.changes().stream().map(Object::toString).sorted().toList();
      messages.add(message.kind() + " " + message.position() + " " + changes);
    }

    synchronized List<String> messages() {
      return List.copyOf(messages);
    }
  }

  /** One query subscribed to twice: found by its value, and asked at every change of its tables. */
  private final class Pair {

    private final Client found = new Client();
    private final Client asked = new Client();
    private final List<LiveQuery> open;

    Pair(String query, Value value) throws Exception {
      String hidden = query.replaceAll("#(.*)#", "(($1) IS 1)");
      open =
          List.of(
              live.subscribe(query.replace("#", ""), List.of(value), found),
              live.subscribe(hidden, List.of(value), asked));
      // What is not told yet when the next commit comes would be one message with it.
      check();
    }

    void check() throws Exception {
      for (LiveQuery each : open) {
        each.await(session.lastCommit(), LIMIT);
      }
      assertThat(open.getFirst().position()).isEqualTo(open.getLast().position());
      assertThat(found.messages()).as(open.getFirst().sql()).isEqualTo(asked.messages());
    }

    void close() {
      open.forEach(LiveQuery::close);
    }
  }

  @Test
  void whatIsFoundByItsValueGetsTheMessagesOfWhatIsAlwaysAsked() throws Exception {
    long seed = Long.getLong("turso.seed", 20779);
    System.out.println("LiveRoutesTest seed " + seed);
    Random random = new Random(seed);
    List<Pair> pairs = new ArrayList<>();
    int rounds = Integer.getInteger("turso.live.rounds", 80);
    try {
      for (int round = 0; round < rounds; round++) {
        if (pairs.size() < 30) {
          pairs.add(new Pair(QUERIES.get(random.nextInt(QUERIES.size())), value(random)));
        }
        if (random.nextInt(4) == 0) {
          pairs.remove(random.nextInt(pairs.size())).close();
        }
        if (round % 50 == 25) {
          session.execute("ALTER TABLE t ADD COLUMN c" + round + " DEFAULT " + round);
          check(pairs);
        }
        commit(random);
        check(pairs);
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
    pairs.forEach(Pair::close);
    assertThat(live.openCount()).isZero();
    assertThat(database.extension(AttachedLiveQueries.class).isEmpty()).isTrue();
  }

  private static Value value(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Value.real(random.nextInt(6));
      case 1 -> Value.text(Integer.toString(random.nextInt(6)));
      case 2 -> random.nextInt(3) == 0 ? Value.NULL : Value.integer(2);
      default -> Value.integer(random.nextInt(6));
    };
  }

  private static void check(List<Pair> pairs) throws Exception {
    for (Pair each : pairs) {
      each.check();
    }
  }

  private void commit(Random random) {
    boolean kept = random.nextInt(8) > 0;
    session.execute("BEGIN");
    for (int i = random.nextInt(4); i >= 0; i--) {
      session.execute(statement(random));
    }
    session.execute(kept ? "COMMIT" : "ROLLBACK");
  }

  private static String statement(Random random) {
    int id = random.nextInt(20);
    int k = random.nextInt(6);
    int x = random.nextInt(6);
    return switch (random.nextInt(9)) {
      case 0, 1 -> "INSERT OR REPLACE INTO t (id, k, x) VALUES (" + id + "," + k + "," + x + ")";
      case 2 -> "UPDATE t SET k = " + k + " WHERE id = " + id;
      case 3 -> "UPDATE t SET x = x + 1 WHERE k = " + k;
      case 4 -> "DELETE FROM t WHERE id = " + id;
      case 5 -> "INSERT OR REPLACE INTO u VALUES (" + k + ", 'n" + x + "')";
      case 6 -> "DELETE FROM u WHERE k = " + k;
      case 7 -> "INSERT OR REPLACE INTO w VALUES ('p" + x + "', " + k + ")";
      default -> "DELETE FROM w WHERE q = " + k;
    };
  }

  @Test
  void aCommitRunsOnlyTheCircuitsOfTheValuesThatItTouches() throws Exception {
    List<LiveQuery> open = new ArrayList<>();
    List<Client> clients = new ArrayList<>();
    int count = 300;
    for (int i = 0; i < count; i++) {
      Client client = new Client();
      clients.add(client);
      open.add(
          live.subscribe("SELECT id, x FROM t WHERE k = ?", List.of(Value.integer(i)), client));
    }
    // A snapshot that is not told yet would take the commit in.
    for (LiveQuery each : open) {
      each.await(session.lastCommit(), LIMIT);
    }
    session.execute("INSERT INTO t VALUES (1, 17, 0)");
    open.get(17).await(session.lastCommit(), LIMIT);
    session.execute("UPDATE t SET k = 18");
    assertThat(live.stepped()).isEqualTo(2);
    session.execute("INSERT INTO t VALUES (2, 100000, 0)");
    assertThat(live.stepped()).isZero();
    for (int i = 0; i < count; i++) {
      open.get(i).await(session.lastCommit(), LIMIT);
      assertThat(open.get(i).position()).isGreaterThanOrEqualTo(session.lastCommit());
      assertThat(clients.get(i).messages()).hasSize(i == 17 ? 3 : i == 18 ? 2 : 1);
    }
    open.forEach(LiveQuery::close);
    assertThat(database.extension(AttachedLiveQueries.class).isEmpty()).isTrue();
  }

  @Test
  void aRowFromBeforeAColumnWasAddedIsFoundByTheColumnsDefault() throws Exception {
    session.execute("INSERT INTO t VALUES (1, 1, 1)");
    session.execute("ALTER TABLE t ADD COLUMN d DEFAULT 7");
    Client client = new Client();
    try (LiveQuery query =
        live.subscribe("SELECT id FROM t WHERE d = ?", List.of(Value.integer(7)), client)) {
      query.await(session.lastCommit(), LIMIT);
      session.execute("DELETE FROM t");
      query.await(session.lastCommit(), LIMIT);
      assertThat(client.messages()).hasSize(2);
      assertThat(AllRows.of(session, "SELECT * FROM t")).isEmpty();
    }
  }
}
