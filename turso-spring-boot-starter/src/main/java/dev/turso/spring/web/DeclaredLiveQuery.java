package dev.turso.spring.web;

import dev.turso.spring.query.LiveQueryException;
import dev.turso.spring.query.NamedSelect;
import java.util.Locale;
import java.util.Map;

/**
 * A live query that clients of the endpoint may name. Beans of this type are served beside those of
 * {@code turso.live.web.queries}. Immutable.
 *
 * @param name letters, digits, {@code -} and {@code _}
 * @param sql one SELECT with {@code :name} parameters; {@code :principal} is the user's name
 * @param parameters the types of the parameters that a client gives
 * @param authenticated whether a user is needed; always where the text names {@code :principal}
 */
public record DeclaredLiveQuery(
    String name, String sql, Map<String, Type> parameters, boolean authenticated) {

  /** The name in a text that stands for the user. */
  static final String PRINCIPAL = "principal";

  /** What a parameter is written as in a URL. */
  public enum Type {
    INTEGER,
    REAL,
    TEXT,
    BOOLEAN;

    static Type named(String query, String parameter, String name) {
      try {
        return valueOf(name.trim().toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new LiveQueryException(
            "the parameter '" + parameter + "' of the live query '" + query + "' has no known type",
            "Use integer, real, text or boolean.");
      }
    }
  }

  public DeclaredLiveQuery {
    parameters = Map.copyOf(parameters);
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new LiveQueryException(
          "the live query '" + name + "' has a name that no URL can have",
          "Use letters, digits, '-' and '_'.");
    }
    for (String each : new NamedSelect(sql).names()) {
      if (!parameters.containsKey(each) && !each.equals(PRINCIPAL)) {
        throw new LiveQueryException(
            "the parameter :" + each + " of the live query '" + name + "' has no type",
            "Set turso.live.web.queries." + name + ".parameters." + each + ".");
      }
    }
    authenticated = authenticated || new NamedSelect(sql).names().contains(PRINCIPAL);
  }
}
