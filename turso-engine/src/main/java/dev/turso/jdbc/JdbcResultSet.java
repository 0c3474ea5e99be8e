package dev.turso.jdbc;

import dev.turso.value.Tag;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A forward-only, read-only result set over a {@link RowCursor}.
 *
 * <p>Values are converted when they are asked for; a TEXT asked for as a number follows SQLite's rule
 * for casts, a NULL asked for as a primitive is zero and {@link #wasNull()} tells.
 */
final class JdbcResultSet extends ForwardResultSet {

  private final RowCursor cursor;
  private final @Nullable JdbcStatement statement;
  private final long maxRows;
  private @Nullable Map<String, Integer> columnsByLabel;
  private long row;
  private boolean onRow;
  private boolean exhausted;
  private boolean closed;
  private boolean wasNull;
  private int fetchSize;

  JdbcResultSet(RowCursor cursor, @Nullable JdbcStatement statement, long maxRows) {
    this.cursor = cursor;
    this.statement = statement;
    this.maxRows = maxRows;
  }

  static JdbcResultSet of(String[] labels, java.util.List<@Nullable Object[]> rows) {
    return new JdbcResultSet(new ListCursor(labels, rows), null, 0);
  }

  @Override
  public boolean next() throws SQLException {
    checkOpen();
    if (exhausted) {
      return false;
    }
    onRow = (maxRows == 0 || row < maxRows) && cursor.next();
    if (onRow) {
      row++;
    } else {
      exhausted = true;
      cursor.close();
    }
    return onRow;
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    onRow = false;
    cursor.close();
    if (statement != null) {
      statement.resultClosed(this);
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpen();
    return wasNull;
  }

  @Override
  public int findColumn(@Nullable String label) throws SQLException {
    checkOpen();
    if (label == null) {
      throw SqlErrors.misuse("a column without a name");
    }
    Map<String, Integer> columns = columnsByLabel;
    if (columns == null) {
      columns = new HashMap<>();
      for (int i = cursor.columnCount() - 1; i >= 0; i--) {
        columns.put(cursor.label(i).toLowerCase(Locale.ROOT), i + 1);
      }
      columnsByLabel = columns;
    }
    Integer found = columns.get(label);
    if (found == null) {
      found = columns.get(label.toLowerCase(Locale.ROOT));
    }
    if (found == null) {
      throw new SQLException("no such column in the result: " + label, "42S22");
    }
    return found;
  }

  @Override
  public @Nullable String getString(int column) throws SQLException {
    return tag(column) == Tag.NULL ? null : cursor.getText(column - 1);
  }

  @Override
  public boolean getBoolean(int column) throws SQLException {
    return switch (tag(column)) {
      case Tag.NULL -> false;
      case Tag.TEXT -> Conversions.toBoolean(cursor.getText(column - 1));
      case Tag.REAL -> cursor.getDouble(column - 1) != 0;
      default -> cursor.getLong(column - 1) != 0;
    };
  }

  @Override
  public byte getByte(int column) throws SQLException {
    return (byte) Conversions.within(getLong(column), Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  @Override
  public short getShort(int column) throws SQLException {
    return (short) Conversions.within(getLong(column), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  @Override
  public int getInt(int column) throws SQLException {
    return (int) Conversions.within(getLong(column), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Override
  public long getLong(int column) throws SQLException {
    return tag(column) == Tag.NULL ? 0 : cursor.getLong(column - 1);
  }

  @Override
  public float getFloat(int column) throws SQLException {
    return (float) getDouble(column);
  }

  @Override
  public double getDouble(int column) throws SQLException {
    return tag(column) == Tag.NULL ? 0 : cursor.getDouble(column - 1);
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    int tag = tag(column);
    return tag == Tag.NULL ? null : Conversions.toBigDecimal(cursor, column - 1, tag);
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(column);
    return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public byte @Nullable [] getBytes(int column) throws SQLException {
    return tag(column) == Tag.NULL ? null : cursor.getBlob(column - 1);
  }

  @Override
  public @Nullable Date getDate(int column) throws SQLException {
    return getDate(column, null);
  }

  @Override
  public @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
    Timestamp at = getTimestamp(column, calendar);
    return at == null ? null : new Date(at.getTime());
  }

  @Override
  public @Nullable Time getTime(int column) throws SQLException {
    return getTime(column, null);
  }

  @Override
  public @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
    Timestamp at = getTimestamp(column, calendar);
    return at == null ? null : new Time(at.getTime());
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column) throws SQLException {
    return getTimestamp(column, null);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar)
      throws SQLException {
    int tag = tag(column);
    return tag == Tag.NULL ? null : Conversions.toTimestamp(cursor, column - 1, tag, calendar);
  }

  @Override
  public @Nullable InputStream getAsciiStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public @Nullable InputStream getBinaryStream(int column) throws SQLException {
    byte[] bytes = getBytes(column);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  public @Nullable Reader getCharacterStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new StringReader(text);
  }

  @Override
  public @Nullable Reader getNCharacterStream(int column) throws SQLException {
    return getCharacterStream(column);
  }

  @Override
  public @Nullable String getNString(int column) throws SQLException {
    return getString(column);
  }

  @Override
  public @Nullable Blob getBlob(int column) throws SQLException {
    byte[] bytes = getBytes(column);
    return bytes == null ? null : new JdbcBlob(bytes);
  }

  @Override
  public @Nullable Clob getClob(int column) throws SQLException {
    return getNClob(column);
  }

  @Override
  public @Nullable NClob getNClob(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new JdbcClob(text);
  }

  @Override
  public @Nullable Object getObject(int column) throws SQLException {
    return switch (tag(column)) {
      case Tag.NULL -> null;
      case Tag.INTEGER -> cursor.integer(column - 1);
      case Tag.REAL -> cursor.getDouble(column - 1);
      case Tag.TEXT -> cursor.getText(column - 1);
      default -> cursor.getBlob(column - 1);
    };
  }

  @Override
  public @Nullable Object getObject(int column, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    if (map != null && !map.isEmpty()) {
      throw Unsupported.call("getObject with a type map");
    }
    return getObject(column);
  }

  @Override
  public <T> @Nullable T getObject(int column, @Nullable Class<T> type) throws SQLException {
    if (type == null) {
      throw SqlErrors.misuse("getObject without a type");
    }
    int tag = tag(column);
    return tag == Tag.NULL ? null : Conversions.toObject(cursor, column - 1, tag, type);
  }

  @Override
  public @Nullable String getString(@Nullable String label) throws SQLException {
    return getString(findColumn(label));
  }

  @Override
  public boolean getBoolean(@Nullable String label) throws SQLException {
    return getBoolean(findColumn(label));
  }

  @Override
  public byte getByte(@Nullable String label) throws SQLException {
    return getByte(findColumn(label));
  }

  @Override
  public short getShort(@Nullable String label) throws SQLException {
    return getShort(findColumn(label));
  }

  @Override
  public int getInt(@Nullable String label) throws SQLException {
    return getInt(findColumn(label));
  }

  @Override
  public long getLong(@Nullable String label) throws SQLException {
    return getLong(findColumn(label));
  }

  @Override
  public float getFloat(@Nullable String label) throws SQLException {
    return getFloat(findColumn(label));
  }

  @Override
  public double getDouble(@Nullable String label) throws SQLException {
    return getDouble(findColumn(label));
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(@Nullable String label) throws SQLException {
    return getBigDecimal(findColumn(label));
  }

  @Override
  public byte @Nullable [] getBytes(@Nullable String label) throws SQLException {
    return getBytes(findColumn(label));
  }

  @Override
  public @Nullable Date getDate(@Nullable String label) throws SQLException {
    return getDate(findColumn(label));
  }

  @Override
  public @Nullable Time getTime(@Nullable String label) throws SQLException {
    return getTime(findColumn(label));
  }

  @Override
  public @Nullable Timestamp getTimestamp(@Nullable String label) throws SQLException {
    return getTimestamp(findColumn(label));
  }

  @Override
  public @Nullable InputStream getAsciiStream(@Nullable String label) throws SQLException {
    return getAsciiStream(findColumn(label));
  }

  @Override
  public @Nullable InputStream getBinaryStream(@Nullable String label) throws SQLException {
    return getBinaryStream(findColumn(label));
  }

  @Override
  public @Nullable Reader getCharacterStream(@Nullable String label) throws SQLException {
    return getCharacterStream(findColumn(label));
  }

  @Override
  public @Nullable Reader getNCharacterStream(@Nullable String label) throws SQLException {
    return getNCharacterStream(findColumn(label));
  }

  @Override
  public @Nullable String getNString(@Nullable String label) throws SQLException {
    return getNString(findColumn(label));
  }

  @Override
  public @Nullable Blob getBlob(@Nullable String label) throws SQLException {
    return getBlob(findColumn(label));
  }

  @Override
  public @Nullable Clob getClob(@Nullable String label) throws SQLException {
    return getClob(findColumn(label));
  }

  @Override
  public @Nullable NClob getNClob(@Nullable String label) throws SQLException {
    return getNClob(findColumn(label));
  }

  @Override
  public @Nullable Object getObject(@Nullable String label) throws SQLException {
    return getObject(findColumn(label));
  }

  @Override
  public @Nullable Date getDate(@Nullable String label, @Nullable Calendar calendar)
      throws SQLException {
    return getDate(findColumn(label), calendar);
  }

  @Override
  public @Nullable Time getTime(@Nullable String label, @Nullable Calendar calendar)
      throws SQLException {
    return getTime(findColumn(label), calendar);
  }

  @Override
  public @Nullable Timestamp getTimestamp(@Nullable String label, @Nullable Calendar calendar)
      throws SQLException {
    return getTimestamp(findColumn(label), calendar);
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(@Nullable String label, int scale) throws SQLException {
    return getBigDecimal(findColumn(label), scale);
  }

  @Override
  public @Nullable Object getObject(@Nullable String label, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getObject(findColumn(label), map);
  }

  @Override
  public <T> @Nullable T getObject(@Nullable String label, @Nullable Class<T> type)
      throws SQLException {
    return getObject(findColumn(label), type);
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return cursor.metaData();
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return row == 0 && !exhausted;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return exhausted && row > 0;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return onRow && row == 1;
  }

  @Override
  public boolean isLast() throws SQLException {
    throw Unsupported.call("isLast");
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return onRow ? (int) row : 0;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != FETCH_FORWARD) {
      throw Unsupported.call("a fetch direction other than forward");
    }
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return FETCH_FORWARD;
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    if (rows < 0) {
      throw SqlErrors.misuse("a negative fetch size");
    }
    fetchSize = rows;
  }

  /** What was set: a hint, since rows are computed one by one, as they are asked for. */
  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize;
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpen();
    return CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowInserted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    checkOpen();
    return statement;
  }

  @Override
  public <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return Wrapping.wraps(type, this);
  }

  private int tag(int column) throws SQLException {
    if (!onRow) {
      checkOpen();
      throw SqlErrors.misuse("the result set is not on a row");
    }
    if (column < 1 || column > cursor.columnCount()) {
      throw SqlErrors.misuse("column " + column + " is not between 1 and " + cursor.columnCount());
    }
    int tag = cursor.tag(column - 1);
    wasNull = tag == Tag.NULL;
    return tag;
  }

  private void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.misuse("the result set is closed");
    }
  }
}
