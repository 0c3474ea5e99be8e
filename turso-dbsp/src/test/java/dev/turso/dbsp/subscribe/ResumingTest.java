package dev.turso.dbsp.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.change.Position;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener that comes back with its position is told what it missed, or everything. */
class ResumingTest {

  private static final long LIMIT = 60_000;

  private static final List<String> STATELESS =
      List.of(
          "SELECT id, k, x FROM t WHERE k = ?1",
          "SELECT x + 1 FROM t WHERE k > ?1",
          "SELECT t.id, name FROM t JOIN u ON u.k = t.x WHERE t.k = ?1",
          "SELECT t.id, name FROM t LEFT JOIN u ON u.k = t.x WHERE t.k = ?1",
          "SELECT a.id, b.id FROM t a JOIN t b ON a.x = b.x WHERE a.k = ?1",
          "SELECT k FROM u WHERE NOT EXISTS (SELECT 1 FROM t WHERE t.k = ?1 AND t.x = u.k)",
          "SELECT id FROM t WHERE k = ?1 UNION ALL SELECT k FROM u");

  private static final String SUMS = "SELECT k, sum(x) FROM t WHERE k > ?1 GROUP BY k";

  private Database database;
  private Session session;
  private Session other;
  private LiveQueries live;

  @BeforeEach
  void open() {
    database = Database.open("mem:resuming", Options.DEFAULT.withBusyTimeout(5000));
    session = database.connect();
    other = database.connect();
    live = LiveQueries.of(database);
    session.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, k INT, x INT); CREATE INDEX t_x ON t (x);"
            + "CREATE TABLE u (k INTEGER PRIMARY KEY, name TEXT)");
  }

  @AfterEach
  void close() {
    other.close();
    session.close();
    database.close();
  }

  private List<String> select(String sql) {
    return AllRows.texts(session, sql);
  }

  /** Keeps the tables recorded. */
  private LiveQuery keeper() throws Exception {
    LiveQuery keeper =
        live.subscribe("SELECT * FROM t, u WHERE t.id = -1", List.of(), message -> {});
    session.execute("INSERT OR REPLACE INTO t (id, k, x) VALUES (1000, 1, 1)");
    keeper.await(session.lastCommit(), LIMIT);
    return keeper;
  }

  /** A client that goes away and comes back. */
  private final class Client {

    private final FollowingClient following = new FollowingClient();
    private final String sql;
    private final Value value;
    private @Nullable Position known;
    private @Nullable LiveQuery query;

    Client(String sql, Value value) {
      this.sql = sql;
      this.value = value;
    }

    void come() throws Exception {
      Position from = known;
      LiveQuery opened =
          from == null
              ? live.subscribe(sql, List.of(value), following)
              : live.subscribe(sql, List.of(value), from, following);
      query = opened;
      check();
    }

    void check() throws Exception {
      LiveQuery running = query;
      if (running != null) {
        running.await(session.lastCommit(), LIMIT);
        running.await(other.lastCommit(), LIMIT);
        assertThat(following.failure()).as(sql).isNull();
        assertThat(following.rows())
            .as(sql + " " + value)
            .isEqualTo(select(sql.replace("?1", value.toString())));
      }
    }

    void go() {
      LiveQuery running = query;
      if (running != null) {
        known = running.position();
        running.close();
        query = null;
      }
    }
  }

  @Test
  void whatWasMissedComesAsOneDelta() throws Exception {
    try (LiveQuery keeper = keeper()) {
      Client client = new Client(STATELESS.getFirst(), Value.integer(1));
      client.come();
      client.go();
      session.execute("INSERT INTO t VALUES (1, 1, 1), (2, 1, 2)");
      session.execute("BEGIN; UPDATE t SET k = 2 WHERE id = 1; DELETE FROM t WHERE id = 3; COMMIT");
      session.execute("UPDATE t SET x = 9 WHERE id = 2");
      client.come();
      assertThat(client.following.snapshots()).isEqualTo(1);
      assertThat(client.following.messages()).isEqualTo(2);
      client.go();
      client.come();
      assertThat(client.following.snapshots()).isEqualTo(1);
      assertThat(client.following.messages()).as("also if nothing has changed").isEqualTo(3);
      session.execute("DELETE FROM t");
      client.check();
      assertThat(client.following.messages()).isEqualTo(4);
      client.go();
      assertThat(keeper.rows()).isZero();
    }
  }

  @Test
  void whatIsNotKnownComesAsASnapshot() throws Exception {
    Client alone = new Client(STATELESS.getFirst(), Value.integer(1));
    alone.come();
    session.execute("INSERT INTO t VALUES (1, 1, 1)");
    alone.check();
    alone.go();
    session.execute("INSERT INTO t VALUES (2, 1, 1)");
    alone.come();
    assertThat(alone.following.snapshots()).as("nobody recorded the table").isEqualTo(2);
    alone.go();
    try (LiveQuery keeper = keeper()) {
      Client sums = new Client(SUMS, Value.integer(0));
      sums.come();
      sums.go();
      sums.come();
      assertThat(sums.following.snapshots()).as("sums are kept").isEqualTo(2);
      sums.go();
      Client across = new Client(STATELESS.getFirst(), Value.integer(1));
      across.come();
      across.go();
      session.execute("ALTER TABLE t ADD COLUMN y DEFAULT 7");
      across.come();
      assertThat(across.following.snapshots()).as("another schema").isEqualTo(2);
      across.go();
      across.known = new Position(keeper.position().epoch() + 1, 1);
      across.come();
      assertThat(across.following.snapshots()).as("another opening").isEqualTo(3);
      across.go();
    }
  }

  @Test
  void aTransactionFromBeforeTheTableWasReadIsNotTakenForKnown() throws Exception {
    Client client = new Client(STATELESS.getFirst(), Value.integer(1));
    client.come();
    session.execute("INSERT INTO t VALUES (1, 1, 1)");
    client.check();
    client.go();
    other.execute("BEGIN IMMEDIATE; INSERT INTO t VALUES (2, 1, 1)");
    try (LiveQuery keeper =
        live.subscribe("SELECT * FROM t WHERE id = -1", List.of(), message -> {})) {
      other.execute("COMMIT");
      client.come();
      assertThat(client.following.snapshots()).isEqualTo(2);
      client.go();
      session.execute("INSERT INTO t VALUES (3, 1, 1)");
      client.come();
      client.go();
      session.execute("DELETE FROM t WHERE id = 2");
      client.come();
      client.go();
      assertThat(keeper.rows()).isZero();
    }
  }

  @Test
  void manyThatComeAndGoHaveWhatTheQuerySays() throws Exception {
    long seed = Long.getLong("turso.seed", 77123);
    int rounds = Integer.getInteger("turso.live.rounds", 60);
    System.out.println("ResumingTest seed " + seed);
    Random random = new Random(seed);
    List<Client> clients = new ArrayList<>();
    int snapshots = 0;
    int comings = 0;
    LiveQuery keeper = keeper();
    try {
      for (int i = 0; i < 16; i++) {
        String sql = i == 0 ? SUMS : STATELESS.get(i % STATELESS.size());
        clients.add(new Client(sql, Value.integer(i % 4)));
      }
      for (int round = 0; round < rounds; round++) {
        for (Client each : clients) {
          if (random.nextInt(3) == 0) {
            if (each.query == null) {
              each.come();
              comings++;
            } else {
              each.go();
            }
          }
        }
        if (random.nextInt(20) == 0) {
          session.execute("ALTER TABLE t ADD COLUMN c" + round + " DEFAULT " + round);
        }
        if (random.nextInt(15) == 0) {
          keeper.close();
          keeper = keeper();
        }
        commit(random, random.nextBoolean() ? session : other);
        for (Client each : clients) {
          each.check();
        }
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
    for (Client each : clients) {
      each.go();
      snapshots += each.following.snapshots();
    }
    keeper.close();
    System.out.println("ResumingTest: " + comings + " comings, " + snapshots + " snapshots");
    assertThat(snapshots).isLessThan(comings);
    assertThat(database.extension(AttachedLiveQueries.class).isEmpty()).isTrue();
  }

  private static void commit(Random random, Session by) {
    by.execute("BEGIN IMMEDIATE");
    for (int i = random.nextInt(5); i >= 0; i--) {
      int id = random.nextInt(30);
      int k = random.nextInt(5);
      by.execute(
          switch (random.nextInt(7)) {
            case 0, 1 ->
                "INSERT OR REPLACE INTO t (id, k, x) VALUES (" + id + "," + k + "," + id % 4 + ")";
            case 2 -> "UPDATE t SET k = " + k + " WHERE id % 3 = " + id % 3;
            case 3 -> "UPDATE t SET x = (x + 1) % 5 WHERE id < " + id;
            case 4 -> "DELETE FROM t WHERE id = " + id;
            case 5 -> "INSERT OR REPLACE INTO u VALUES (" + k + ", 'n" + id % 6 + "')";
            default -> "DELETE FROM u WHERE k = " + k;
          });
    }
    by.execute(random.nextInt(6) == 0 ? "ROLLBACK" : "COMMIT");
  }
}
