package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/** The name of a table, view, index, trigger, function or pragma: {@code [schema.]name}. */
public record QualifiedName(@Nullable Name schema, Name name) {

  /** An unqualified name that no text holds. */
  public static QualifiedName of(String name) {
    return new QualifiedName(null, Name.of(name));
  }

  @Override
  public String toString() {
    return schema == null ? name.text() : schema.text() + "." + name.text();
  }
}
