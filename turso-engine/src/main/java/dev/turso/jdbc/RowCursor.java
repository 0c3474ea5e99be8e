package dev.turso.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows behind a result set: those of a running statement, or a list in memory.
 *
 * <p>Columns count from zero. Values may be read of the current row only.
 */
interface RowCursor {

  boolean next() throws SQLException;

  int columnCount();

  String label(int column);

  /** The storage class of a value, as {@link dev.turso.value.Tag} numbers them. */
  int tag(int column);

  long getLong(int column);

  /** An INTEGER as an object: an Integer where it fits, unless all of the column's are Longs. */
  default Number integer(int column) {
    return Conversions.boxed(getLong(column));
  }

  double getDouble(int column);

  @Nullable String getText(int column);

  byte @Nullable [] getBlob(int column);

  ResultSetMetaData metaData() throws SQLException;

  void close() throws SQLException;
}
