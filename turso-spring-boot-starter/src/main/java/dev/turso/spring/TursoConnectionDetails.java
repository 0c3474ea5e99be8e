package dev.turso.spring;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Where the application's database is, with the starter's defaults spelled out in the URL.
 *
 * @param jdbcUrl {@code jdbc:turso:…} with options
 */
public record TursoConnectionDetails(String jdbcUrl) implements JdbcConnectionDetails {

  @Override
  public String getJdbcUrl() {
    return jdbcUrl;
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
