package dev.turso.change;

/** Reads changes in the order in which the rows were written. */
public interface ChangeCursor {

  /** Moves to the next change; false at the end. */
  boolean next();

  /** The current change: one object, reused. */
  RowChange change();

  /** The mark after the current change: a cursor from here goes on with the next one. */
  long position();
}
