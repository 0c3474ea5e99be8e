package dev.turso.jdbc;

import java.sql.DatabaseMetaData;

/**
 * How long and how many things may be, as {@link DatabaseMetaData} asks it: SQLite's limits, 0 where
 * it has none.
 *
 * @see <a href="https://www.sqlite.org/limits.html">Implementation Limits For SQLite</a>
 */
abstract class SqliteLimits implements DatabaseMetaData {

  @Override
  public final int getMaxBinaryLiteralLength() {
    return 1_000_000_000;
  }

  @Override
  public final int getMaxCatalogNameLength() {
    return 0;
  }

  @Override
  public final int getMaxCharLiteralLength() {
    return 1_000_000_000;
  }

  @Override
  public final int getMaxColumnNameLength() {
    return 0;
  }

  @Override
  public final int getMaxColumnsInGroupBy() {
    return 2000;
  }

  @Override
  public final int getMaxColumnsInIndex() {
    return 2000;
  }

  @Override
  public final int getMaxColumnsInOrderBy() {
    return 2000;
  }

  @Override
  public final int getMaxColumnsInSelect() {
    return 2000;
  }

  @Override
  public final int getMaxColumnsInTable() {
    return 2000;
  }

  @Override
  public final int getMaxConnections() {
    return 0;
  }

  @Override
  public final int getMaxCursorNameLength() {
    return 0;
  }

  @Override
  public final int getMaxIndexLength() {
    return 0;
  }

  @Override
  public final int getMaxProcedureNameLength() {
    return 0;
  }

  @Override
  public final int getMaxRowSize() {
    return 0;
  }

  @Override
  public final int getMaxSchemaNameLength() {
    return 0;
  }

  @Override
  public final int getMaxStatementLength() {
    return 1_000_000_000;
  }

  @Override
  public final int getMaxStatements() {
    return 0;
  }

  @Override
  public final int getMaxTableNameLength() {
    return 0;
  }

  @Override
  public final int getMaxTablesInSelect() {
    return 64;
  }

  @Override
  public final int getMaxUserNameLength() {
    return 0;
  }
}
