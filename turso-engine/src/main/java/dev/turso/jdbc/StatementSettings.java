package dev.turso.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What a caller sets on a statement, of either kind, before it runs. */
abstract class StatementSettings implements Statement {

  private int timeoutSeconds;
  private int fetchSize;
  private long maxRows;
  private boolean closeOnCompletion;
  private boolean poolable;

  abstract void checkOpen() throws SQLException;

  final long maxRows() {
    return maxRows;
  }

  final int timeoutSeconds() {
    return timeoutSeconds;
  }

  final boolean closesOnCompletion() {
    return closeOnCompletion;
  }

  @Override
  public final void closeOnCompletion() throws SQLException {
    checkOpen();
    closeOnCompletion = true;
  }

  @Override
  public final boolean isCloseOnCompletion() throws SQLException {
    checkOpen();
    return closeOnCompletion;
  }

  @Override
  public final int getQueryTimeout() throws SQLException {
    checkOpen();
    return timeoutSeconds;
  }

  @Override
  public final void setQueryTimeout(int seconds) throws SQLException {
    checkOpen();
    if (seconds < 0) {
      throw SqlErrors.misuse("a negative timeout");
    }
    timeoutSeconds = seconds;
  }

  @Override
  public final int getMaxRows() throws SQLException {
    return (int) getLargeMaxRows();
  }

  @Override
  public final void setMaxRows(int rows) throws SQLException {
    setLargeMaxRows(rows);
  }

  @Override
  public final long getLargeMaxRows() throws SQLException {
    checkOpen();
    return maxRows;
  }

  @Override
  public final void setLargeMaxRows(long rows) throws SQLException {
    checkOpen();
    if (rows < 0) {
      throw SqlErrors.misuse("a negative number of rows");
    }
    maxRows = rows;
  }

  @Override
  public final int getMaxFieldSize() throws SQLException {
    checkOpen();
    return 0;
  }

  @Override
  public final void setMaxFieldSize(int bytes) throws SQLException {
    checkOpen();
    if (bytes != 0) {
      throw Unsupported.call("setMaxFieldSize");
    }
  }

  @Override
  public final void setEscapeProcessing(boolean on) throws SQLException {
    checkOpen();
  }

  @Override
  public final void setCursorName(String name) throws SQLException {
    checkOpen();
    throw Unsupported.call("setCursorName");
  }

  @Override
  public final void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != ResultSet.FETCH_FORWARD) {
      throw Unsupported.call("a fetch direction other than forward");
    }
  }

  @Override
  public final int getFetchDirection() throws SQLException {
    checkOpen();
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public final void setFetchSize(int rows) throws SQLException {
    checkOpen();
    if (rows < 0) {
      throw SqlErrors.misuse("a negative fetch size");
    }
    fetchSize = rows;
  }

  /** What was set: a hint, since rows are computed one by one, as they are asked for. */
  @Override
  public final int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize;
  }

  @Override
  public final int getResultSetConcurrency() throws SQLException {
    checkOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public final int getResultSetType() throws SQLException {
    checkOpen();
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public final int getResultSetHoldability() throws SQLException {
    checkOpen();
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public final @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public final void clearWarnings() throws SQLException {
    checkOpen();
  }

  @Override
  public final void setPoolable(boolean on) throws SQLException {
    checkOpen();
    poolable = on;
  }

  @Override
  public final boolean isPoolable() throws SQLException {
    checkOpen();
    return poolable;
  }

  @Override
  public final <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this);
  }

  @Override
  public final boolean isWrapperFor(@Nullable Class<?> type) {
    return Wrapping.wraps(type, this);
  }
}
