package dev.turso.btree;

import dev.turso.format.RecordReader;
import dev.turso.pager.PageStore;

/**
 * A position in a table tree, whose rows are records keyed by rowid.
 *
 * <p>A move returns whether it found a row; after {@code false} the cursor is on none. The tree may be
 * changed through other cursors meanwhile: this one finds its place again, and if its row has gone,
 * {@link #next} goes to the first row after it and {@link #previous} to the last before it. The row's
 * record is a slice of an array whose content never changes; nothing is allocated per row unless the
 * row overflows its page or this transaction has written the page. Not thread-safe.
 */
public final class TableCursor {

  public TableCursor(PageStore store, int root) {
    throw new UnsupportedOperationException();
  }

  public boolean first() {
    throw new UnsupportedOperationException();
  }

  public boolean last() {
    throw new UnsupportedOperationException();
  }

  public boolean next() {
    throw new UnsupportedOperationException();
  }

  public boolean previous() {
    throw new UnsupportedOperationException();
  }

  /** Moves to the row with exactly this rowid. */
  public boolean seek(long rowid) {
    throw new UnsupportedOperationException();
  }

  /** Moves to the first row whose rowid is at least this. */
  public boolean seekAtLeast(long rowid) {
    throw new UnsupportedOperationException();
  }

  /** Moves to the first row whose rowid is greater than this. */
  public boolean seekGreater(long rowid) {
    throw new UnsupportedOperationException();
  }

  /** Moves to the last row whose rowid is at most this. */
  public boolean seekAtMost(long rowid) {
    throw new UnsupportedOperationException();
  }

  /** Moves to the last row whose rowid is less than this. */
  public boolean seekLess(long rowid) {
    throw new UnsupportedOperationException();
  }

  /** Whether the cursor is on a row. */
  public boolean onRow() {
    throw new UnsupportedOperationException();
  }

  public long rowid() {
    throw new UnsupportedOperationException();
  }

  /** The array that holds the row's record, at {@link #payloadOffset()}. */
  public byte[] array() {
    throw new UnsupportedOperationException();
  }

  public int payloadOffset() {
    throw new UnsupportedOperationException();
  }

  public int payloadLength() {
    throw new UnsupportedOperationException();
  }

  /** Points a reader at the row's record; overflow pages are read only if a column needs them. */
  public void read(RecordReader reader) {
    throw new UnsupportedOperationException();
  }

  /** Inserts a row, or replaces the one with this rowid; the cursor is then on it. */
  public void insert(long rowid, byte[] record, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** Deletes the row the cursor is on; {@link #next} then goes to the row that followed it. */
  public void delete() {
    throw new UnsupportedOperationException();
  }

  /** The number of rows, from the cell counts of the leaves. The cursor's position is lost. */
  public long count() {
    throw new UnsupportedOperationException();
  }
}
