package dev.turso.jdbc;

import dev.turso.sql.parse.Completeness;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the driver needs to know of a statement before it runs, read off its first word. */
final class StatementText {

  private StatementText() {}

  /** The text of a statement, which must be one. */
  static String given(@Nullable String sql) throws SQLException {
    if (sql == null) {
      throw SqlErrors.misuse("no SQL was given");
    }
    return sql;
  }

  /** Where the first statement from {@code from} on ends. What is one statement is not taken apart. */
  static int endOfFirst(String sql, int from) {
    int semicolon = sql.indexOf(';', from);
    return semicolon < 0 || isEnd(sql, semicolon)
        ? sql.length()
        : Completeness.endOfFirst(sql, from);
  }

  /** Whether, with auto-commit off, a statement begins a transaction when none is open. */
  static boolean opensTransaction(String sql) {
    return switch (firstWord(sql)) {
      case "BEGIN",
          "COMMIT",
          "END",
          "ROLLBACK",
          "RELEASE",
          "PRAGMA",
          "ATTACH",
          "DETACH",
          "VACUUM" ->
          false;
      default -> true;
    };
  }

  /** Whether a statement inserts rows, so that it may have generated keys. */
  static boolean inserts(String sql) {
    return switch (firstWord(sql)) {
      case "INSERT", "REPLACE", "WITH" -> true;
      default -> false;
    };
  }

  /** Whether a statement has a count of rows; the others, definitions for example, have zero. */
  static boolean changesRows(String sql) {
    return switch (firstWord(sql)) {
      case "INSERT", "REPLACE", "UPDATE", "DELETE", "WITH" -> true;
      default -> false;
    };
  }

  /** The first keyword in upper case, spaces and comments skipped; empty if there is none. */
  static String firstWord(String sql) {
    int from = skipped(sql, 0);
    int at = from;
    while (at < sql.length() && Character.isLetter(sql.charAt(at))) {
      at++;
    }
    return sql.substring(from, at).toUpperCase(Locale.ROOT);
  }

  /** Whether nothing but spaces, comments and semicolons follows. */
  static boolean isEnd(String sql, int from) {
    return skipped(sql, from) == sql.length();
  }

  private static int skipped(String sql, int from) {
    int at = from;
    int end = sql.length();
    while (at < end) {
      char c = sql.charAt(at);
      if (c == '-' && sql.startsWith("--", at)) {
        int line = sql.indexOf('\n', at);
        at = line < 0 ? end : line + 1;
      } else if (c == '/' && sql.startsWith("/*", at)) {
        int close = sql.indexOf("*/", at + 2);
        at = close < 0 ? end : close + 2;
      } else if (c <= ' ' || c == ';') {
        at++;
      } else {
        break;
      }
    }
    return at;
  }
}
