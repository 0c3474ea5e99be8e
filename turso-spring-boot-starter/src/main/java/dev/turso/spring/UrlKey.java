package dev.turso.spring;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;

/**
 * The key that may stand in a URL. Pools log URLs, so it is taken out before they get one. A {@code
 * file:} URI is left as it is: its query belongs to the engine.
 */
final class UrlKey {

  static final String HEXKEY = "hexkey";
  static final String HEXKEY_FILE = "hexkey_file";
  static final String CIPHER = "cipher";

  private static final Set<String> NAMES = Set.of(HEXKEY, HEXKEY_FILE, CIPHER);

  private UrlKey() {}

  /** The options of a URL that are about its key, by name. */
  static Properties in(String url) {
    Properties found = new Properties();
    for (String pair : pairs(url)) {
      if (NAMES.contains(name(pair))) {
        String value = pair.substring(Math.min(pair.length(), name(pair).length() + 1));
        found.setProperty(name(pair), URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  /** A URL without them. */
  static String without(String url) {
    if (in(url).isEmpty()) {
      return url;
    }
    StringBuilder rest = new StringBuilder(url.substring(0, url.indexOf('?')));
    char before = '?';
    for (String pair : pairs(url)) {
      if (!NAMES.contains(name(pair))) {
        rest.append(before).append(pair);
        before = '&';
      }
    }
    return rest.toString();
  }

  private static String[] pairs(String url) {
    int question = url.startsWith(UrlWithDefaults.PREFIX + "file:") ? -1 : url.indexOf('?');
    return question < 0 ? new String[0] : url.substring(question + 1).split("&");
  }

  private static String name(String pair) {
    int equals = pair.indexOf('=');
    return equals < 0 ? pair : pair.substring(0, equals);
  }
}
