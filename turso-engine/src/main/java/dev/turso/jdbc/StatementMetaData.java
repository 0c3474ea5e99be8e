package dev.turso.jdbc;

import dev.turso.Statement;
import dev.turso.value.Tag;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a compiled statement: names, declared types, and the table columns they come from. What has
 * no declared type, an expression for one, is of the current row's value's.
 */
final class StatementMetaData extends ResultMetaData {

  private final JdbcConnection connection;
  private final Statement statement;
  private final @Nullable RowsCursor rows;

  StatementMetaData(JdbcConnection connection, Statement statement, @Nullable RowsCursor rows) {
    this.rows = rows;
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
    return declared == null || declared.isBlank()
        ? typeOfValue(column - 1)
        : TypeNames.jdbcType(declared);
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    String declared = statement.columnDeclaredType(index(column));
    return declared == null || declared.isBlank()
        ? TypeNames.ofStorageClass(tag(column - 1))
        : TypeNames.name(declared);
  }

  private int typeOfValue(int index) {
    return switch (tag(index)) {
      case Tag.INTEGER ->
          rows != null && Conversions.boxed(rows.getLong(index)) instanceof Integer
              ? Types.INTEGER
              : Types.BIGINT;
      case Tag.REAL -> Types.REAL;
      case Tag.TEXT -> Types.VARCHAR;
      case Tag.BLOB -> Types.BLOB;
      default -> Types.OTHER;
    };
  }

  private int tag(int index) {
    return rows == null ? Tag.NULL : rows.tagOnRow(index);
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
  public boolean isAutoIncrement(int column) throws SQLException {
    int index = index(column);
    String table = statement.columnTable(index);
    String origin = statement.columnOrigin(index);
    return table != null && origin != null && TableColumns.of(connection, table).rowidAlias(origin);
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
