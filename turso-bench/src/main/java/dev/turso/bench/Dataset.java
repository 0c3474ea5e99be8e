package dev.turso.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;

/**
 * The tables that the workloads read and write, from a fixed seed.
 *
 * <pre>
 *   kv(id, k, r, b)                    keyed rows: an integer key, an indexed text key, a number, 64 bytes
 *   fact(id, g1, g2, d_id, w, v, s)    100 groups, rows/5 groups, a dimension, numbers and a text
 *   dim(id, cat, rg_id), region(id, nm), doc(id, body)
 * </pre>
 */
final class Dataset {

  private static final int BATCH = 10_000;
  private static final long SEED = 42;
  private static final int REGIONS = 10;

  private Dataset() {}

  /** The text key of a row. */
  static String key(long id) {
    return String.format("key%013d", id * 7919 % 10_000_000_019L);
  }

  static byte[] payload(SplittableRandom random) {
    byte[] bytes = new byte[64];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Makes the file, with as many rows in {@code kv} and in {@code fact} as asked for. */
  static void create(Path file, int rows) throws SQLException {
    try (Connection connection = Engine.SQLITE.connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kv(id INTEGER PRIMARY KEY, k TEXT, r REAL, b BLOB)");
      statement.execute(
          "CREATE TABLE fact(id INTEGER PRIMARY KEY, g1 INT, g2 INT, d_id INT, w INT, v REAL, s TEXT)");
      statement.execute("CREATE TABLE dim(id INTEGER PRIMARY KEY, cat INT, rg_id INT)");
      statement.execute("CREATE TABLE region(id INTEGER PRIMARY KEY, nm TEXT)");
      statement.execute("CREATE TABLE doc(id INTEGER PRIMARY KEY, body TEXT)");
      connection.setAutoCommit(false);
      int dimensions = Math.max(1, rows / 50);
      keyed(connection, rows);
      facts(connection, rows, dimensions);
      dimensions(connection, dimensions);
      documents(connection, Math.max(1, rows / 10));
      statement.execute("CREATE INDEX kv_k ON kv(k)");
      connection.commit();
      connection.setAutoCommit(true);
      statement.execute("ANALYZE");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private static void keyed(Connection connection, int rows) throws SQLException {
    SplittableRandom random = new SplittableRandom(SEED);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO kv VALUES(?, ?, ?, ?)")) {
      for (int id = 1; id <= rows; id++) {
        insert.setLong(1, id);
        insert.setString(2, key(id));
        insert.setDouble(3, random.nextInt(1_000_000) / 100.0);
        insert.setBytes(4, payload(random));
        addTo(insert, id, rows);
      }
    }
  }

  private static void facts(Connection connection, int rows, int dimensions) throws SQLException {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    int groups = Math.max(1, rows / 5);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO fact VALUES(?, ?, ?, ?, ?, ?, ?)")) {
      for (int id = 1; id <= rows; id++) {
        insert.setLong(1, id);
        insert.setInt(2, random.nextInt(100));
        insert.setInt(3, random.nextInt(groups));
        insert.setInt(4, 1 + random.nextInt(dimensions));
        insert.setInt(5, random.nextInt(1_000));
        insert.setDouble(6, random.nextInt(100_000) / 100.0);
        insert.setString(7, Long.toHexString(random.nextLong()));
        addTo(insert, id, rows);
      }
    }
  }

  private static void dimensions(Connection connection, int rows) throws SQLException {
    SplittableRandom random = new SplittableRandom(SEED + 2);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO dim VALUES(?, ?, ?)")) {
      for (int id = 1; id <= rows; id++) {
        insert.setLong(1, id);
        insert.setInt(2, random.nextInt(100));
        insert.setInt(3, 1 + random.nextInt(REGIONS));
        addTo(insert, id, rows);
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO region VALUES(?, 'region ' || ?1)")) {
      for (int id = 1; id <= REGIONS; id++) {
        insert.setLong(1, id);
        addTo(insert, id, REGIONS);
      }
    }
  }

  private static void documents(Connection connection, int rows) throws SQLException {
    SplittableRandom random = new SplittableRandom(SEED + 3);
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO doc VALUES(?, ?)")) {
      for (int id = 1; id <= rows; id++) {
        insert.setLong(1, id);
        insert.setString(
            2,
            "{\"name\":\"n"
                + id
                + "\",\"a\":{\"b\":"
                + random.nextInt(1_000)
                + "},\"tags\":[1,2,3]}");
        addTo(insert, id, rows);
      }
    }
  }

  private static void addTo(PreparedStatement insert, int id, int rows) throws SQLException {
    insert.addBatch();
    if (id % BATCH == 0 || id == rows) {
      insert.executeBatch();
    }
  }
}
