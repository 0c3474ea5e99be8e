package dev.turso.jdbc;

import dev.turso.error.DatabaseException;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.parse.ParsedStatement;
import dev.turso.sql.parse.Parser;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an INSERT return the keys of the rows it inserts, by a RETURNING clause of the driver's own.
 *
 * <p>Asked for no column by name, it returns the primary key's columns, or the rowid of a table
 * without one.
 */
final class KeyReturning {

  private KeyReturning() {}

  /** The text to run: the same text where no keys are wanted or none can be had. */
  static String rewrite(JdbcConnection connection, String sql, GeneratedKeys wanted)
      throws SQLException {
    if (!wanted.wanted() || !StatementText.inserts(sql)) {
      return sql;
    }
    try {
      ParsedStatement parsed = Parser.parse(sql, 0);
      if (parsed == null
          || !(parsed.statement() instanceof InsertStatement insert)
          || !insert.returning().isEmpty()) {
        return sql;
      }
      List<String> columns = columns(connection, insert.table().name().text(), wanted);
      return columns.isEmpty() ? sql : withReturning(sql, parsed.end(), returning(columns));
    } catch (DatabaseException e) {
      throw SqlErrors.of(e);
    }
  }

  private static List<String> columns(JdbcConnection connection, String table, GeneratedKeys wanted)
      throws SQLException {
    if (!wanted.columns().isEmpty()) {
      return wanted.columns();
    }
    if (wanted.positions().isEmpty()) {
      return keyColumns(connection, table);
    }
    List<TableColumns.Column> all = TableColumns.of(connection, table).columns();
    List<String> columns = new ArrayList<>();
    for (int position : wanted.positions()) {
      if (position < 1 || position > all.size()) {
        throw SqlErrors.misuse("column " + position + " is not between 1 and " + all.size());
      }
      columns.add(all.get(position - 1).name());
    }
    return columns;
  }

  /** The clause goes before the semicolon, on a line of its own because a comment may stand there. */
  private static String withReturning(String sql, int end, String clause) {
    String insert = sql.substring(0, end).stripTrailing();
    if (insert.endsWith(";")) {
      insert = insert.substring(0, insert.length() - 1);
    }
    String tail = sql.substring(end);
    return insert + "\n" + clause + (tail.isBlank() ? "" : ";" + tail);
  }

  private static String returning(List<String> columns) {
    StringBuilder clause = new StringBuilder("RETURNING ");
    for (int i = 0; i < columns.size(); i++) {
      clause.append(i == 0 ? "" : ", ").append(quoted(columns.get(i)));
    }
    return clause.toString();
  }

  private static List<String> keyColumns(JdbcConnection connection, String table)
      throws SQLException {
    List<String> keys = new ArrayList<>();
    boolean[] any = {false};
    connection.each(
        "PRAGMA table_info(" + quoted(table) + ")",
        row -> {
          any[0] = true;
          if (row.getLong(5) > 0) {
            keys.add(row.getText(1));
          }
        });
    if (any[0] && keys.isEmpty()) {
      keys.add("rowid");
    }
    return keys;
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
