package dev.turso.dbsp.view;

import dev.turso.btree.TableCursor;
import dev.turso.change.RowWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a view's table: through the engine's row writer where it has indexes or somebody
 * wants its changes, else straight into its B-tree.
 */
final class RowStore {

  private final @Nullable RowWriter writer;
  private final @Nullable TableCursor cursor;
  private long lastRowid;

  private RowStore(@Nullable RowWriter writer, @Nullable TableCursor cursor) {
    this.writer = writer;
    this.cursor = cursor;
  }

  static RowStore of(RowWriter writer) {
    return new RowStore(writer, null);
  }

  static RowStore of(TableCursor cursor) {
    return new RowStore(null, cursor);
  }

  long newRowid() {
    if (writer != null) {
      return writer.newRowid();
    }
    if (lastRowid == 0) {
      assert cursor != null;
      lastRowid = cursor.last() ? cursor.rowid() : 0;
    }
    return ++lastRowid;
  }

  void insert(long rowid, byte[] record) {
    if (writer != null) {
      writer.insert(rowid, record, 0, record.length);
    } else if (cursor != null) {
      cursor.insert(rowid, record, 0, record.length);
    }
  }

  void update(long rowid, byte[] record) {
    if (writer != null) {
      writer.update(rowid, record, 0, record.length);
    } else if (cursor != null) {
      cursor.insert(rowid, record, 0, record.length);
    }
  }

  /** False if there was no such row. */
  boolean delete(long rowid) {
    if (writer != null) {
      return writer.delete(rowid);
    }
    assert cursor != null;
    if (!cursor.seek(rowid)) {
      return false;
    }
    cursor.delete();
    return true;
  }
}
