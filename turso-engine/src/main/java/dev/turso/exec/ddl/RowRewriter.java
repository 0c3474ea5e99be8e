package dev.turso.exec.ddl;

import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.change.RowValues;
import dev.turso.exec.write.Keys;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.Column;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Tag;
import dev.turso.value.Value;

/** Rewrites the records of a table after its columns have changed. */
final class RowRewriter {

  private RowRewriter() {}

  /** Takes a column out of every record. */
  static void dropColumn(SchemaContext context, Table before, int column) {
    int field = before.storedPosition(column);
    if (field < 0) {
      return;
    }
    PageStore store = context.store(before.databaseIndex());
    TextEncoding encoding = context.encoding(before.databaseIndex());
    RecordReader reader = new RecordReader(encoding);
    RecordWriter writer = new RecordWriter(encoding);
    Index key = before.primaryKeyIndex();
    if (key == null) {
      TableCursor cursor = new TableCursor(store, before.rootPage());
      for (boolean more = cursor.first(); more; more = cursor.next()) {
        context.checkInterrupt();
        long rowid = cursor.rowid();
        reader.reset(cursor.array(), cursor.payloadOffset(), cursor.payloadLength());
        without(reader, writer, before, field);
        cursor.insert(rowid, writer.array(), writer.offset(), writer.length());
      }
      return;
    }
    IndexCursor cursor = new IndexCursor(store, before.rootPage(), Keys.order(key, encoding));
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      context.checkInterrupt();
      reader.reset(cursor.array(), cursor.payloadOffset(), cursor.payloadLength());
      without(reader, writer, before, field);
      cursor.insert(writer.array(), writer.offset(), writer.length());
    }
  }

  /** Columns that came after the row are written out: a record has at least one. */
  private static void without(RecordReader reader, RecordWriter writer, Table before, int field) {
    writer.reset();
    int[] stored = before.storageOrder();
    int n = reader.columnCount();
    for (int i = 0; i < Math.max(n, stored.length); i++) {
      if (i == field) {
        continue;
      }
      if (i < n) {
        int tag = reader.load(i);
        writer.add(tag, reader.bits(), reader.ref());
      } else {
        addDefault(writer, before.columns().get(stored[i]));
      }
    }
    writer.finish();
  }

  private static void addDefault(RecordWriter writer, Column column) {
    Value value = RowValues.constantDefault(column);
    if (value.tag() == Tag.REAL && column.affinity() == Affinity.REAL) {
      writer.addCompactReal(value.bits());
    } else {
      writer.add(value.tag(), value.bits(), value.ref());
    }
  }
}
