package dev.turso.exec.ddl;

import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.exec.write.Keys;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.Index;
import dev.turso.schema.Table;

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
        without(reader, writer, field);
        cursor.insert(rowid, writer.array(), writer.offset(), writer.length());
      }
      return;
    }
    IndexCursor cursor = new IndexCursor(store, before.rootPage(), Keys.order(key, encoding));
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      context.checkInterrupt();
      reader.reset(cursor.array(), cursor.payloadOffset(), cursor.payloadLength());
      without(reader, writer, field);
      cursor.insert(writer.array(), writer.offset(), writer.length());
    }
  }

  private static void without(RecordReader reader, RecordWriter writer, int field) {
    writer.reset();
    int n = reader.columnCount();
    for (int i = 0; i < n; i++) {
      if (i != field) {
        int tag = reader.load(i);
        writer.add(tag, reader.bits(), reader.ref());
      }
    }
    writer.finish();
  }
}
