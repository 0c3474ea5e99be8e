package dev.turso.sql.print;

import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The text under construction, and how words, names and lists are put into it. */
final class SqlWriter {

  private final StringBuilder text = new StringBuilder();

  SqlWriter append(String sql) {
    text.append(sql);
    return this;
  }

  /** Appends only if the condition holds. */
  SqlWriter appendIf(boolean condition, String sql) {
    return condition ? append(sql) : this;
  }

  SqlWriter name(Name name) {
    text.append(quotedIfNeeded(name.text()));
    return this;
  }

  SqlWriter name(QualifiedName name) {
    if (name.schema() != null) {
      name(name.schema()).append(".");
    }
    return name(name.name());
  }

  /** {@code before name}, or nothing if there is no name. */
  SqlWriter optionalName(String before, @Nullable Name name) {
    return name == null ? this : append(before).name(name);
  }

  /** {@code (a, b)}. */
  SqlWriter names(List<Name> names) {
    append("(");
    list(names, this::name);
    return append(")");
  }

  /** {@code (a, b)}, or nothing if the list is empty. */
  SqlWriter optionalNames(List<Name> names) {
    return names.isEmpty() ? this : names(names);
  }

  /** Elements with commas between them. */
  <T> SqlWriter list(List<T> elements, Consumer<T> printer) {
    for (int i = 0; i < elements.size(); i++) {
      appendIf(i > 0, ", ");
      printer.accept(elements.get(i));
    }
    return this;
  }

  SqlWriter string(String value) {
    return append("'").append(value.replace("'", "''")).append("'");
  }

  /** A name as it is, or in double quotes if it would not be read as the same name without. */
  static String quotedIfNeeded(String name) {
    return isPlain(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static boolean isPlain(String name) {
    if (name.isEmpty() || !(name.charAt(0) == '_' || isLetter(name.charAt(0)))) {
      return false;
    }
    Tokenizer tokenizer = new Tokenizer(name, 0);
    return tokenizer.next() == Token.ID && tokenizer.end() == name.length();
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 128;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
