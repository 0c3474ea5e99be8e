package dev.turso.dbsp.view;

import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.dbsp.operator.TableReader;
import dev.turso.format.KeyComparator;
import dev.turso.format.RecordReader;
import dev.turso.pager.PageStore;
import dev.turso.schema.Table;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The next rows of a table, as rows that come.
 *
 * @param last the last rowid of the slice, {@code Long.MAX_VALUE} if nothing follows
 */
record Slice(TableChanges rows, long last) {

  /** A WITHOUT ROWID table is one slice; another one is read on from after a rowid. */
  static Slice after(PageStore store, Table table, @Nullable Long rowid, int most) {
    TableChanges rows = new TableChanges();
    if (table.withoutRowid()) {
      addAll(store, table, rows);
      return new Slice(rows, Long.MAX_VALUE);
    }
    TableCursor cursor = new TableCursor(store, table.rootPage());
    boolean on = rowid == null ? cursor.first() : cursor.seekGreater(rowid);
    long last = Long.MAX_VALUE;
    for (int n = 0; on; n++) {
      if (n == most) {
        return new Slice(rows, last);
      }
      last = cursor.rowid();
      byte[] array = cursor.array();
      int from = cursor.payloadOffset();
      byte[] record = Arrays.copyOfRange(array, from, from + cursor.payloadLength());
      rows.inserted(last, record, 0, record.length);
      on = cursor.next();
    }
    return new Slice(rows, Long.MAX_VALUE);
  }

  private static void addAll(PageStore store, Table table, TableChanges rows) {
    RecordReader reader = new RecordReader(SideTables.encoding(store));
    IndexCursor cursor = new IndexCursor(store, table.rootPage(), KeyComparator.binary(1));
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      byte[] array = cursor.array();
      int from = cursor.payloadOffset();
      byte[] record = Arrays.copyOfRange(array, from, from + cursor.payloadLength());
      reader.reset(record, 0, record.length);
      rows.inserted(TableReader.primaryKey(table, reader), record, 0, record.length);
    }
  }
}
