package dev.turso.btree;

import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.pager.PageStore;

/**
 * A position in an index tree, whose entries are records in the order of a {@link KeyComparator};
 * also the rows of a WITHOUT ROWID table, of which only the first columns are key.
 *
 * <p>Moves, changes by others and the life of slices are as for {@link TableCursor}. A probe may have
 * fewer columns than the key: entries that begin with it are then equal to it. A probe's texts are
 * UTF-8 in every database. Not thread-safe.
 */
public final class IndexCursor {

  public IndexCursor(PageStore store, int root, KeyComparator order) {
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

  /** Moves to the first entry that equals the probe. */
  public boolean seek(KeyProbe probe) {
    throw new UnsupportedOperationException();
  }

  /** Moves to the first entry not less than the probe. */
  public boolean seekAtLeast(KeyProbe probe) {
    throw new UnsupportedOperationException();
  }

  /** Moves to the first entry greater than the probe. */
  public boolean seekGreater(KeyProbe probe) {
    throw new UnsupportedOperationException();
  }

  /** Moves to the last entry not greater than the probe. */
  public boolean seekAtMost(KeyProbe probe) {
    throw new UnsupportedOperationException();
  }

  /** Moves to the last entry less than the probe. */
  public boolean seekLess(KeyProbe probe) {
    throw new UnsupportedOperationException();
  }

  /** The sign of the entry the cursor is on against the probe: the end test of a range scan. */
  public int compare(KeyProbe probe) {
    throw new UnsupportedOperationException();
  }

  /** Whether the cursor is on an entry. */
  public boolean onRow() {
    throw new UnsupportedOperationException();
  }

  /** The entry's last column as the rowid that an index on a rowid table ends with. */
  public long rowid() {
    throw new UnsupportedOperationException();
  }

  /** The array that holds the entry's record, at {@link #payloadOffset()}. */
  public byte[] array() {
    throw new UnsupportedOperationException();
  }

  public int payloadOffset() {
    throw new UnsupportedOperationException();
  }

  public int payloadLength() {
    throw new UnsupportedOperationException();
  }

  /** Points a reader at the entry's record; overflow pages are read only if a column needs them. */
  public void read(RecordReader reader) {
    throw new UnsupportedOperationException();
  }

  /** Inserts an entry, or replaces the one with an equal key; the cursor is then on it. */
  public void insert(byte[] record, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** Deletes the entry the cursor is on; {@link #next} then goes to the one that followed it. */
  public void delete() {
    throw new UnsupportedOperationException();
  }

  /** The number of entries, from the cell counts of the pages. The cursor's position is lost. */
  public long count() {
    throw new UnsupportedOperationException();
  }
}
