package dev.turso.jdbc;

import org.jspecify.annotations.Nullable;

/** JDBC's search patterns: {@code %} and {@code _}, escaped by a backslash; case does not matter. */
final class LikePattern {

  private LikePattern() {}

  /** Whether a name matches; an absent pattern matches everything. */
  static boolean matches(@Nullable String pattern, String name) {
    return pattern == null || matches(pattern, 0, name, 0);
  }

  private static boolean matches(String pattern, int p, String name, int n) {
    int at = n;
    for (int i = p; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '%') {
        for (int skip = at; skip <= name.length(); skip++) {
          if (matches(pattern, i + 1, name, skip)) {
            return true;
          }
        }
        return false;
      }
      boolean escaped = c == '\\' && i + 1 < pattern.length();
      char wanted = escaped ? pattern.charAt(++i) : c;
      if (at >= name.length() || (escaped || wanted != '_') && !same(wanted, name.charAt(at))) {
        return false;
      }
      at++;
    }
    return at == name.length();
  }

  private static boolean same(char a, char b) {
    return a == b || Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
