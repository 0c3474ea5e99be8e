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
    if (base.startsWith(PREFIX + "file:") && base.indexOf('#') >= 0) {
      return base;
    }
    StringBuilder complete = new StringBuilder(base);
    if (!isReadOnly(base)) {
      add(complete, "journal_mode", properties.getJournalMode());
      add(complete, "synchronous", properties.getSynchronous());
    }
    add(complete, "busy_timeout", String.valueOf(properties.getBusyTimeout().toMillis()));
    add(complete, "foreign_keys", properties.isForeignKeys() ? "on" : "off");
    add(complete, "transaction", properties.getTransaction().getBegin());
    return complete.toString();
  }

  /** Whether a URI asks for a file that is only read: its journal mode stays what it is. */
  private static boolean isReadOnly(String url) {
    int question = url.startsWith(PREFIX + "file:") ? url.indexOf('?') : -1;
    if (question >= 0) {
      for (String pair : url.substring(question + 1).split("&")) {
        if (pair.equals("mode=ro") || pair.equals("immutable=1")) {
          return true;
        }
      }
    }
    return false;
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
