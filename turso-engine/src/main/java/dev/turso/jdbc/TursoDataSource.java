package dev.turso.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source without a pool: each call opens a connection of its own, which is cheap.
 *
 * <p>Safe for use by any thread. The open {@code Database} behind a file is shared by all connections
 * of the JVM.
 */
public final class TursoDataSource implements DataSource {

  private final String url;
  private final Properties properties;
  private volatile int loginTimeout;

  /**
   * @param url {@code jdbc:turso:…}
   */
  public TursoDataSource(String url) {
    this(url, new Properties());
  }

  public TursoDataSource(String url, Properties properties) {
    if (!JdbcUrl.accepts(url)) {
      throw new IllegalArgumentException("not a " + JdbcUrl.PREFIX + " URL: " + url);
    }
    this.url = url;
    this.properties = (Properties) properties.clone();
  }

  public String getUrl() {
    return url;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return JdbcConnection.open(JdbcUrl.parse(url, properties), loginTimeout);
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw Unsupported.call("setLogWriter");
  }

  /**
   * How long opening may take at most: it waits for nothing but locks, and for those no longer than this
   * or {@code busy_timeout}, whichever is shorter.
   */
  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    if (seconds < 0) {
      throw SqlErrors.misuse("a negative timeout");
    }
    loginTimeout = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw Unsupported.call("getParentLogger");
  }

  @Override
  public <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return Wrapping.wraps(type, this);
  }
}
