package dev.turso.jdbc;

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
    connection.each(
        "PRAGMA table_info(" + KeyReturning.quoted(table) + ")",
        row -> {
          String type = row.getText(2);
          columns.add(
              new Column(
                  Objects.requireNonNull(row.getText(1)),
                  type == null ? "" : type,
                  row.getLong(3) != 0,
                  (int) row.getLong(5)));
        });
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
