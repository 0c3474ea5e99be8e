package dev.turso.bench;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.value.Value;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What subscriptions that differ by a constant add to a commit: of one row, which means something to one
 * of them, and of a thousand rows, each of which does to another one. And what many of them occupy.
 */
final class LiveWorkload implements Workload {

  private static final int[] SUBSCRIPTIONS = {0, 100, 10_000};
  private static final int MOST = 100_000;
  private static final int ROWS = 1_000;
  private static final int ROUNDS = 100;
  private static final int WARM = 30_000;

  private static final String LIST = "SELECT id, amount FROM entry WHERE account = ?";
  private static final String SUM =
      "SELECT account, count(*), sum(amount) FROM entry WHERE account = ? GROUP BY account";

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Override
  public String label() {
    return "live";
  }

  @Override
  public boolean runsOn(Engine engine) {
    return engine.isOurs();
  }

  @Override
  public void run(Bench bench) throws SQLException {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE entry(id INTEGER PRIMARY KEY, account INT, amount INT)");
      session.execute("CREATE INDEX entry_account ON entry(account)");
      session.execute(
          "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"
              + " INSERT INTO entry(account, amount) SELECT i, i FROM n");
      LiveQueries live = LiveQueries.of(database);
      warm(live, session);
      for (int each : SUBSCRIPTIONS) {
        single(bench, live, session, LIST, each);
      }
      single(bench, live, session, SUM, 10_000);
      many(bench, live, session, LIST, "filter", 0);
      many(bench, live, session, LIST, "filter", 10_000);
      many(bench, live, session, SUM, "group", 10_000);
      occupied(bench, live, session);
    }
  }

  private static List<LiveQuery> subscribe(
      LiveQueries live, String sql, int subscriptions, AtomicLong messages) {
    List<LiveQuery> open = new ArrayList<>();
    for (int account = 0; account < subscriptions; account++) {
      open.add(
          live.subscribe(
              sql, List.of(Value.integer(account)), message -> messages.incrementAndGet()));
    }
    return open;
  }

  /** So that what is measured first is not what is compiled meanwhile. */
  private static void warm(LiveQueries live, Session session) throws SQLException {
    List<LiveQuery> open = subscribe(live, LIST, 100, new AtomicLong());
    try (Statement update = session.prepare("UPDATE entry SET amount = amount + 1 WHERE id = ?")) {
      for (int round = 0; round < WARM; round++) {
        update.bind(1, 1 + round % 100);
        update.run();
      }
      settle(open, session);
    } finally {
      open.forEach(LiveQuery::close);
    }
  }

  /** Commits of one row, each of which affects one subscription. */
  private void single(Bench bench, LiveQueries live, Session session, String sql, int subscriptions)
      throws SQLException {
    AtomicLong messages = new AtomicLong();
    List<LiveQuery> open = subscribe(live, sql, subscriptions, messages);
    String under = sql.equals(LIST) ? " live queries" : " live sums";
    try (Statement update = session.prepare("UPDATE entry SET amount = amount + 1 WHERE id = ?")) {
      long[] cpu = new long[2];
      bench.perOperation(
          "commit under " + subscriptions + under,
          round -> {
            update.bind(1, 1 + round % Math.min(10_000, Math.max(1, subscriptions)));
            long before = threads.getCurrentThreadCpuTime();
            update.run();
            cpu[0] += threads.getCurrentThreadCpuTime() - before;
            cpu[1]++;
          });
      bench.cost(
          "CPU of the committing thread under " + subscriptions + under,
          cpu[0] / 1e3 / cpu[1],
          "µs",
          "");
    } finally {
      open.forEach(LiveQuery::close);
    }
  }

  /** Commits of a thousand rows, each of which affects another subscription. */
  private void many(
      Bench bench, LiveQueries live, Session session, String sql, String what, int subscriptions)
      throws SQLException {
    AtomicLong messages = new AtomicLong();
    List<LiveQuery> open = subscribe(live, sql, subscriptions, messages);
    try (Statement update =
        session.prepare("UPDATE entry SET amount = amount + 1 WHERE id > ? AND id <= ?")) {
      long least = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        update.bind(1, (long) round % 9 * ROWS);
        update.bind(2, (long) (round % 9 + 1) * ROWS);
        long before = threads.getCurrentThreadCpuTime();
        update.run();
        least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
        settle(open, session);
      }
      bench.cost(
          "CPU of a commit of 1000 rows under " + subscriptions + " live queries, " + what,
          least / 1e3,
          "µs",
          live.stepped() + " stepped");
    } finally {
      open.forEach(LiveQuery::close);
    }
  }

  /** The heap that a hundred thousand subscriptions occupy once their snapshots are told. */
  private static void occupied(Bench bench, LiveQueries live, Session session) throws SQLException {
    for (String sql : new String[] {LIST, SUM}) {
      long before = heap();
      AtomicLong messages = new AtomicLong();
      long start = System.nanoTime();
      List<LiveQuery> open = subscribe(live, sql, MOST, messages);
      settle(open, session);
      double seconds = (System.nanoTime() - start) / 1e9;
      String what = sql.equals(LIST) ? "queries" : "sums";
      bench.cost(
          "heap of " + MOST + " live " + what,
          (heap() - before) / 1e6,
          "MB",
          messages.get() + " snapshots");
      bench.rate("subscribing to live " + what, MOST / seconds, "/s", "");
      open.forEach(LiveQuery::close);
    }
  }

  private static void settle(List<LiveQuery> open, Session session) throws SQLException {
    try {
      for (LiveQuery each : open) {
        each.await(session.lastCommit(), TimeUnit.MINUTES.toMillis(2));
      }
    } catch (InterruptedException | TimeoutException e) {
      throw new SQLException(e);
    }
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
