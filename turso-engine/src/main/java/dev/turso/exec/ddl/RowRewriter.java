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
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.Value;

/** Rewrites the records of a table after its columns have changed. */
final class RowRewriter {

  private RowRewriter() {}

  /** Makes the new record of a row from that which a reader looks at. */
  private interface Rewriting {
    void write(long rowid, RecordReader reader, RecordWriter writer);
  }

  /** Takes a column out of every record. */
  static void dropColumn(SchemaContext context, Table before, int column) {
    int field = before.storedPosition(column);
    if (field >= 0) {
      rewrite(context, before, (rowid, reader, writer) -> without(reader, writer, before, field));
    }
  }

  /**
   * Gives every value of a column the affinity of its new definition. Both tables store the same
   * columns in the same order; a rowid that the column stood for becomes its value.
   */
  static void changeColumn(SchemaContext context, Table before, Table after, int column) {
    rewrite(
        context,
        before,
        (rowid, reader, writer) -> changed(rowid, reader, writer, before, after, column));
  }

  private static void rewrite(SchemaContext context, Table before, Rewriting rewriting) {
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
        rewriting.write(rowid, reader, writer);
        cursor.insert(rowid, writer.array(), writer.offset(), writer.length());
      }
      return;
    }
    IndexCursor cursor = new IndexCursor(store, before.rootPage(), Keys.order(key, encoding));
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      context.checkInterrupt();
      reader.reset(cursor.array(), cursor.payloadOffset(), cursor.payloadLength());
      rewriting.write(0, reader, writer);
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

  private static void changed(
      long rowid, RecordReader reader, RecordWriter writer, Table before, Table after, int column) {
    writer.reset();
    int n = reader.columnCount();
    for (int i = 0; i < before.storageOrder().length; i++) {
      int each = before.storageOrder()[i];
      if (each == column) {
        addChanged(writer, value(rowid, reader, before, column), after.columns().get(column));
      } else if (i < n) {
        int tag = reader.load(i);
        writer.add(tag, reader.bits(), reader.ref());
      } else {
        addDefault(writer, before.columns().get(each));
      }
    }
    writer.finish();
  }

  private static Register value(long rowid, RecordReader reader, Table before, int column) {
    Register value = new Register();
    Column definition = before.columns().get(column);
    int field = before.storedPosition(column);
    if (column == before.rowidAlias()) {
      value.setInteger(rowid);
    } else if (field >= reader.columnCount()) {
      value.set(RowValues.constantDefault(definition));
    } else {
      value.tag = reader.load(field);
      value.bits = reader.bits();
      value.ref = reader.ref();
      if (value.tag == Tag.INTEGER && definition.affinity() == Affinity.REAL) {
        value.setReal((double) value.bits);
      }
    }
    return value;
  }

  private static void addChanged(RecordWriter writer, Register value, Column definition) {
    definition.affinity().apply(value);
    if (value.tag == Tag.REAL && definition.affinity() == Affinity.REAL) {
      writer.addCompactReal(value.bits);
    } else {
      writer.add(value.tag, value.bits, value.ref);
    }
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
