package dev.turso.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/** Many rows into an empty table in one transaction, by batches of a thousand. */
record BulkWorkload(String label, List<String> indexes) implements Workload {

  private static final int ROWS = 300_000;
  private static final int BATCH = 1_000;

  @Override
  public void run(Bench bench) throws SQLException {
    bench.execute("CREATE TABLE bulk(id INTEGER PRIMARY KEY, k TEXT, r REAL, b BLOB)");
    for (String each : indexes) {
      bench.execute("CREATE INDEX bulk_" + each + " ON bulk(" + each + ")");
    }
    insert(bench.connection(), ROWS / 10);
    bench.execute("DELETE FROM bulk");
    long start = System.nanoTime();
    insert(bench.connection(), ROWS);
    double seconds = (System.nanoTime() - start) / 1e9;
    bench.rate(label, ROWS / seconds, "rows/s", bench.answer("SELECT count(*), sum(r) FROM bulk"));
  }

  private static void insert(Connection connection, int rows) throws SQLException {
    SplittableRandom random = new SplittableRandom(11);
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO bulk VALUES(?, ?, ?, ?)")) {
      for (int id = 1; id <= rows; id++) {
        insert.setLong(1, id);
        insert.setString(2, Dataset.key(id));
        insert.setDouble(3, random.nextInt(1_000_000) / 100.0);
        insert.setBytes(4, Dataset.payload(random));
        insert.addBatch();
        if (id % BATCH == 0) {
          insert.executeBatch();
        }
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }
}
