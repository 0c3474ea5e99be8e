package dev.turso.exec.operator;

import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.error.CorruptException;
import dev.turso.error.ResultCode;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.RowSource;
import dev.turso.format.KeyProbe;
import org.jspecify.annotations.Nullable;

/** From an index entry to the row of the table it names, when a column of it is asked for. */
abstract class TableLookup implements RowSource.Deferred {

  /** A new execution, or a new outer row: cursors are renewed where the transaction is another. */
  abstract void open();

  /** The index cursor has moved; the row of the table is another now. */
  abstract void moved(IndexCursor cursor, RowSource entry);

  /** Gives up what is held. */
  void close() {}

  /** In a table keyed by rowid. */
  static final class ByRowid extends TableLookup {
    private final Frame frame;
    private final TablePlace place;
    private final RowSource row;
    private final RowCache cache = new RowCache();
    private @Nullable TableCursor cursor;

    ByRowid(Frame frame, TablePlace place) {
      this.frame = frame;
      this.place = place;
      this.row = frame.rows[place.source];
    }

    @Override
    void open() {
      cursor = place.cursor(frame, cursor);
      cache.open(place.store());
      row.absent = false;
    }

    @Override
    void moved(IndexCursor index, RowSource entry) {
      long rowid = index.rowid();
      entry.rowid = rowid;
      row.rowid = rowid;
      row.deferred = this;
    }

    @Override
    public void seek() {
      TableCursor c = cursor;
      if (c == null || !cache.read(c, row.rowid, row.record)) {
        throw new CorruptException(ResultCode.CORRUPT, "database disk image is malformed");
      }
    }

    @Override
    void close() {
      cache.clear();
    }
  }

  /** In a WITHOUT ROWID table, by the key columns that the entry holds. */
  static final class ByKey extends TableLookup {
    private final Frame frame;
    private final IndexPlace place;
    private final RowSource row;

    /** For each column of the table's key, its field in the index entry. */
    private final int[] fields;

    private final KeyProbe probe = new KeyProbe();
    private @Nullable RowSource entry;
    private @Nullable IndexCursor cursor;

    ByKey(Frame frame, IndexPlace place, int[] fields) {
      this.frame = frame;
      this.place = place;
      this.fields = fields;
      this.row = frame.rows[place.source];
    }

    @Override
    void open() {
      cursor = place.cursor(frame, cursor);
      row.absent = false;
    }

    @Override
    void moved(IndexCursor index, RowSource entry) {
      this.entry = entry;
      row.deferred = this;
    }

    @Override
    public void seek() {
      RowSource from = entry;
      IndexCursor c = cursor;
      assert from != null && c != null;
      probe.reset();
      for (int field : fields) {
        int tag = from.record.load(field);
        probe.add(tag, from.record.bits(), from.record.ref());
      }
      if (!c.seek(probe)) {
        throw new CorruptException(ResultCode.CORRUPT, "database disk image is malformed");
      }
      c.read(row.record);
    }
  }
}
