package dev.turso.spring.client;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;

/** An application of sqlite-jdbc's in a process of its own: writes a file, or reads what became of it. */
final class NativeApplication {

  static final long MILLIS = 1_234_567_890_123L;

  private NativeApplication() {}

  public static void main(String[] arguments) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[1]);
        Statement statement = connection.createStatement()) {
      if (arguments[0].equals("read")) {
        read(statement);
        return;
      }
      statement.execute("PRAGMA journal_mode = " + arguments[0]);
      statement.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, at TIMESTAMP, iso TEXT)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO event (at, iso) VALUES (?, ?)")) {
        insert.setTimestamp(1, new Timestamp(MILLIS));
        insert.setString(2, "2009-02-13T23:31:30.123");
        insert.executeUpdate();
      }
    }
  }

  private static void read(Statement statement) throws Exception {
    try (ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
      System.out.println("integrity " + check.getString(1));
    }
    try (ResultSet rows = statement.executeQuery("SELECT at FROM event ORDER BY id")) {
      while (rows.next()) {
        System.out.println("at " + rows.getTimestamp(1).getTime());
      }
    }
    try (ResultSet names =
        statement.executeQuery("SELECT type || ' ' || name FROM sqlite_schema ORDER BY name")) {
      while (names.next()) {
        System.out.println(names.getString(1));
      }
    }
  }
}
