package dev.turso.jdbc;

import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement compiled once, with parameters. Where a text holds several statements, only the first
 * can have parameters; the others are compiled when it has run, because they may need what it made.
 */
final class JdbcPreparedStatement extends JdbcStatement implements PreparedStatement {

  private final dev.turso.Statement statement;
  private final boolean returnsKeys;
  private final boolean changesRows;

  /** The statements after the first, or an empty text. */
  private final String others;

  private final List<Value[]> batchRows = new ArrayList<>();
  private final @Nullable Value[] bound;

  JdbcPreparedStatement(JdbcConnection connection, @Nullable String sql, GeneratedKeys wanted)
      throws SQLException {
    super(connection);
    String text = KeyReturning.rewrite(connection, StatementText.given(sql), wanted);
    returnsKeys = !text.equals(sql);
    connection.occupancy().enter();
    try {
      statement = connection.session().prepare(text);
    } catch (DatabaseException e) {
      throw SqlErrors.of(e);
    } finally {
      connection.occupancy().leave();
    }
    changesRows = StatementText.changesRows(text);
    String tail = text.substring(Math.min(text.length(), statement.tail()));
    others = StatementText.firstWord(tail).isEmpty() ? "" : tail;
    bound = new Value[statement.parameterCount()];
  }

  private void bind(int index, Value value) throws SQLException {
    checkOpen();
    if (index < 1 || index > bound.length) {
      throw SqlErrors.parameters("parameter " + index + " is not between 1 and " + bound.length);
    }
    bound[index - 1] = value;
    statement.bind(index, value);
  }

  private void checkBound() throws SQLException {
    for (int i = 0; i < bound.length; i++) {
      if (bound[i] == null) {
        checkOpen();
        throw SqlErrors.parameters("parameter " + (i + 1) + " is not set");
      }
    }
  }

  @Override
  public boolean execute() throws SQLException {
    start();
    if (!others.isEmpty()) {
      return executeAll();
    }
    if (statement.columnCount() == 0) {
      addResult(runCounted());
    } else if (returnsKeys) {
      keys(new JdbcResultSet(drain(statement).asKeys(), this, 0));
      addResult(session().changes());
    } else {
      addResult(openRows(statement));
    }
    return nextResult();
  }

  private boolean executeAll() throws SQLException {
    if (statement.columnCount() == 0) {
      addResult(runCounted());
    } else {
      addResult(new JdbcResultSet(drain(statement), this, 0));
    }
    return runAll(others, GeneratedKeys.NONE);
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    execute();
    return currentRows();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return (int) executeLargeUpdate();
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    execute();
    return totalUpdates();
  }

  private long runCounted() throws SQLException {
    long changed = runToEnd(statement);
    return changesRows ? changed : 0;
  }

  private void start() throws SQLException {
    checkOpen();
    checkBound();
    clearResults();
  }

  @Override
  public void addBatch() throws SQLException {
    checkOpen();
    checkBound();
    if (!others.isEmpty()) {
      throw SqlErrors.misuse("a batch of a text with several statements");
    }
    batchRows.add(bound.clone());
  }

  @Override
  public void clearBatch() throws SQLException {
    super.clearBatch();
    batchRows.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    clearResults();
    long[] counts = new long[batchRows.size()];
    List<@Nullable Object[]> generated = new ArrayList<>();
    String[] labels = {};
    int done = 0;
    try {
      for (; done < counts.length; done++) {
        bindAll(batchRows.get(done));
        if (returnsKeys) {
          ListCursor rows = drain(statement);
          labels = rows.labels();
          generated.addAll(rows.rows());
          counts[done] = session().changes();
        } else if (statement.columnCount() > 0) {
          throw new SQLException("a query in a batch", "HY000");
        } else {
          counts[done] = runCounted();
        }
      }
    } catch (SQLException e) {
      throw batchFailure(e, Arrays.copyOf(counts, done));
    } finally {
      batchRows.clear();
    }
    if (returnsKeys) {
      keys(new JdbcResultSet(new ListCursor(labels, generated).asKeys(), this, 0));
    }
    return counts;
  }

  private void bindAll(Value[] values) {
    for (int i = 0; i < values.length; i++) {
      statement.bind(i + 1, values[i]);
    }
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    Arrays.fill(bound, null);
    statement.clearBindings();
  }

  @Override
  public void close() throws SQLException {
    if (!isClosed()) {
      super.close();
      close(statement);
    }
  }

  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return statement.columnCount() == 0 || returnsKeys
        ? null
        : new StatementMetaData(connection, statement, null);
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new JdbcParameterMetaData(bound.length);
  }

  @Override
  public void setNull(int index, int type) throws SQLException {
    bind(index, Value.NULL);
  }

  @Override
  public void setNull(int index, int type, String typeName) throws SQLException {
    bind(index, Value.NULL);
  }

  @Override
  public void setBoolean(int index, boolean value) throws SQLException {
    bind(index, Value.integer(value ? 1 : 0));
  }

  @Override
  public void setByte(int index, byte value) throws SQLException {
    bind(index, Value.integer(value));
  }

  @Override
  public void setShort(int index, short value) throws SQLException {
    bind(index, Value.integer(value));
  }

  @Override
  public void setInt(int index, int value) throws SQLException {
    bind(index, Value.integer(value));
  }

  @Override
  public void setLong(int index, long value) throws SQLException {
    bind(index, Value.integer(value));
  }

  @Override
  public void setFloat(int index, float value) throws SQLException {
    bind(index, Value.real(value));
  }

  @Override
  public void setDouble(int index, double value) throws SQLException {
    bind(index, Value.real(value));
  }

  @Override
  public void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
    bindObject(index, value);
  }

  @Override
  public void setString(int index, @Nullable String value) throws SQLException {
    bind(index, value == null ? Value.NULL : Value.text(value));
  }

  @Override
  public void setNString(int index, @Nullable String value) throws SQLException {
    setString(index, value);
  }

  @Override
  public void setBytes(int index, byte @Nullable [] value) throws SQLException {
    bind(index, value == null ? Value.NULL : Value.blob(value));
  }

  @Override
  public void setDate(int index, @Nullable Date value) throws SQLException {
    bindObject(index, value);
  }

  @Override
  public void setTime(int index, @Nullable Time value) throws SQLException {
    bindObject(index, value);
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
    bindObject(index, value);
  }

  @Override
  public void setDate(int index, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, Bindings.of(value, calendar, connection.writesDatesAsMillis()));
  }

  @Override
  public void setTime(int index, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, Bindings.of(value, calendar, connection.writesDatesAsMillis()));
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    bind(index, Bindings.of(value, calendar, connection.writesDatesAsMillis()));
  }

  @Override
  public void setObject(int index, @Nullable Object value) throws SQLException {
    bindObject(index, value);
  }

  @Override
  public void setObject(int index, @Nullable Object value, int type) throws SQLException {
    bind(index, Bindings.of(value, type, connection.writesDatesAsMillis()));
  }

  @Override
  public void setObject(int index, @Nullable Object value, int type, int scale)
      throws SQLException {
    if (value instanceof BigDecimal decimal && (type == Types.DECIMAL || type == Types.NUMERIC)) {
      bindObject(index, decimal.setScale(scale, java.math.RoundingMode.HALF_UP));
    } else {
      setObject(index, value, type);
    }
  }

  @Override
  public void setObject(int index, @Nullable Object value, @Nullable SQLType type)
      throws SQLException {
    setObject(index, value, Bindings.number(type));
  }

  @Override
  public void setObject(int index, @Nullable Object value, @Nullable SQLType type, int scale)
      throws SQLException {
    setObject(index, value, Bindings.number(type), scale);
  }

  private void bindObject(int index, @Nullable Object value) throws SQLException {
    bind(index, Bindings.of(value, null, connection.writesDatesAsMillis()));
  }

  @Override
  public void setBlob(int index, @Nullable Blob value) throws SQLException {
    bindObject(index, value);
  }

  @Override
  public void setClob(int index, @Nullable Clob value) throws SQLException {
    bindObject(index, value);
  }

  @Override
  public void setBlob(int index, @Nullable InputStream value) throws SQLException {
    bind(index, Bindings.bytes(value, Long.MAX_VALUE));
  }

  @Override
  public void setBlob(int index, @Nullable InputStream value, long length) throws SQLException {
    bind(index, Bindings.bytes(value, length));
  }

  @Override
  public void setClob(int index, @Nullable Reader value) throws SQLException {
    bind(index, Bindings.text(value, Long.MAX_VALUE));
  }

  @Override
  public void setClob(int index, @Nullable Reader value, long length) throws SQLException {
    bind(index, Bindings.text(value, length));
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value) throws SQLException {
    bind(index, Bindings.bytes(value, Long.MAX_VALUE));
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    bind(index, Bindings.bytes(value, length));
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    bind(index, Bindings.bytes(value, length));
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value) throws SQLException {
    bind(index, Bindings.ascii(value, Long.MAX_VALUE));
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    bind(index, Bindings.ascii(value, length));
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    bind(index, Bindings.ascii(value, length));
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value) throws SQLException {
    bind(index, Bindings.text(value, Long.MAX_VALUE));
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value, int length)
      throws SQLException {
    bind(index, Bindings.text(value, length));
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    bind(index, Bindings.text(value, length));
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader value) throws SQLException {
    setCharacterStream(index, value);
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    setCharacterStream(index, value, length);
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int index, InputStream value, int length) throws SQLException {
    throw Unsupported.call("setUnicodeStream");
  }

  @Override
  public void setRef(int index, Ref value) throws SQLException {
    throw Unsupported.call("setRef");
  }

  @Override
  public void setArray(int index, Array value) throws SQLException {
    throw Unsupported.call("setArray");
  }

  @Override
  public void setURL(int index, URL value) throws SQLException {
    throw Unsupported.call("setURL");
  }

  @Override
  public void setRowId(int index, RowId value) throws SQLException {
    throw Unsupported.call("setRowId");
  }

  @Override
  public void setNClob(int index, @Nullable NClob value) throws SQLException {
    setClob(index, value);
  }

  @Override
  public void setNClob(int index, @Nullable Reader value) throws SQLException {
    setClob(index, value);
  }

  @Override
  public void setNClob(int index, @Nullable Reader value, long length) throws SQLException {
    setClob(index, value, length);
  }

  @Override
  public void setSQLXML(int index, SQLXML value) throws SQLException {
    throw Unsupported.call("setSQLXML");
  }

  @Override
  boolean execute(@Nullable String sql, GeneratedKeys wanted) throws SQLException {
    throw SqlErrors.misuse("a prepared statement runs its own text only");
  }

  @Override
  public void addBatch(@Nullable String sql) throws SQLException {
    throw SqlErrors.misuse("a prepared statement runs its own text only");
  }
}
