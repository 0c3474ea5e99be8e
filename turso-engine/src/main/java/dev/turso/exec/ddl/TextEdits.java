package dev.turso.exec.ddl;

import dev.turso.sql.ast.Name;
import java.util.TreeMap;

/** Replacements of tokens in one SQL text. */
final class TextEdits {

  private final String text;
  private final TreeMap<Integer, Name> tokens = new TreeMap<>();

  TextEdits(String text) {
    this.text = text;
  }

  void replace(Name token) {
    if (token.position() >= 0) {
      tokens.put(token.position(), token);
    }
  }

  /** Whether a token stands in double quotes, as names do and, where none has it, strings. */
  boolean isInDoubleQuotes(Name token) {
    return token.position() >= 0 && text.charAt(token.position()) == '"';
  }

  boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** The text with every token as a string literal of what it says. */
  String withLiterals() {
    StringBuilder edited = new StringBuilder();
    int at = 0;
    for (Name each : tokens.values()) {
      edited.append(text, at, each.position()).append(Identifiers.literal(each.text()));
      at = each.position() + each.length();
    }
    return edited.append(text, at, text.length()).toString();
  }

  /**
   * The text with every token replaced.
   *
   * @param quoted whether to quote the new name also where the old one was not
   */
  String with(String newName, boolean quoted) {
    StringBuilder edited = new StringBuilder();
    int at = 0;
    for (Name each : tokens.values()) {
      edited.append(text, at, each.position());
      boolean wasQuoted = each.length() > each.text().length();
      edited.append(quoted || wasQuoted ? Identifiers.quoted(newName) : newName);
      at = each.position() + each.length();
      // A quoted name needs no space before what follows; a bare one may.
      if ((quoted || wasQuoted)
          && at < text.length()
          && Character.isLetterOrDigit(text.charAt(at))) {
        edited.append(' ');
      }
    }
    return edited.append(text, at, text.length()).toString();
  }
}
