package dev.turso.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver for {@code jdbc:turso:} URLs. Stateless; registered by the service loader.
 *
 * <p>URLs: {@code jdbc:turso:PATH[?option=value&…]}, {@code jdbc:turso::memory:}, {@code
 * jdbc:turso:mem:NAME} (one database for all connections of this JVM), {@code jdbc:turso:file:…} as
 * SQLite's URIs. An unknown option is refused.
 */
public final class TursoDriver implements Driver {

  static final int MAJOR = 0;
  static final int MINOR = 1;
  static final String VERSION = MAJOR + "." + MINOR + ".0";

  static {
    try {
      DriverManager.registerDriver(new TursoDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    return JdbcConnection.open(JdbcUrl.parse(url, info == null ? new Properties() : info));
  }

  @Override
  public boolean acceptsURL(String url) {
    return JdbcUrl.accepts(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) {
    ConnectionOption[] options = ConnectionOption.values();
    DriverPropertyInfo[] infos = new DriverPropertyInfo[options.length];
    for (int i = 0; i < options.length; i++) {
      infos[i] = options[i].info();
      boolean secret = options[i] == ConnectionOption.HEXKEY;
      infos[i].value = info == null || secret ? null : info.getProperty(options[i].key);
    }
    return infos;
  }

  @Override
  public int getMajorVersion() {
    return MAJOR;
  }

  @Override
  public int getMinorVersion() {
    return MINOR;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw Unsupported.call("getParentLogger");
  }
}
