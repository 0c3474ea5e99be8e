package dev.turso.change;

/** Writes rows of one table past constraints and triggers, keeping its indexes right. */
public interface RowWriter {

  /** Adds a row. The rowid is ignored for a WITHOUT ROWID table. */
  void insert(long rowid, byte[] record, int off, int len);

  /** The next free rowid at the end of the table. */
  long newRowid();

  /** Removes a row by its rowid; false if there is none. */
  boolean delete(long rowid);

  /** Removes a row of a WITHOUT ROWID table by a record that begins with its key. */
  boolean delete(byte[] key, int off, int len);

  /** Replaces the record of a row by its rowid. */
  void update(long rowid, byte[] record, int off, int len);
}
