package dev.turso.bench;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.value.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What subscriptions that differ by a constant add to a commit, of which each affects one of them. */
final class LiveWorkload implements Workload {

  private static final int[] SUBSCRIPTIONS = {0, 100, 1_000};
  private static final int ACCOUNTS = 10_000;

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
      for (int each : SUBSCRIPTIONS) {
        measure(bench, LiveQueries.of(database), session, each);
      }
    }
  }

  private static void measure(Bench bench, LiveQueries live, Session session, int subscriptions)
      throws SQLException {
    AtomicLong messages = new AtomicLong();
    List<LiveQuery> open = new ArrayList<>();
    for (int account = 0; account < subscriptions; account++) {
      open.add(
          live.subscribe(
              "SELECT id, amount FROM entry WHERE account = ?",
              List.of(Value.integer(account)),
              message -> messages.incrementAndGet()));
    }
    try (Statement insert = session.prepare("INSERT INTO entry(account, amount) VALUES(?, 1)")) {
      bench.perOperation(
          "commit under " + subscriptions + " live queries",
          round -> {
            insert.bind(1, round % Math.min(ACCOUNTS, Math.max(1, subscriptions)));
            insert.run();
          });
    } finally {
      open.forEach(LiveQuery::close);
    }
  }
}
