package dev.turso.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.SplittableRandom;

/**
 * What an aggregate that is always up to date adds to writing. Here it is a materialized view; on SQLite
 * the triggers that one would write by hand.
 */
final class ViewWorkload implements Workload {

  private static final int PER_TRANSACTION = 1_000;
  private static final int GROUPS = 1_000;

  @Override
  public String label() {
    return "view";
  }

  @Override
  public void run(Bench bench) throws SQLException {
    bench.execute("CREATE TABLE event(id INTEGER PRIMARY KEY, g INT, x INT)");
    measure(bench, "without");
    if (bench.engine().isOurs()) {
      bench.execute(
          "CREATE MATERIALIZED VIEW total AS SELECT g, count(*) AS n, sum(x) AS s FROM event GROUP BY g");
    } else {
      triggers(bench);
    }
    measure(bench, "with");
    String kept = bench.answer("SELECT g, n, s FROM total");
    String computed = bench.answer("SELECT g, count(*), sum(x) FROM event GROUP BY g");
    if (!kept.equals(computed)) {
      throw new IllegalStateException("the aggregate differs: " + kept + " and " + computed);
    }
  }

  private static void triggers(Bench bench) throws SQLException {
    bench.execute("CREATE TABLE total(g INTEGER PRIMARY KEY, n INT, s INT)");
    bench.execute("INSERT INTO total SELECT g, count(*), sum(x) FROM event GROUP BY g");
    bench.execute(
        "CREATE TRIGGER event_in AFTER INSERT ON event BEGIN"
            + " INSERT INTO total VALUES(new.g, 1, new.x)"
            + " ON CONFLICT(g) DO UPDATE SET n = n + 1, s = s + new.x; END");
  }

  private static void measure(Bench bench, String how) throws SQLException {
    Connection connection = bench.connection();
    SplittableRandom random = new SplittableRandom(5);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO event(g, x) VALUES(?, ?)")) {
      bench.perOperation(
          "one row per commit, " + how,
          round -> {
            insert.setInt(1, random.nextInt(GROUPS));
            insert.setInt(2, random.nextInt(100));
            insert.executeUpdate();
          });
      connection.setAutoCommit(false);
      bench.perOperation(
          "a thousand rows per commit, " + how,
          round -> {
            for (int i = 0; i < PER_TRANSACTION; i++) {
              insert.setInt(1, random.nextInt(GROUPS));
              insert.setInt(2, random.nextInt(100));
              insert.executeUpdate();
            }
            connection.commit();
          });
      connection.setAutoCommit(true);
    }
  }
}
