package dev.turso.dbsp.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.change.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live query begins beside writers: it neither waits for them nor misses what they do. */
class JoiningTheStreamTest {

  private static final long LIMIT = 20_000;

  @TempDir Path folder;

  private static List<String> select(Session session, String sql) {
    return AllRows.texts(session, sql);
  }

  @Test
  void aWriterThatHoldsItsTransactionOpenHoldsUpNoSubscriber() throws Exception {
    for (String url : List.of("mem:joining", folder.resolve("open.db").toString())) {
      try (Database database = Database.open(url, Options.DEFAULT);
          Session writer = database.connect();
          Session reader = database.connect()) {
        writer.execute(
            "PRAGMA journal_mode=WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, a);"
                + " INSERT INTO t VALUES (1, 'x')");
        writer.execute("BEGIN IMMEDIATE; INSERT INTO t VALUES (2, 'y')");
        FollowingClient client = new FollowingClient();
        LiveQuery query =
            CompletableFuture.supplyAsync(() ->
                    LiveQueries.of(database).subscribe("SELECT id, a FROM t", List.of(), client))
                .get(10, TimeUnit.SECONDS);
        query.await(query.position(), LIMIT);
        assertThat(client.rows()).isEqualTo(select(reader, "SELECT id, a FROM t")).hasSize(1);
        writer.execute("INSERT INTO t VALUES (3, 'z'); COMMIT");
        query.await(writer.lastCommit(), LIMIT);
        assertThat(client.rows()).isEqualTo(select(reader, "SELECT id, a FROM t")).hasSize(3);
        writer.execute("DELETE FROM t WHERE id = 1");
        query.await(writer.lastCommit(), LIMIT);
        assertThat(client.rows()).isEqualTo(select(reader, "SELECT id, a FROM t")).hasSize(2);
        query.close();
      }
    }
  }

  @Test
  void anOpenTransactionThatIsRolledBackLeavesTheSubscriberAlone() throws Exception {
    try (Database database = Database.open("mem:joining-rollback", Options.DEFAULT);
        Session writer = database.connect()) {
      writer.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (1, 'x')");
      writer.execute("BEGIN IMMEDIATE; INSERT INTO t VALUES (2, 'y')");
      FollowingClient client = new FollowingClient();
      try (LiveQuery query =
          LiveQueries.of(database).subscribe("SELECT id, a FROM t", List.of(), client)) {
        writer.execute("ROLLBACK");
        writer.execute("UPDATE t SET a = 'z'");
        query.await(writer.lastCommit(), LIMIT);
        assertThat(client.rows()).isEqualTo(select(writer, "SELECT id, a FROM t"));
        assertThat(client.snapshots()).isEqualTo(1);
      }
    }
  }

  @Test
  void aSchemaChangeUnderWayWhileSubscribingIsFollowed() throws Exception {
    try (Database database = Database.open("mem:joining-ddl", Options.DEFAULT);
        Session writer = database.connect()) {
      writer.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (1, 'x')");
      writer.execute("BEGIN IMMEDIATE; CREATE INDEX t_a ON t (a); INSERT INTO t VALUES (2, 'y')");
      FollowingClient client = new FollowingClient();
      try (LiveQuery query =
          LiveQueries.of(database)
              .subscribe("SELECT COUNT(*) FROM t WHERE a > 'a'", List.of(), client)) {
        writer.execute("COMMIT");
        query.await(writer.lastCommit(), LIMIT);
        assertThat(client.rows()).isEqualTo(select(writer, "SELECT COUNT(*) FROM t"));
      }
    }
  }

  @Test
  void subscribersThatComeWhileOthersWriteSeeEachCommitOnce() throws Exception {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    System.out.println("JoiningTheStreamTest seed " + seed);
    try (Database database =
            Database.open(
                folder.resolve("busy.db").toString(), Options.DEFAULT.withBusyTimeout(20_000));
        Session session = database.connect()) {
      session.execute(
          "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
              + " CREATE TABLE account (id INTEGER PRIMARY KEY, owner INTEGER, amount INTEGER);"
              + " CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT);"
              + " WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1999)"
              + " INSERT INTO account SELECT i, i % 50, 100 FROM n;"
              + " INSERT INTO owner SELECT DISTINCT owner, 'o' || owner FROM account");
      AtomicBoolean stop = new AtomicBoolean();
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Random random = new Random(seed + i);
        writers.add(Thread.startVirtualThread(() -> transfer(database, random, stop)));
      }
      List<FollowingClient> clients = new ArrayList<>();
      List<LiveQuery> queries = new ArrayList<>();
      List<String> sqls =
          List.of(
              "SELECT SUM(amount), COUNT(*) FROM account",
              "SELECT owner, SUM(amount) FROM account GROUP BY owner",
              "SELECT o.name, a.amount FROM account a JOIN owner o ON o.id = a.owner",
              "SELECT id, amount FROM account ORDER BY amount DESC, id LIMIT 5");
      for (int i = 0; i < 12; i++) {
        FollowingClient client = new FollowingClient();
        clients.add(client);
        queries.add(
            LiveQueries.of(database).subscribe(sqls.get(i % sqls.size()), List.of(), client));
      }
      stop.set(true);
      for (Thread each : writers) {
        each.join();
      }
      session.execute("INSERT INTO owner VALUES (1000, 'last')");
      Position end = session.lastCommit();
      for (int i = 0; i < clients.size(); i++) {
        queries.get(i).await(end, LIMIT);
        assertThat(clients.get(i).failure()).isNull();
        assertThat(clients.get(i).rows())
            .as("seed %d, %s", seed, queries.get(i).sql())
            .isEqualTo(select(session, queries.get(i).sql()));
        queries.get(i).close();
      }
    }
  }

  private static void transfer(Database database, Random random, AtomicBoolean stop) {
    try (Session session = database.connect()) {
      while (!stop.get()) {
        session.execute("BEGIN IMMEDIATE");
        for (int n = random.nextInt(3); n >= 0; n--) {
          session.execute(
              "UPDATE account SET amount = amount - 1 WHERE id = " + random.nextInt(2000));
          session.execute(
              "UPDATE account SET amount = amount + 1, owner = owner WHERE id = "
                  + random.nextInt(2000));
        }
        session.execute(random.nextInt(6) == 0 ? "ROLLBACK" : "COMMIT");
      }
    }
  }
}
