package dev.turso.jdbc;

import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Columns of rows in memory: types are read off the first row. */
final class ListMetaData extends ResultMetaData {

  private final String[] labels;
  private final @Nullable Object @Nullable [] sample;

  ListMetaData(String[] labels, @Nullable Object @Nullable [] sample) {
    this.labels = labels;
    this.sample = sample;
  }

  @Override
  public int getColumnCount() {
    return labels.length;
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    if (column < 1 || column > labels.length) {
      throw SqlErrors.misuse("column " + column + " is not between 1 and " + labels.length);
    }
    return labels[column - 1];
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    return getColumnLabel(column);
  }

  @Override
  public String getTableName(int column) {
    return "";
  }

  @Override
  public String getCatalogName(int column) {
    return "";
  }

  @Override
  public String getSchemaName(int column) {
    return "";
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    getColumnLabel(column);
    Object value = sample == null ? null : sample[column - 1];
    if (value instanceof Long || value instanceof Integer) {
      return Types.BIGINT;
    }
    if (value instanceof Double) {
      return Types.DOUBLE;
    }
    return value instanceof byte[] ? Types.BLOB : Types.VARCHAR;
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return switch (getColumnType(column)) {
      case Types.BIGINT -> "INTEGER";
      case Types.DOUBLE -> "REAL";
      case Types.BLOB -> "BLOB";
      default -> "TEXT";
    };
  }

  @Override
  public int getPrecision(int column) {
    return 0;
  }

  @Override
  public int getScale(int column) {
    return 0;
  }

  @Override
  public int isNullable(int column) {
    return columnNullableUnknown;
  }
}
