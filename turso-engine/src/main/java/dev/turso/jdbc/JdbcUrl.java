package dev.turso.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A parsed {@code jdbc:turso:PATH[?option=value&…]}.
 *
 * <p>{@code PATH} is a file, {@code :memory:} (private to one connection), {@code mem:NAME} (shared by
 * the connections of this JVM), or a {@code file:} URI, whose query belongs to SQLite's URI syntax
 * and is handed on whole.
 *
 * @param url the text as given
 * @param location what the engine opens
 * @param options driver options by name, in order
 */
record JdbcUrl(String url, String location, Map<String, String> options) {

  static final String PREFIX = "jdbc:turso:";

  static boolean accepts(String url) {
    return url != null && url.startsWith(PREFIX);
  }

  static JdbcUrl parse(String url, Properties info) throws SQLException {
    String rest = url.substring(PREFIX.length());
    Map<String, String> options = new LinkedHashMap<>();
    String location = rest;
    int question = rest.startsWith("file:") ? -1 : rest.indexOf('?');
    if (question >= 0) {
      location = rest.substring(0, question);
      readQuery(rest.substring(question + 1), options);
    }
    for (String name : info.stringPropertyNames()) {
      if (!name.equals("user") && !name.equals("password")) {
        options.put(name, info.getProperty(name));
      }
    }
    for (String name : options.keySet()) {
      if (ConnectionOption.named(name) == null) {
        throw new SQLNonTransientConnectionException(
            "unknown connection option '" + name + "'; known are " + ConnectionOption.names(),
            "08001");
      }
    }
    return new JdbcUrl(url, location.isEmpty() ? ":memory:" : location, Map.copyOf(options));
  }

  private static void readQuery(String query, Map<String, String> into) {
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "true" : pair.substring(equals + 1);
        into.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
  }

  @Override
  public String toString() {
    return EncryptionOptions.masked(url);
  }
}
