package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.value.Register;

/**
 * Where NEW stands in a frame: consecutive registers, one per column, then one for the rowid.
 *
 * @param base slot of the first column
 */
public record RowPlaces(int base, int columns) {

  public Register column(Frame f, int column) {
    return f.slots[base + column];
  }

  /** The rowid; where the table has an alias for it, {@link #column} of that is kept equal. */
  public Register rowid(Frame f) {
    return f.slots[base + columns];
  }

  public int rowidSlot() {
    return base + columns;
  }
}
