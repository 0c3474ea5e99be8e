package dev.turso.jdbc;

import dev.turso.Rows;
import dev.turso.Statement;
import dev.turso.error.DatabaseException;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A table's columns as {@code PRAGMA table_info} tells them. */
record TableColumns(List<Column> columns) {

  record Column(String name, String type, boolean notNull, int primaryKey) {}

  static TableColumns of(JdbcConnection connection, String table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (Statement info =
            connection.session().prepare("PRAGMA table_info(" + KeyReturning.quoted(table) + ")");
        Rows rows = info.query()) {
      while (rows.next()) {
        String type = rows.getText(2);
        columns.add(
            new Column(
                Objects.requireNonNull(rows.getText(1)),
                type == null ? "" : type,
                rows.getLong(3) != 0,
                (int) rows.getLong(5)));
      }
    } catch (DatabaseException e) {
      throw SqlErrors.of(e);
    }
    return new TableColumns(columns);
  }

  int nullable(String name) {
    for (Column column : columns) {
      if (column.name.equalsIgnoreCase(name)) {
        return column.notNull || rowidAlias(name)
            ? ResultSetMetaData.columnNoNulls
            : ResultSetMetaData.columnNullable;
      }
    }
    return ResultSetMetaData.columnNullableUnknown;
  }

  boolean rowidAlias(String name) {
    int keys = 0;
    boolean integerKey = false;
    for (Column column : columns) {
      if (column.primaryKey > 0) {
        keys++;
        integerKey |= column.name.equalsIgnoreCase(name) && column.type.equalsIgnoreCase("INTEGER");
      }
    }
    return keys == 1 && integerKey;
  }
}
