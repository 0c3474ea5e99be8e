package dev.turso.function;

import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Native SQLite, asked for the value of one expression. */
final class SqliteOracle implements AutoCloseable {

  private final Connection sqlite;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  SqliteOracle() throws SQLException {
    sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  /** The value of {@code name(arguments)}, or its error message after {@code "error: "}. */
  String call(String name, List<Value> arguments) throws SQLException {
    StringBuilder expression = new StringBuilder(name).append('(');
    for (int i = 0; i < arguments.size(); i++) {
      expression.append(i == 0 ? "" : ", ").append(placeholder(arguments.get(i), i + 1));
    }
    return evaluate(expression.append(')').toString(), arguments);
  }

  /** The value of an expression with {@link #placeholder}s. */
  String evaluate(String expression, List<Value> arguments) throws SQLException {
    PreparedStatement statement =
        statements.computeIfAbsent(
            "SELECT typeof(r), r, CAST(r AS BLOB) FROM (SELECT " + expression + " AS r)",
            this::prepare);
    return run(statement, arguments);
  }

  private String run(PreparedStatement statement, List<Value> arguments) throws SQLException {
    for (int i = 0; i < arguments.size(); i++) {
      bind(statement, i + 1, arguments.get(i));
    }
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return show(row);
    } catch (SQLException e) {
      // the driver leaves a statement that failed unusable
      statements.values().remove(statement);
      return "error: " + bare(e.getMessage());
    }
  }

  static String placeholder(Value value, int index) {
    // a text travels as bytes, so that zero bytes and bad UTF-8 arrive
    return value.tag() == Tag.TEXT ? "CAST(?" + index + " AS TEXT)" : "?" + index;
  }

  static void bind(PreparedStatement statement, int index, Value value) throws SQLException {
    switch (value.tag()) {
      case Tag.INTEGER -> statement.setLong(index, value.bits());
      case Tag.REAL -> statement.setDouble(index, value.asDouble());
      case Tag.TEXT, Tag.BLOB -> statement.setBytes(index, value.asBytes());
      default -> statement.setObject(index, null);
    }
  }

  static String show(ResultSet row) throws SQLException {
    return switch (row.getString(1)) {
      case "integer" -> show(Value.integer(row.getLong(2)));
      case "real" -> show(Value.real(row.getDouble(2)));
      case "text" -> show(Value.text(bytes(row)));
      case "blob" -> show(Value.blob(bytes(row)));
      default -> show(Value.NULL);
    };
  }

  private static byte[] bytes(ResultSet row) throws SQLException {
    byte[] bytes = row.getBytes(3);
    return bytes == null ? new byte[0] : bytes;
  }

  /** Exact and readable: texts with their bytes where they are not printable ASCII. */
  static String show(Value value) {
    if (value.tag() == Tag.REAL) {
      return "real " + Double.toString(value.asDouble());
    }
    if (value.tag() != Tag.TEXT) {
      return value.toString();
    }
    byte[] bytes = value.asBytes();
    StringBuilder text = new StringBuilder("'");
    for (byte b : bytes) {
      if (b >= 0x20 && b < 0x7f) {
        text.append((char) b);
      } else {
        text.append(String.format("<%02x>", b));
      }
    }
    return text.append('\'').toString();
  }

  static String bare(String message) {
    int open = message.indexOf('(');
    int close = message.lastIndexOf(')');
    return open < 0 || close < open ? message : message.substring(open + 1, close);
  }

  private PreparedStatement prepare(String sql) {
    try {
      return sqlite.prepareStatement(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  Connection connection() {
    return sqlite;
  }

  @Override
  public void close() throws SQLException {
    sqlite.close();
  }
}
