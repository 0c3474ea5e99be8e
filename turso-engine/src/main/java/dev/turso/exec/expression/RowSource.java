package dev.turso.exec.expression;

import dev.turso.format.RecordBatch;
import dev.turso.format.RecordReader;
import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The current row of one source: a scan, a sorter, a change.
 *
 * <p>A row is a record and, where its table has one, a rowid. The operator that moves the row writes
 * it, nodes read it. A scan of an index may leave the table's row to be sought when the first column
 * is asked for: it sets {@link #deferred}.
 */
public final class RowSource {

  /** Finds the record of a row that was only named so far. */
  public interface Deferred {

    /** Moves the source's {@link RowSource#record} to the row that is current. */
    void seek();
  }

  /** The record of the current row. Replaced once, when a database in UTF-16 is opened. */
  public RecordReader record = new RecordReader();

  /** The rowid of the current row, where its table has one. */
  public long rowid;

  /** Whether all columns, the rowid included, are NULL: the missing side of an outer join. */
  public boolean absent;

  /** Whom to ask for the record before reading it, or null when it is at hand. */
  public @Nullable Deferred deferred;

  /** The rows of a leaf, of which one is current, where a scan reads a leaf at a time; or null. */
  public @Nullable RecordBatch batch;

  /** Decodes a column into the lane; a column that the record does not hold is NULL. */
  public int load(int column, Frame f) {
    int tag = loadOrAbsent(column, f);
    return tag == RecordReader.ABSENT ? Tag.NULL : tag;
  }

  /** Decodes a column into the lane, or says {@link RecordReader#ABSENT}. */
  public int loadOrAbsent(int column, Frame f) {
    if (absent) {
      return Tag.NULL;
    }
    if (deferred != null) {
      seek();
    }
    RecordBatch b = batch;
    if (b != null) {
      int tag = b.load(column);
      f.bits = b.bits();
      if (tag >= Tag.TEXT) {
        f.ref = b.ref(column);
      }
      return tag;
    }
    RecordReader r = record;
    int tag = r.load(column);
    f.bits = r.bits();
    if (tag >= Tag.TEXT) {
      f.ref = r.ref();
    }
    return tag;
  }

  private void seek() {
    Deferred d = deferred;
    deferred = null;
    if (d != null) {
      d.seek();
    }
  }
}
