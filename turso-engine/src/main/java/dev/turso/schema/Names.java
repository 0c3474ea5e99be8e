package dev.turso.schema;

/** How SQL compares the names of objects: ASCII letters without case, everything else as it is. */
public final class Names {

  private Names() {}

  /** The form of a name under which maps keep it. */
  public static String fold(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return foldFrom(name, i);
      }
    }
    return name;
  }

  /** Whether two names name the same thing. */
  public static boolean same(String a, String b) {
    int n = a.length();
    if (n != b.length()) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y && lower(x) != lower(y)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a name starts with a prefix, compared as names are. */
  public static boolean startsWith(String name, String prefix) {
    return name.length() >= prefix.length() && same(name.substring(0, prefix.length()), prefix);
  }

  private static String foldFrom(String name, int from) {
    char[] chars = name.toCharArray();
    for (int i = from; i < chars.length; i++) {
      chars[i] = lower(chars[i]);
    }
    return new String(chars);
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }
}
