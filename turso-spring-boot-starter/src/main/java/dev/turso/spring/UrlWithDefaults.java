package dev.turso.spring;

import org.jspecify.annotations.Nullable;

/** The URL an application uses: as given or a default, with the starter's options where absent. */
final class UrlWithDefaults {

  static final String PREFIX = "jdbc:turso:";

  private UrlWithDefaults() {}

  /**
   * @param memoryName the name of the database in memory that is used when neither a URL nor a path is
   *     given
   */
  static String of(@Nullable String url, TursoProperties properties, String memoryName) {
    String base = url;
    if (base == null) {
      String path = properties.getPath();
      base = PREFIX + (path == null ? "mem:" + memoryName : path);
    }
    if (base.startsWith(PREFIX + "file:")) {
      return base;
    }
    StringBuilder complete = new StringBuilder(base);
    add(complete, "journal_mode", properties.getJournalMode());
    add(complete, "synchronous", properties.getSynchronous());
    add(complete, "busy_timeout", String.valueOf(properties.getBusyTimeout().toMillis()));
    add(complete, "foreign_keys", properties.isForeignKeys() ? "on" : "off");
    add(complete, "transaction", properties.getTransaction().getBegin());
    return complete.toString();
  }

  private static void add(StringBuilder url, String option, String value) {
    int question = url.indexOf("?");
    if (question < 0) {
      url.append('?').append(option).append('=').append(value);
    } else if (url.indexOf("?" + option + "=") < 0 && url.indexOf("&" + option + "=") < 0) {
      url.append('&').append(option).append('=').append(value);
    }
  }
}
