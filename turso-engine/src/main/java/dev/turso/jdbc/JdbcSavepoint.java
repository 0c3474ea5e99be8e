package dev.turso.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** A savepoint by number or by name. */
record JdbcSavepoint(int number, @Nullable String name) implements Savepoint {

  static JdbcSavepoint of(Savepoint savepoint) throws SQLException {
    if (savepoint instanceof JdbcSavepoint ours) {
      return ours;
    }
    throw SqlErrors.misuse("a savepoint of another driver");
  }

  String sqlName() {
    String plain = name == null ? "jdbc_savepoint_" + number : name;
    return '"' + plain.replace("\"", "\"\"") + '"';
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (name != null) {
      throw SqlErrors.misuse("a named savepoint has no number");
    }
    return number;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (name == null) {
      throw SqlErrors.misuse("a numbered savepoint has no name");
    }
    return name;
  }
}
