package dev.turso.jdbc;

import dev.turso.Statement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Columns of a compiled statement: names, declared types, and the table columns they come from. */
final class StatementMetaData extends ResultMetaData {

  private final JdbcConnection connection;
  private final Statement statement;

  StatementMetaData(JdbcConnection connection, Statement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  @Override
  public int getColumnCount() {
    return statement.columnCount();
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return statement.columnName(index(column));
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    String origin = statement.columnOrigin(index(column));
    return origin == null ? getColumnLabel(column) : origin;
  }

  @Override
  public String getTableName(int column) throws SQLException {
    return orEmpty(statement.columnTable(index(column)));
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
    String declared = statement.columnDeclaredType(index(column));
    return declared == null ? Types.OTHER : TypeNames.jdbcType(declared);
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    String declared = statement.columnDeclaredType(index(column));
    return TypeNames.name(declared);
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return TypeNames.size(statement.columnDeclaredType(index(column)), 0);
  }

  @Override
  public int getScale(int column) throws SQLException {
    return TypeNames.size(statement.columnDeclaredType(index(column)), 1);
  }

  @Override
  public int isNullable(int column) throws SQLException {
    String table = statement.columnTable(index(column));
    String origin = statement.columnOrigin(index(column));
    if (table == null || origin == null) {
      return columnNullableUnknown;
    }
    return TableColumns.of(connection, table).nullable(origin);
  }

  @Override
  public boolean isAutoIncrement(int column) {
    int index = column - 1;
    String table = statement.columnTable(index);
    String origin = statement.columnOrigin(index);
    try {
      return table != null
          && origin != null
          && TableColumns.of(connection, table).rowidAlias(origin);
    } catch (SQLException e) {
      return false;
    }
  }

  private int index(int column) throws SQLException {
    if (column < 1 || column > statement.columnCount()) {
      throw SqlErrors.misuse(
          "column " + column + " is not between 1 and " + statement.columnCount());
    }
    return column - 1;
  }

  private static String orEmpty(@Nullable String name) {
    return name == null ? "" : name;
  }
}
