package dev.turso.vtab;

import dev.turso.value.Register;

/** The rows of one call of a {@link TableFunction}, one at a time. Not thread-safe. */
public interface RowCursor {

  /** Moves to the next row; false after the last one. */
  boolean next();

  /**
   * Puts the value of a column of the current row into a register; bytes may be shared until the next
   * move.
   *
   * @param column index in the function's columns, the hidden ones included
   */
  void column(int column, Register out);

  /** The rowid of the current row. */
  default long rowid() {
    return 0;
  }
}
