package dev.turso.jdbc;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.error.DatabaseException;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session, with JDBC's transaction manners (invariant J3).
 *
 * <p>Not safe for use by several threads at once, but {@link #abort}, {@link #close} and a statement's
 * {@code cancel} may be called from any thread.
 */
final class JdbcConnection implements Connection {

  /** How long a connection waits for a lock unless told otherwise. */
  private static final int BUSY_TIMEOUT_MILLIS = 5000;

  private final JdbcUrl url;
  private final Database database;
  private final Session session;
  private boolean autoCommit = true;
  private boolean readOnly;
  private final Occupancy occupancy = new Occupancy();
  private final Properties clientInfo = new Properties();
  private int networkTimeout;
  private int savepointNumber;

  private JdbcConnection(JdbcUrl url, Database database, Session session) {
    this.url = url;
    this.database = database;
    this.session = session;
  }

  static JdbcConnection open(JdbcUrl url) throws SQLException {
    return open(url, 0);
  }

  /**
   * @param seconds how long opening may wait for locks, 0 for as long as statements do
   */
  static JdbcConnection open(JdbcUrl url, int seconds) throws SQLException {
    Database database = null;
    try {
      boolean shorter = seconds > 0 && seconds * 1000L < BUSY_TIMEOUT_MILLIS;
      Options options =
          Options.DEFAULT
              .withBusyTimeout(shorter ? seconds * 1000 : BUSY_TIMEOUT_MILLIS)
              .withEncryption(EncryptionOptions.key(url.options()));
      database = Database.open(url.location(), options);
      JdbcConnection connection = new JdbcConnection(url, database, database.connect());
      connection.applyOptions();
      if (shorter && !url.options().containsKey(ConnectionOption.BUSY_TIMEOUT.key)) {
        connection.session.busyTimeout(BUSY_TIMEOUT_MILLIS);
      }
      return connection;
    } catch (DatabaseException | SQLException e) {
      if (database != null) {
        database.close();
      }
      throw e instanceof SQLException sql ? sql : SqlErrors.of((DatabaseException) e);
    }
  }

  private void applyOptions() throws SQLException {
    for (ConnectionOption option : ConnectionOption.values()) {
      String value = url.options().get(option.key);
      if (value != null && option.pragma) {
        run("PRAGMA " + option.key + "='" + value.replace("'", "''") + "'");
      }
    }
  }

  Session session() throws SQLException {
    checkOpen();
    return session;
  }

  JdbcUrl url() {
    return url;
  }

  boolean writesDatesAsMillis() {
    return "millis".equals(url.options().get(ConnectionOption.DATE_FORMAT.key));
  }

  /** Begins the transaction that the first statement after a commit stands in. */
  void beforeStatement(dev.turso.Statement statement) throws SQLException {
    if (autoCommit || session.inTransaction() || !StatementText.opensTransaction(statement.sql())) {
      return;
    }
    run(beginFor(statement));
  }

  private String beginFor(dev.turso.Statement statement) {
    String mode = url.options().getOrDefault(ConnectionOption.TRANSACTION.key, "auto");
    boolean write = !statement.readOnly();
    return switch (mode) {
      case "immediate" -> readOnly ? "BEGIN" : "BEGIN IMMEDIATE";
      case "deferred" -> "BEGIN";
      default -> write && !readOnly ? "BEGIN IMMEDIATE" : "BEGIN";
    };
  }

  void run(String sql) throws SQLException {
    occupancy.enter();
    try {
      session.execute(sql);
    } catch (DatabaseException e) {
      throw SqlErrors.of(e);
    } finally {
      occupancy.leave();
    }
  }

  /** Runs a query of the driver's own. */
  void each(String sql, Consumer<Rows> reader) throws SQLException {
    occupancy.enter();
    try (dev.turso.Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        reader.accept(rows);
      }
    } catch (DatabaseException e) {
      throw SqlErrors.of(e);
    } finally {
      occupancy.leave();
    }
  }

  /** What stands around every call on the engine, so that nobody closes the session meanwhile. */
  Occupancy occupancy() {
    return occupancy;
  }

  @Override
  public Statement createStatement() throws SQLException {
    checkOpen();
    return new JdbcStatement(this);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    checkOpen();
    return new JdbcPreparedStatement(this, sql, GeneratedKeys.NONE);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
    checkOpen();
    return new JdbcPreparedStatement(this, sql, GeneratedKeys.ofFlag(autoGeneratedKeys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int @Nullable [] columns)
      throws SQLException {
    checkOpen();
    return new JdbcPreparedStatement(this, sql, GeneratedKeys.ofPositions(columns));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String @Nullable [] columns)
      throws SQLException {
    checkOpen();
    return new JdbcPreparedStatement(this, sql, GeneratedKeys.ofColumns(columns));
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    checkResultSetKind(type, concurrency);
    return createStatement();
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    checkResultSetKind(type, concurrency);
    return prepareStatement(sql);
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    setHoldability(holdability);
    return createStatement(type, concurrency);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    setHoldability(holdability);
    return prepareStatement(sql, type, concurrency);
  }

  private static void checkResultSetKind(int type, int concurrency) throws SQLException {
    if (type == ResultSet.TYPE_SCROLL_SENSITIVE) {
      throw Unsupported.call("a scroll-sensitive result set");
    }
    if (type != ResultSet.TYPE_FORWARD_ONLY) {
      throw Unsupported.call("a scrollable result set");
    }
    if (concurrency != ResultSet.CONCUR_READ_ONLY) {
      throw Unsupported.call("an updatable result set");
    }
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    throw Unsupported.call("prepareCall");
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    throw Unsupported.call("prepareCall");
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    throw Unsupported.call("prepareCall");
  }

  @Override
  public String nativeSQL(@Nullable String sql) throws SQLException {
    checkOpen();
    return StatementText.given(sql);
  }

  @Override
  public void setAutoCommit(boolean on) throws SQLException {
    checkOpen();
    if (on && !autoCommit && session.inTransaction()) {
      run("COMMIT");
    }
    autoCommit = on;
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return autoCommit;
  }

  @Override
  public void commit() throws SQLException {
    checkOpen();
    if (autoCommit) {
      throw SqlErrors.misuse("commit() while auto-commit is on");
    }
    if (session.inTransaction()) {
      run("COMMIT");
    }
  }

  @Override
  public void rollback() throws SQLException {
    checkOpen();
    if (autoCommit) {
      throw SqlErrors.misuse("rollback() while auto-commit is on");
    }
    if (session.inTransaction()) {
      run("ROLLBACK");
    }
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return setSavepoint(new JdbcSavepoint(++savepointNumber, null));
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    return setSavepoint(new JdbcSavepoint(0, name));
  }

  private Savepoint setSavepoint(JdbcSavepoint savepoint) throws SQLException {
    checkOpen();
    if (autoCommit) {
      throw SqlErrors.misuse("a savepoint needs auto-commit to be off");
    }
    if (!session.inTransaction()) {
      run(
          "immediate".equals(url.options().get(ConnectionOption.TRANSACTION.key))
              ? "BEGIN IMMEDIATE"
              : "BEGIN");
    }
    run("SAVEPOINT " + savepoint.sqlName());
    return savepoint;
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    run("ROLLBACK TO " + JdbcSavepoint.of(savepoint).sqlName());
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    run("RELEASE " + JdbcSavepoint.of(savepoint).sqlName());
  }

  /** From another thread: ends the statement that runs, and waits for its end. */
  @Override
  public void close() throws SQLException {
    if (occupancy.end()) {
      closeWhenLeft();
    }
  }

  @Override
  public boolean isClosed() {
    return occupancy.hasEnded();
  }

  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlErrors.misuse("abort without an executor");
    }
    if (occupancy.end()) {
      session.interrupt();
      executor.execute(() -> {
        try {
          closeWhenLeft();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      });
    }
  }

  private void closeWhenLeft() throws SQLException {
    while (occupancy.isOccupied()) {
      session.interrupt();
      LockSupport.parkNanos(100_000);
    }
    try {
      session.close();
    } catch (DatabaseException e) {
      throw SqlErrors.of(e);
    } finally {
      database.close();
    }
  }

  @Override
  public boolean isValid(int timeout) throws SQLException {
    if (timeout < 0) {
      throw SqlErrors.misuse("a negative timeout");
    }
    return !isClosed();
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    checkOpen();
    return new JdbcDatabaseMetaData(this);
  }

  @Override
  public void setReadOnly(boolean on) throws SQLException {
    checkOpen();
    if (on == readOnly) {
      return;
    }
    if (session.inTransaction()) {
      throw SqlErrors.misuse("setReadOnly inside a transaction");
    }
    run("PRAGMA query_only=" + (on ? "on" : "off"));
    readOnly = on;
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return readOnly;
  }

  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    checkOpen();
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void setSchema(@Nullable String schema) throws SQLException {
    checkOpen();
  }

  @Override
  public @Nullable String getSchema() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    switch (level) {
      case TRANSACTION_READ_UNCOMMITTED,
          TRANSACTION_READ_COMMITTED,
          TRANSACTION_REPEATABLE_READ,
          TRANSACTION_SERIALIZABLE -> {
        // Each is kept by the one level that there is, which is the strictest.
      }
      case TRANSACTION_NONE -> throw Unsupported.call("TRANSACTION_NONE");
      default -> throw SqlErrors.misuse("no isolation level: " + level);
    }
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return TRANSACTION_SERIALIZABLE;
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
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    checkOpen();
    return Map.of();
  }

  @Override
  public void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
    checkOpen();
    if (map != null && !map.isEmpty()) {
      throw Unsupported.call("setTypeMap");
    }
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    checkOpen();
    if (holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      throw Unsupported.call("a holdable cursor");
    }
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public Clob createClob() throws SQLException {
    checkOpen();
    return new JdbcClob("");
  }

  @Override
  public Blob createBlob() throws SQLException {
    checkOpen();
    return new JdbcBlob(new byte[0]);
  }

  @Override
  public NClob createNClob() throws SQLException {
    checkOpen();
    return new JdbcClob("");
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    throw Unsupported.call("createSQLXML");
  }

  @Override
  public Array createArrayOf(String type, Object[] elements) throws SQLException {
    throw Unsupported.call("createArrayOf");
  }

  @Override
  public Struct createStruct(String type, Object[] attributes) throws SQLException {
    throw Unsupported.call("createStruct");
  }

  @Override
  public void setClientInfo(@Nullable String name, @Nullable String value)
      throws SQLClientInfoException {
    checkOpenForClientInfo();
    if (name == null) {
      throw new SQLClientInfoException("a client's property without a name", "HY010", Map.of());
    }
    if (value == null) {
      clientInfo.remove(name);
    } else {
      clientInfo.setProperty(name, value);
    }
  }

  @Override
  public void setClientInfo(@Nullable Properties properties) throws SQLClientInfoException {
    checkOpenForClientInfo();
    clientInfo.clear();
    if (properties != null) {
      clientInfo.putAll(properties);
    }
  }

  private void checkOpenForClientInfo() throws SQLClientInfoException {
    if (occupancy.hasEnded()) {
      throw new SQLClientInfoException("the connection is closed", "HY010", Map.of());
    }
  }

  @Override
  public @Nullable String getClientInfo(@Nullable String name) throws SQLException {
    checkOpen();
    return name == null ? null : clientInfo.getProperty(name);
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    checkOpen();
    return (Properties) clientInfo.clone();
  }

  /** How long a statement may take at most, like a query timeout; 0 for no limit. */
  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    checkOpen();
    if (milliseconds < 0) {
      throw SqlErrors.misuse("a negative timeout");
    }
    networkTimeout = milliseconds;
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return networkTimeout;
  }

  @Override
  public <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this, session, database);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return Wrapping.wraps(type, this, session, database);
  }

  private void checkOpen() throws SQLException {
    if (occupancy.hasEnded()) {
      throw SqlErrors.misuse("the connection is closed");
    }
  }
}
