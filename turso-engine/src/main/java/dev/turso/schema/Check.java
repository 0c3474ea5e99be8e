package dev.turso.schema;

import dev.turso.sql.ast.Expression;
import org.jspecify.annotations.Nullable;

/**
 * A CHECK constraint of a table.
 *
 * @param name the name given to it, or null
 * @param text the source text of the expression: what an error names an unnamed constraint by
 */
public record Check(@Nullable String name, Expression expression, String text) {

  /** What {@code CHECK constraint failed: …} shows. */
  public String label() {
    return name == null ? text : name;
  }
}
