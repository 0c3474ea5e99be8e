package dev.turso.spring;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Where the application's database is, with the starter's defaults spelled out in the URL.
 *
 * @param jdbcUrl {@code jdbc:turso:…} with options
 */
public record TursoConnectionDetails(String jdbcUrl) implements JdbcConnectionDetails {

  /** Those of a further database, {@code turso.databases.NAME}. */
  public static TursoConnectionDetails of(
      String name, TursoProperties.Named named, TursoProperties properties) {
    String path = named.getPath() == null ? "mem:" + name : named.getPath();
    String url = named.getUrl() == null ? UrlWithDefaults.PREFIX + path : named.getUrl();
    return new TursoConnectionDetails(UrlWithDefaults.of(url, properties, name));
  }

  /** Without the key that the URL may hold: {@link DatabaseKeys} brings that to the pool. */
  @Override
  public String getJdbcUrl() {
    return UrlKey.without(jdbcUrl);
  }

  /** Without the key that a URL may hold. */
  @Override
  public String toString() {
    return "TursoConnectionDetails[" + jdbcUrl.replaceAll("hexkey=[^&#]*", "hexkey=***") + "]";
  }

  @Override
  public String getUsername() {
    return "";
  }

  @Override
  public String getPassword() {
    return "";
  }

  @Override
  public String getDriverClassName() {
    return "dev.turso.jdbc.TursoDriver";
  }

  /** What the engine opens: the URL without prefix and options. */
  public String location() {
    String rest = jdbcUrl.substring(UrlWithDefaults.PREFIX.length());
    int question = rest.startsWith("file:") ? -1 : rest.indexOf('?');
    return question < 0 ? rest : rest.substring(0, question);
  }
}
