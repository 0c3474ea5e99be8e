package dev.turso.cli.command;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command's line: at white space, or between quotes. A backslash begins an escape as in
 * C, but not in single quotes.
 */
final class CommandLineWords {

  private final String line;
  private int at;

  private CommandLineWords(String line, int from) {
    this.line = line;
    at = from;
  }

  static List<String> of(String line, int from) {
    CommandLineWords words = new CommandLineWords(line, from);
    List<String> all = new ArrayList<>();
    while (words.skipSpace()) {
      all.add(words.next());
    }
    return all;
  }

  private boolean skipSpace() {
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at < line.length();
  }

  private String next() {
    char first = line.charAt(at);
    if (first == '\'' || first == '"') {
      at++;
      return quoted(first);
    }
    int start = at;
    while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    String word = line.substring(start, at);
    return word.indexOf('\\') < 0 ? word : new CommandLineWords(word, 0).unescaped();
  }

  /** The whole line with its escapes resolved. */
  private String unescaped() {
    StringBuilder word = new StringBuilder();
    while (at < line.length()) {
      char c = line.charAt(at++);
      word.append(c == '\\' && at < line.length() ? escape() : c);
    }
    return word.toString();
  }

  private String quoted(char quote) {
    StringBuilder word = new StringBuilder();
    while (at < line.length() && line.charAt(at) != quote) {
      if (line.charAt(at) == '\\' && quote == '"' && at + 1 < line.length()) {
        at++;
        word.append(escape());
      } else {
        word.append(line.charAt(at++));
      }
    }
    at++;
    return word.toString();
  }

  private char escape() {
    char c = line.charAt(at++);
    return switch (c) {
      case 'a' -> '\u0007';
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'v' -> '\u000B';
      case 'f' -> '\f';
      case 'r' -> '\r';
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c - '0');
      default -> c;
    };
  }

  private char octal(int first) {
    int value = first;
    for (int i = 0; i < 2 && at < line.length(); i++) {
      int digit = line.charAt(at) - '0';
      if (digit < 0 || digit > 7) {
        break;
      }
      value = value << 3 | digit;
      at++;
    }
    return (char) (value & 0xFF);
  }
}
