package dev.turso.bench;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;

/** Reads and writes of single rows and small ranges of {@code kv}, each statement by itself. */
enum KeyedWorkload implements Workload {
  POINT("point", "SELECT id, k, r, b FROM kv WHERE id = ?") {
    @Override
    void bind(PreparedStatement statement, Rows rows) throws SQLException {
      statement.setLong(1, rows.anyId());
    }
  },
  KEY("key", "SELECT id, k, r, b FROM kv WHERE k = ?") {
    @Override
    void bind(PreparedStatement statement, Rows rows) throws SQLException {
      statement.setString(1, Dataset.key(rows.anyId()));
    }
  },
  RANGE("range", "SELECT id, k, r, b FROM kv WHERE id >= ? AND id < ? + 100") {
    @Override
    void bind(PreparedStatement statement, Rows rows) throws SQLException {
      long from = rows.anyId();
      statement.setLong(1, from);
      statement.setLong(2, from);
    }
  },
  INSERT("insert", "INSERT INTO kv(k, r, b) VALUES(?, ?, ?)") {
    @Override
    void bind(PreparedStatement statement, Rows rows) throws SQLException {
      statement.setString(1, Dataset.key(rows.nextId()));
      statement.setDouble(2, 1.5);
      statement.setBytes(3, Dataset.payload(rows.random));
    }
  },
  UPDATE("update", "UPDATE kv SET r = ? WHERE id = ?") {
    @Override
    void bind(PreparedStatement statement, Rows rows) throws SQLException {
      statement.setDouble(1, rows.random.nextInt(1_000_000) / 100.0);
      statement.setLong(2, rows.anyId());
    }
  };

  private final String label;
  private final String sql;

  KeyedWorkload(String label, String sql) {
    this.label = label;
    this.sql = sql;
  }

  /** Which rows a loop has to do with. */
  static final class Rows {
    final SplittableRandom random = new SplittableRandom(7);
    private final int count;
    private long next;

    Rows(int count) {
      this.count = count;
      this.next = count;
    }

    long anyId() {
      return 1 + random.nextInt(count);
    }

    long nextId() {
      return ++next;
    }
  }

  abstract void bind(PreparedStatement statement, Rows rows) throws SQLException;

  @Override
  public String label() {
    return label;
  }

  @Override
  public void run(Bench bench) throws SQLException {
    Rows rows = new Rows(count(bench));
    try (PreparedStatement statement = bench.connection().prepareStatement(sql)) {
      bench.perOperation(
          label,
          round -> {
            bind(statement, rows);
            if (statement.execute()) {
              readAll(statement);
            }
          });
    }
  }

  private static int count(Bench bench) throws SQLException {
    try (PreparedStatement statement =
            bench.connection().prepareStatement("SELECT count(*), sum(r) FROM kv WHERE r >= 0");
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void readAll(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      while (rows.next()) {
        rows.getLong(1);
        rows.getString(2);
        rows.getDouble(3);
        rows.getBytes(4);
      }
    }
  }
}
