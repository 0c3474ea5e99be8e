package dev.turso.change;

import dev.turso.schema.Table;

/**
 * One changed row, as a window on the change set that holds it: valid until its cursor moves.
 *
 * <p>Records are in SQLite's record format and in the table's storage order ({@link
 * Table#storageOrder()}): a rowid alias is stored as NULL, its value is the rowid. A record may be
 * shorter than the table has columns if it was written before ALTER TABLE ADD COLUMN. The records of
 * a WITHOUT ROWID table begin with the key.
 */
public interface RowChange {

  Table table();

  Operation operation();

  Origin origin();

  /** Whether the rowid of the new row was chosen by the engine and not by the statement. */
  boolean rowidChosen();

  /** The rowid before; meaningless for INSERT and WITHOUT ROWID tables. */
  long rowidBefore();

  /** The rowid after; meaningless for DELETE and WITHOUT ROWID tables. */
  long rowidAfter();

  /**
   * The array that holds both records. Not to be modified, and not modified by the change set while
   * the transaction goes forward: whoever maintains something may keep slices of it for one step.
   */
  byte[] buffer();

  int beforeOffset();

  /** Bytes of the record before, -1 for INSERT. */
  int beforeLength();

  int afterOffset();

  /** Bytes of the record after, -1 for DELETE. */
  int afterLength();
}
