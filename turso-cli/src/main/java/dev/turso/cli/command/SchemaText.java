package dev.turso.cli.command;

/** The text of CREATE statements as the shell shows them. */
final class SchemaText {

  private static final int LONG = 79;

  private SchemaText() {}

  /** A table whose name is quoted gets IF NOT EXISTS, so that no name can be taken for syntax. */
  static String create(String sql) {
    boolean quoted = sql.startsWith("CREATE TABLE '") || sql.startsWith("CREATE TABLE \"");
    return quoted ? "CREATE TABLE IF NOT EXISTS " + sql.substring("CREATE TABLE ".length()) : sql;
  }

  /** White space made single, and a long statement's parts on lines of their own. */
  static String indented(String sql) {
    if (startsWith(sql, "CREATE VIEW") || startsWith(sql, "CREATE TRIG")) {
      return sql;
    }
    String single = singleSpaced(sql);
    return single.length() < LONG ? single : broken(single);
  }

  private static boolean startsWith(String sql, String words) {
    return sql.regionMatches(true, 0, words, 0, words.length());
  }

  private static String singleSpaced(String sql) {
    StringBuilder out = new StringBuilder(sql.length());
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      int last = out.length() - 1;
      boolean afterSpace = last >= 0 && Character.isWhitespace(out.charAt(last));
      if (Character.isWhitespace(c)) {
        if (!afterSpace && (last < 0 || out.charAt(last) != '(')) {
          out.append(' ');
        }
        continue;
      }
      if ((c == '(' || c == ')') && afterSpace) {
        out.setLength(last);
      }
      out.append(c);
    }
    return out.toString();
  }

  private static String broken(String sql) {
    StringBuilder out = new StringBuilder(sql.length() + 32);
    int depth = 0;
    int lines = 0;
    char quote = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'' || c == '`' || c == '[') {
        quote = c == '[' ? ']' : c;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0 && lines > 0) {
        out.append('\n');
      }
      out.append(c);
      if (quote == 0 && depth == 1 && (c == '(' || c == ',')) {
        out.append("\n  ");
        lines++;
        while (i + 1 < sql.length() && sql.charAt(i + 1) == ' ') {
          i++;
        }
      }
    }
    return out.toString();
  }
}
