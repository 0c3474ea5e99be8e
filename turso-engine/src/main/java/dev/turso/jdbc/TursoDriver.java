package dev.turso.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
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

  /**
   * The options and what a URL and properties make of them; keys are not shown.
   *
   * @throws SQLException if the URL or the properties hold an option that is none, or a value that it
   *     cannot have
   */
  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info)
      throws SQLException {
    Properties given = info == null ? new Properties() : info;
    Map<String, String> set = acceptsURL(url) ? JdbcUrl.parse(url, given).options() : Map.of();
    ConnectionOption[] options = ConnectionOption.values();
    DriverPropertyInfo[] infos = new DriverPropertyInfo[options.length];
    for (int i = 0; i < options.length; i++) {
      infos[i] = options[i].info();
      infos[i].value = options[i] == ConnectionOption.HEXKEY ? null : set.get(options[i].key);
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
