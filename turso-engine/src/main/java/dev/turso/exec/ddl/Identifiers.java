package dev.turso.exec.ddl;

import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;

/** Identifiers as they are written into SQL. */
public final class Identifiers {

  private Identifiers() {}

  /** The name in double quotes. */
  public static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** The name that a token means: without its quotes, if it has any. */
  public static String unquoted(String token) {
    char open = token.charAt(0);
    if (open == '[') {
      return token.substring(1, token.length() - 1);
    }
    if (open != '"' && open != '\'' && open != '`') {
      return token;
    }
    String quote = String.valueOf(open);
    return token.substring(1, token.length() - 1).replace(quote + quote, quote);
  }

  /** The text as a string literal. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The name, in double quotes where it needs them, as SQLite writes statements of its own. */
  static String asNeeded(String name) {
    return isPlain(name) ? name : quoted(name);
  }

  private static boolean isPlain(String name) {
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      if (!letter && !(c >= '0' && c <= '9')) {
        return false;
      }
    }
    return new Tokenizer(name, 0).next() == Token.ID;
  }
}
