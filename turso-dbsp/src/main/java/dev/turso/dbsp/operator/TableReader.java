package dev.turso.dbsp.operator;

import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.exec.expression.RowSource;
import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.KeyPart;
import dev.turso.schema.Table;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds rows of one table in the current step's storage. Not re-entrant. */
public final class TableReader {

  private final CircuitContext context;
  private final Table table;
  private long step = -1;
  private @Nullable TableCursor rows;
  private @Nullable IndexCursor key;

  TableReader(CircuitContext context, Table table) {
    this.context = context;
    this.table = table;
  }

  /** The order of an index's records. */
  static KeyComparator comparator(List<IndexPart> fields, TextEncoding encoding) {
    Collation[] collations = new Collation[fields.size()];
    boolean[] descending = new boolean[fields.size()];
    for (int i = 0; i < collations.length; i++) {
      collations[i] = fields.get(i).collation();
      descending[i] = fields.get(i).descending();
    }
    return new KeyComparator(collations, descending, encoding);
  }

  private void open() {
    if (step != context.step()) {
      step = context.step();
      rows = null;
      key = null;
    }
  }

  TableCursor rows() {
    open();
    TableCursor cursor = rows;
    if (cursor == null) {
      cursor = new TableCursor(context.store(), table.rootPage());
      rows = cursor;
    }
    return cursor;
  }

  /** The rows of a WITHOUT ROWID table. */
  IndexCursor keyed() {
    open();
    IndexCursor cursor = key;
    if (cursor == null) {
      Index primary = table.primaryKeyIndex();
      assert primary != null;
      int columns = table.primaryKey().size();
      KeyComparator order =
          comparator(primary.storedParts().subList(0, columns), context.encoding());
      cursor = new IndexCursor(context.store(), table.rootPage(), order);
      key = cursor;
    }
    return cursor;
  }

  /** Moves the row source over all rows. */
  void scanAll(RowSource row, Runnable each) {
    if (context.visible().isEmpty(table)) {
      return;
    }
    if (table.withoutRowid()) {
      IndexCursor cursor = keyed();
      for (boolean on = cursor.first(); on; on = cursor.next()) {
        cursor.read(row.record);
        each.run();
      }
      return;
    }
    TableCursor cursor = rows();
    long last = context.visible().last(table);
    for (boolean on = cursor.first(); on && cursor.rowid() <= last; on = cursor.next()) {
      row.rowid = cursor.rowid();
      cursor.read(row.record);
      each.run();
    }
  }

  /** Puts the row of a rowid into the row source; false if there is none. */
  boolean find(RowSource row, long rowid) {
    TableCursor cursor = rows();
    if (rowid > context.visible().last(table) || !cursor.seek(rowid)) {
      return false;
    }
    row.rowid = rowid;
    cursor.read(row.record);
    return true;
  }

  /** Puts the row of a primary key into the row source; false if there is none. */
  boolean find(RowSource row, KeyProbe primaryKey) {
    IndexCursor cursor = keyed();
    if (context.visible().isEmpty(table) || !cursor.seek(primaryKey)) {
      return false;
    }
    cursor.read(row.record);
    return true;
  }

  /** Whether the current row is among the changes of a step. */
  boolean isTouched(RowSource row, TableChanges changes) {
    TableChanges.Entry entry =
        table.withoutRowid()
            ? changes.entry(primaryKey(table, row.record))
            : changes.entry(row.rowid);
    return entry != null;
  }

  /** The key of a WITHOUT ROWID table's record, as changes name it. */
  public static ByteBuffer primaryKey(Table table, RecordReader record) {
    OrderedKey key = new OrderedKey();
    Register value = new Register();
    for (KeyPart part : table.primaryKey()) {
      int tag = record.load(table.storedPosition(part.column()));
      value.set(Math.max(tag, Tag.NULL), record.bits(), record.ref());
      Keys.append(key, value, part.collation());
    }
    return ByteBuffer.wrap(key.toBytes());
  }
}
