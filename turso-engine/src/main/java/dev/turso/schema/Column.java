package dev.turso.schema;

import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.Expression;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param declaredType the words of its type as written, or null
 * @param notNullConflict what to do with a NULL where the statement does not say; null for ABORT
 * @param defaultText the source text of the default, as {@code PRAGMA table_info} shows it
 * @param hidden whether it is a hidden column of a virtual table
 * @param primaryKeyPosition its place in the PRIMARY KEY from 1, or 0
 */
public record Column(
    String name,
    @Nullable String declaredType,
    Affinity affinity,
    Collation collation,
    boolean notNull,
    @Nullable ConflictAction notNullConflict,
    @Nullable Expression defaultExpression,
    @Nullable String defaultText,
    Generation generation,
    @Nullable Expression generator,
    boolean hidden,
    int primaryKeyPosition) {

  /** A plain column without constraints. */
  public static Column of(String name, @Nullable String declaredType, Affinity affinity) {
    return new Column(
        name,
        declaredType,
        affinity,
        Collation.BINARY,
        false,
        null,
        null,
        null,
        Generation.NONE,
        null,
        false,
        0);
  }

  /** A hidden column: a parameter of a table-valued function. */
  public static Column hidden(String name, Affinity affinity) {
    return new Column(
        name,
        null,
        affinity,
        Collation.BINARY,
        false,
        null,
        null,
        null,
        Generation.NONE,
        null,
        true,
        0);
  }

  public boolean isGenerated() {
    return generation != Generation.NONE;
  }

  /** Whether the column is computed at every read and absent from the record. */
  public boolean isVirtual() {
    return generation == Generation.VIRTUAL;
  }
}
