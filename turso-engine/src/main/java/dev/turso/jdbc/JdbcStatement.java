package dev.turso.jdbc;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.error.DatabaseException;
import dev.turso.value.Tag;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement of text. A text may hold several statements: all of them run, and their results come
 * one after another by {@link #getMoreResults()}.
 */
class JdbcStatement extends StatementSettings {

  final JdbcConnection connection;
  private final Deque<Object> laterResults = new ArrayDeque<>();
  private final List<String> batch = new ArrayList<>();
  private @Nullable JdbcResultSet current;
  private long updateCount = -1;
  private @Nullable JdbcResultSet keys;
  private dev.turso.@Nullable Statement running;
  private boolean closed;

  JdbcStatement(JdbcConnection connection) {
    this.connection = connection;
  }

  @Override
  public boolean execute(@Nullable String sql) throws SQLException {
    return execute(sql, GeneratedKeys.NONE);
  }

  boolean execute(@Nullable String sql, GeneratedKeys wanted) throws SQLException {
    checkOpen();
    clearResults();
    return runAll(StatementText.given(sql), wanted);
  }

  /** Runs every statement of a text and gives the first result. */
  final boolean runAll(String sql, GeneratedKeys wanted) throws SQLException {
    int from = 0;
    while (true) {
      int to = StatementText.endOfFirst(sql, from);
      String text = KeyReturning.rewrite(connection, sql.substring(from, to), wanted);
      dev.turso.Statement statement = prepare(text);
      // What the statement left of its text, as where a trigger's text ends early, comes next.
      int left = statement.isEmpty() ? 0 : Math.max(0, text.length() - statement.tail());
      from = to - left;
      boolean last = StatementText.isEnd(sql, from);
      if (statement.isEmpty() && !last) {
        close(statement);
      } else {
        runOne(statement, wanted, last);
      }
      if (last) {
        return nextResult();
      }
    }
  }

  private void runOne(dev.turso.Statement statement, GeneratedKeys wanted, boolean last)
      throws SQLException {
    if (statement.isEmpty()) {
      close(statement);
      laterResults.add(0L);
    } else if (statement.columnCount() == 0) {
      long changed = runToEnd(statement);
      laterResults.add(StatementText.changesRows(statement.sql()) ? changed : 0L);
      close(statement);
    } else if (wanted.wanted() && StatementText.inserts(statement.sql())) {
      keys = new JdbcResultSet(drain(statement).asKeys(), this, 0);
      laterResults.add(connection.session().changes());
      close(statement);
    } else if (last) {
      running = statement;
      laterResults.add(openRows(statement));
    } else {
      laterResults.add(new JdbcResultSet(drain(statement), this, maxRows()));
      close(statement);
    }
  }

  private dev.turso.Statement prepare(String sql) throws SQLException {
    Session session = connection.session();
    connection.occupancy().enter();
    try {
      return session.prepare(sql);
    } catch (DatabaseException e) {
      throw SqlErrors.of(e);
    } finally {
      connection.occupancy().leave();
    }
  }

  /** Ends a statement, unless the connection has ended, and with it all of its statements. */
  final void close(dev.turso.Statement statement) {
    if (connection.occupancy().tryEnter()) {
      try {
        statement.close();
      } finally {
        connection.occupancy().leave();
      }
    }
  }

  final long runToEnd(dev.turso.Statement statement) throws SQLException {
    connection.beforeStatement(statement);
    Deadline deadline = deadline();
    connection.occupancy().enter();
    try {
      return Math.max(0, statement.run());
    } catch (DatabaseException e) {
      throw SqlErrors.of(e);
    } finally {
      connection.occupancy().leave();
      cancel(deadline);
    }
  }

  final JdbcResultSet openRows(dev.turso.Statement statement) throws SQLException {
    connection.beforeStatement(statement);
    Deadline deadline = deadline();
    connection.occupancy().enter();
    try {
      Rows rows = statement.query();
      return new JdbcResultSet(
          new RowsCursor(connection, statement, rows, deadline), this, maxRows());
    } catch (DatabaseException e) {
      cancel(deadline);
      throw SqlErrors.of(e);
    } finally {
      connection.occupancy().leave();
    }
  }

  /** Runs a statement and keeps its rows in memory. */
  final ListCursor drain(dev.turso.Statement statement) throws SQLException {
    connection.beforeStatement(statement);
    int columns = statement.columnCount();
    String[] labels = new String[columns];
    for (int i = 0; i < columns; i++) {
      labels[i] = statement.columnName(i);
    }
    List<@Nullable Object[]> drained = new ArrayList<>();
    Deadline deadline = deadline();
    connection.occupancy().enter();
    try (Rows rows = statement.query()) {
      while (rows.next()) {
        @Nullable Object[] row = new Object[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = cell(rows, i);
        }
        drained.add(row);
      }
    } catch (DatabaseException e) {
      throw SqlErrors.of(e);
    } finally {
      connection.occupancy().leave();
      cancel(deadline);
    }
    return new ListCursor(labels, drained);
  }

  private static @Nullable Object cell(Rows rows, int column) {
    return switch (rows.tag(column)) {
      case Tag.NULL -> null;
      case Tag.INTEGER -> rows.getLong(column);
      case Tag.REAL -> rows.getDouble(column);
      case Tag.TEXT -> rows.getText(column);
      default -> rows.getBlob(column);
    };
  }

  private @Nullable Deadline deadline() throws SQLException {
    long millis = timeoutSeconds() * 1000L;
    int most = connection.getNetworkTimeout();
    if (most > 0 && (millis == 0 || most < millis)) {
      millis = most;
    }
    return millis == 0 ? null : Deadline.after(millis, connection.session());
  }

  private static void cancel(@Nullable Deadline deadline) {
    if (deadline != null) {
      deadline.cancel();
    }
  }

  final void addResult(Object result) {
    laterResults.add(result);
  }

  final void keys(@Nullable JdbcResultSet generated) {
    keys = generated;
  }

  /** Takes the next result; true if it is a result set. */
  final boolean nextResult() {
    Object next = laterResults.poll();
    current = next instanceof JdbcResultSet rows ? rows : null;
    updateCount = next instanceof Long count ? count : -1;
    return current != null;
  }

  final void clearResults() throws SQLException {
    JdbcResultSet open = current;
    current = null;
    if (open != null) {
      open.close();
    }
    for (Object later : laterResults) {
      if (later instanceof JdbcResultSet rows) {
        rows.close();
      }
    }
    laterResults.clear();
    keys = null;
    updateCount = -1;
    dev.turso.Statement old = running;
    running = null;
    if (old != null) {
      close(old);
    }
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    execute(sql);
    return currentRows();
  }

  final ResultSet currentRows() throws SQLException {
    while (current == null) {
      if (laterResults.isEmpty()) {
        throw new SQLException("query does not return ResultSet", "HY000");
      }
      nextResult();
    }
    return current;
  }

  @Override
  public int executeUpdate(String sql) throws SQLException {
    return (int) executeLargeUpdate(sql);
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    execute(sql);
    return totalUpdates();
  }

  /** The first update count; a statement that gave rows counts what it changed. */
  final long totalUpdates() throws SQLException {
    return Math.max(0, updateCount);
  }

  @Override
  public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    return (int) executeLargeUpdate(sql, autoGeneratedKeys);
  }

  @Override
  public int executeUpdate(String sql, int @Nullable [] columns) throws SQLException {
    return (int) executeLargeUpdate(sql, columns);
  }

  @Override
  public int executeUpdate(String sql, String @Nullable [] columns) throws SQLException {
    return (int) executeLargeUpdate(sql, columns);
  }

  @Override
  public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    execute(sql, GeneratedKeys.ofFlag(autoGeneratedKeys));
    return totalUpdates();
  }

  @Override
  public long executeLargeUpdate(String sql, int @Nullable [] columns) throws SQLException {
    execute(sql, GeneratedKeys.ofPositions(columns));
    return totalUpdates();
  }

  @Override
  public long executeLargeUpdate(String sql, String @Nullable [] columns) throws SQLException {
    execute(sql, GeneratedKeys.ofColumns(columns));
    return totalUpdates();
  }

  @Override
  public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
    return execute(sql, GeneratedKeys.ofFlag(autoGeneratedKeys));
  }

  @Override
  public boolean execute(String sql, int @Nullable [] columns) throws SQLException {
    return execute(sql, GeneratedKeys.ofPositions(columns));
  }

  @Override
  public boolean execute(String sql, String @Nullable [] columns) throws SQLException {
    return execute(sql, GeneratedKeys.ofColumns(columns));
  }

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    return current;
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return (int) getLargeUpdateCount();
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    checkOpen();
    return updateCount;
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return getMoreResults(CLOSE_CURRENT_RESULT);
  }

  @Override
  public boolean getMoreResults(int what) throws SQLException {
    checkOpen();
    JdbcResultSet open = current;
    current = null;
    if (open != null && what != KEEP_CURRENT_RESULT) {
      open.close();
    }
    return nextResult();
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    JdbcResultSet generated = keys;
    return generated != null
        ? generated
        : JdbcResultSet.of(new String[] {"last_insert_rowid"}, List.of());
  }

  @Override
  public void addBatch(@Nullable String sql) throws SQLException {
    checkOpen();
    batch.add(StatementText.given(sql));
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return toInts(executeLargeBatch());
  }

  static int[] toInts(long[] counts) {
    int[] narrow = new int[counts.length];
    for (int i = 0; i < counts.length; i++) {
      narrow[i] = (int) counts[i];
    }
    return narrow;
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    long[] counts = new long[batch.size()];
    int done = 0;
    try {
      for (; done < counts.length; done++) {
        if (execute(batch.get(done))) {
          throw new SQLException("a query in a batch", "HY000");
        }
        counts[done] = totalUpdates();
      }
    } catch (SQLException e) {
      throw batchFailure(e, Arrays.copyOf(counts, done));
    } finally {
      batch.clear();
    }
    return counts;
  }

  static BatchUpdateException batchFailure(SQLException e, long[] counts) {
    BatchUpdateException failure =
        new BatchUpdateException(e.getMessage(), e.getSQLState(), e.getErrorCode(), counts, e);
    failure.setNextException(e);
    return failure;
  }

  @Override
  public void cancel() throws SQLException {
    checkOpen();
    connection.session().interrupt();
  }

  @Override
  public void close() throws SQLException {
    if (!closed) {
      clearResults();
      closed = true;
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  void resultClosed(JdbcResultSet result) throws SQLException {
    if (closesOnCompletion() && result == current && laterResults.isEmpty()) {
      close();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    checkOpen();
    return connection;
  }

  @Override
  final void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.misuse("the statement is closed");
    }
    connection.session();
  }

  final Session session() throws SQLException {
    return connection.session();
  }
}
