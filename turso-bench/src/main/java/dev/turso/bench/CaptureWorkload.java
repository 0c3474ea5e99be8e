package dev.turso.bench;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What the durable change log adds to a commit of one updated row. */
final class CaptureWorkload implements Workload {

  private static final int ROWS = 100_000;

  @Override
  public String label() {
    return "capture";
  }

  @Override
  public boolean runsOn(Engine engine) {
    return engine.isOurs();
  }

  @Override
  public void run(Bench bench) throws SQLException {
    for (String mode : new String[] {"off", "id", "full"}) {
      bench.execute("PRAGMA turso_capture = '" + mode + "'");
      try (PreparedStatement update =
          bench.connection().prepareStatement("UPDATE kv SET r = r + 1 WHERE id = ?")) {
        bench.perOperation(
            "update with capture " + mode,
            round -> {
              update.setLong(1, 1 + round * 7919 % ROWS);
              update.executeUpdate();
            });
      }
    }
  }
}
