package dev.turso.plan.logical;

import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import org.jspecify.annotations.Nullable;

/**
 * A column of some relation of a statement, made once by the node that produces it.
 *
 * <p>Two columns are equal when their ids are: an id is unique within its statement (L1).
 *
 * @param collation what comparisons of the column use where nothing explicit overrides it; null for
 *     a computed column without one, which then leaves the choice to the other operand
 * @param nullable false only if no row can hold NULL here
 * @param origin the table column this is, or null for a computed one
 * @param declaredType as {@code sqlite3_column_decltype} tells it, or null
 */
public record BoundColumn(
    int id,
    String name,
    Affinity affinity,
    @Nullable Collation collation,
    boolean nullable,
    @Nullable ColumnOrigin origin,
    @Nullable String declaredType) {

  /** The collation to compare this column with where nothing else has a say. */
  public Collation collationOrBinary() {
    return collation == null ? Collation.BINARY : collation;
  }

  /**
   * Whether all values have been through this column's affinity when they were stored. Columns of a
   * materialized view may be compared under one that its table does not have.
   */
  public boolean isStoredAsTyped() {
    if (origin == null) {
      return false;
    }
    return affinity
        == (origin.isRowid()
            ? Affinity.INTEGER
            : origin.table().columns().get(origin.column()).affinity());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BoundColumn column && column.id == id;
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return name + "#" + id;
  }
}
