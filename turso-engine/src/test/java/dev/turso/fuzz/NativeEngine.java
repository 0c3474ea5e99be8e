package dev.turso.fuzz;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteException;

/** Native SQLite, by sqlite-jdbc. */
final class NativeEngine implements Engine {

  private static final int PRIMARY = 0xff;

  /** Rows after which a query is too long to be of use. */
  static final int MOST_ROWS = 200_000;

  private final Connection connection;

  NativeEngine() {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rows of a statement that is open while others run. */
  ResultSet open(String sql) throws SQLException {
    return connection.createStatement().executeQuery(sql);
  }

  @Override
  public Outcome run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(5);
      List<String> rows = new ArrayList<>();
      if (statement.execute(sql)) {
        ResultSet result = statement.getResultSet();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          rows.add(row(result, columns));
          if (rows.size() > MOST_ROWS) {
            return Outcome.error(Outcome.TIMEOUT, "too many rows");
          }
        }
      }
      return Outcome.rows(rows);
    } catch (SQLiteException e) {
      int code = e.getResultCode().code & PRIMARY;
      return Outcome.error(code == 9 ? Outcome.TIMEOUT : code, e.getMessage());
    } catch (SQLException e) {
      return Outcome.error(e.getErrorCode() & PRIMARY, e.getMessage());
    }
  }

  static String row(ResultSet result, int columns) throws SQLException {
    StringBuilder row = new StringBuilder();
    for (int i = 1; i <= columns; i++) {
      row.append(i == 1 ? "" : "|");
      Object value = result.getObject(i);
      if (value == null) {
        Outcome.appendNull(row);
      } else if (value instanceof Double real) {
        Outcome.appendReal(row, real);
      } else if (value instanceof Number number) {
        Outcome.appendInteger(row, number.longValue());
      } else if (value instanceof byte[] blob) {
        Outcome.appendBlob(row, blob);
      } else {
        byte[] utf8 = result.getBytes(i);
        Outcome.appendText(row, utf8 == null ? new byte[0] : utf8);
      }
    }
    return row.toString();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
