package dev.turso.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * A parsed {@code jdbc:turso:PATH[?option=value&…]}.
 *
 * <p>{@code PATH} is a file, {@code :memory:} (private to one connection), {@code mem:NAME} (shared by
 * the connections of this JVM), or a {@code file:} URI. What a URI's query says in SQLite's URI syntax is
 * handed on to the engine, the driver's own options are taken out of it.
 *
 * @param url the text as given
 * @param location what the engine opens
 * @param options driver options by name, in order
 */
record JdbcUrl(String url, String location, Map<String, String> options) {

  static final String PREFIX = "jdbc:turso:";

  /** What the query of a file: URI may say to the engine. */
  private static final Set<String> OF_URIS =
      Set.of("mode", "cache", "vfs", "immutable", "nolock", "psow", "modeof", "cipher", "hexkey");

  static boolean accepts(String url) {
    return url != null && url.startsWith(PREFIX);
  }

  static JdbcUrl parse(String url, Properties info) throws SQLException {
    String rest = url.substring(PREFIX.length());
    Map<String, String> options = new LinkedHashMap<>();
    String location = rest;
    int question = rest.indexOf('?');
    if (question >= 0) {
      boolean uri = rest.startsWith("file:");
      String ofUri = readQuery(rest.substring(question + 1), uri, options);
      location = rest.substring(0, question) + (ofUri.isEmpty() ? "" : "?" + ofUri);
    }
    for (String name : info.stringPropertyNames()) {
      if (!name.equals("user") && !name.equals("password")) {
        options.put(name, info.getProperty(name));
      }
    }
    for (Map.Entry<String, String> each : options.entrySet()) {
      check(each.getKey(), each.getValue());
    }
    return new JdbcUrl(url, location.isEmpty() ? ":memory:" : location, Map.copyOf(options));
  }

  private static void check(String name, String value) throws SQLException {
    ConnectionOption option = ConnectionOption.named(name);
    if (option == null) {
      throw new SQLNonTransientConnectionException(
          "unknown connection option '" + name + "'; known are " + ConnectionOption.names(),
          "08001");
    }
    if (!option.accepts(value)) {
      throw new SQLNonTransientConnectionException(
          "connection option '" + name + "' cannot be '" + value + "': " + option.description,
          "08001");
    }
  }

  /** Reads a query into options; gives the part that a URI's query has beside them. */
  private static String readQuery(String query, boolean uri, Map<String, String> into) {
    StringBuilder ofUri = new StringBuilder();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (uri && OF_URIS.contains(name)) {
        ofUri.append(ofUri.isEmpty() ? "" : "&").append(pair);
      } else if (!pair.isEmpty()) {
        String value = equals < 0 ? "true" : pair.substring(equals + 1);
        into.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return ofUri.toString();
  }

  @Override
  public String toString() {
    return EncryptionOptions.masked(url);
  }
}
