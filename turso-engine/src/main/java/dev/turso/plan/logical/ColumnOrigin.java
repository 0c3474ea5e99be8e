package dev.turso.plan.logical;

import dev.turso.schema.Table;

/**
 * The table column that a column's values come from unchanged.
 *
 * @param column index in {@code table.columns()}, or {@link #ROWID}
 */
public record ColumnOrigin(Table table, int column) {

  /** The rowid of a table that has no other name for it. */
  public static final int ROWID = -1;

  public boolean isRowid() {
    return column == ROWID;
  }
}
