package dev.turso.dbsp.view;

import dev.turso.btree.TableCursor;
import dev.turso.change.TransactionView;
import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.circuit.Circuit;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.dbsp.trace.Trace;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Tag;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The rows of a view in its table.
 *
 * <p>A row is found again by its rowid, where rows have an identity from their source; otherwise by an
 * entry of the trace that begins with the row itself:
 *
 * <pre>
 *   0 0 1  record  rowid(8)      → nothing
 * </pre>
 */
final class ViewRows {

  private static final byte[] NOTHING = {};
  private static final int ROWID = 8;

  private final TransactionView transaction;
  private final Table table;
  private final Trace trace;
  private final boolean identity;
  private final RowStore rows;
  private final TableChanges changes;
  private final TextEncoding encoding;

  /**
   * @param rows writes the table
   * @param changes takes the changes in, for views over this one
   */
  ViewRows(
      TransactionView transaction,
      Table table,
      Trace trace,
      boolean identity,
      RowStore rows,
      TableChanges changes) {
    this.transaction = transaction;
    this.table = table;
    this.trace = trace;
    this.identity = identity;
    this.rows = rows;
    this.changes = changes;
    this.encoding = SideTables.encoding(transaction.store());
  }

  /** A record of a circuit, whose texts are UTF-8, as the database stores it. */
  private byte[] stored(byte[] record) {
    return Records.recoded(record, TextEncoding.UTF_8, encoding);
  }

  /** Applies consolidated changes of a circuit's result; returns how many rows were written. */
  long apply(ZSet delta) {
    return identity ? applyIdentified(delta) : applyCounted(delta);
  }

  /** Rows of one identity stand next to each other: an old one and a new one are an update. */
  private long applyIdentified(ZSet delta) {
    int size = delta.size();
    for (int i = 0; i < size; i++) {
      boolean pair = i + 1 < size && identity(delta, i) == identity(delta, i + 1);
      if (pair && delta.weight(i) + delta.weight(i + 1) == 0) {
        boolean firstIsOld = delta.weight(i) < 0;
        update(delta.row(firstIsOld ? i : i + 1), delta.row(firstIsOld ? i + 1 : i));
        i++;
      } else if (delta.weight(i) < 0) {
        delete(delta.row(i));
      } else {
        insert(delta.row(i));
      }
    }
    return size;
  }

  private static long identity(ZSet delta, int index) {
    return ByteBuffer.wrap(delta.array()).getLong(delta.start(index));
  }

  private void update(byte[] old, byte[] row) {
    long rowid = ByteBuffer.wrap(row).getLong();
    byte[] record = stored(Arrays.copyOfRange(row, Circuit.IDENTITY, row.length));
    byte[] before = stored(Arrays.copyOfRange(old, Circuit.IDENTITY, old.length));
    rows.update(rowid, record);
    changes.deleted(rowid, before, 0, before.length);
    changes.inserted(rowid, record, 0, record.length);
  }

  private long applyCounted(ZSet delta) {
    long written = 0;
    for (int i = 0; i < delta.size(); i++) {
      long weight = delta.weight(i);
      if (weight < 0) {
        byte[] row = delta.row(i);
        written -= weight;
        for (long n = weight; n < 0; n++) {
          delete(row);
        }
      }
    }
    for (int i = 0; i < delta.size(); i++) {
      long weight = delta.weight(i);
      if (weight > 0) {
        byte[] row = delta.row(i);
        written += weight;
        for (long n = 0; n < weight; n++) {
          insert(row);
        }
      }
    }
    return written;
  }

  private void insert(byte[] row) {
    byte[] record = Arrays.copyOfRange(row, Circuit.IDENTITY, row.length);
    long rowid = identity ? ByteBuffer.wrap(row).getLong() : rows.newRowid();
    byte[] stored = stored(record);
    rows.insert(rowid, stored);
    if (!identity) {
      trace.put(entry(record, rowid), NOTHING);
    }
    changes.inserted(rowid, stored, 0, stored.length);
  }

  private void delete(byte[] row) {
    byte[] record = Arrays.copyOfRange(row, Circuit.IDENTITY, row.length);
    long rowid = identity ? ByteBuffer.wrap(row).getLong() : find(record);
    if (!rows.delete(rowid)) {
      throw new IllegalStateException("a row to delete is not in the view " + table.name());
    }
    if (!identity) {
      trace.remove(entry(record, rowid));
    }
    byte[] stored = stored(record);
    changes.deleted(rowid, stored, 0, stored.length);
  }

  private long find(byte[] record) {
    byte[] prefix = prefix(record).toBytes();
    long[] rowid = {0};
    boolean[] found = {false};
    trace.scan(
        prefix,
        (key, value) -> {
          if (key.length == prefix.length + ROWID) {
            rowid[0] = ByteBuffer.wrap(key).getLong(prefix.length);
            found[0] = true;
          }
          return !found[0];
        });
    if (!found[0]) {
      throw new IllegalStateException("a row to delete is not in the view " + table.name());
    }
    return rowid[0];
  }

  private static OrderedKey prefix(byte[] record) {
    return new OrderedKey().addByte(0).addByte(0).addByte(1).addRaw(record, 0, record.length);
  }

  private static byte[] entry(byte[] record, long rowid) {
    byte[] bytes = ByteBuffer.allocate(ROWID).putLong(rowid).array();
    return prefix(record).addRaw(bytes, 0, ROWID).toBytes();
  }

  /** Adds the stored rows to a Z-set, times a factor. */
  void stored(ZSet into, long factor) {
    TableCursor cursor = new TableCursor(transaction.store(), table.rootPage());
    RecordReader reader = new RecordReader(encoding);
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      byte[] record = record(cursor, reader);
      long shown = identity ? cursor.rowid() : 0;
      into.add(
          ByteBuffer.allocate(Circuit.IDENTITY + record.length).putLong(shown).put(record).array(),
          factor);
    }
  }

  /** Enters all stored rows into an empty trace. */
  void enterStored() {
    if (identity) {
      return;
    }
    TableCursor cursor = new TableCursor(transaction.store(), table.rootPage());
    RecordReader reader = new RecordReader(encoding);
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      trace.put(entry(record(cursor, reader), cursor.rowid()), NOTHING);
    }
  }

  /**
   * The record as circuits make it. Who writes through constraints, as the engine's row writer and
   * native SQLite do, stores a whole number in a REAL column as an integer.
   */
  private byte[] record(TableCursor cursor, RecordReader reader) {
    cursor.read(reader);
    boolean shortened = false;
    for (int i = 0; i < table.columns().size() && !shortened; i++) {
      shortened = isReal(i) && reader.load(i) == Tag.INTEGER;
    }
    if (shortened || encoding != TextEncoding.UTF_8) {
      return rewritten(reader);
    }
    byte[] array = cursor.array();
    int from = cursor.payloadOffset();
    return Arrays.copyOfRange(array, from, from + cursor.payloadLength());
  }

  private boolean isReal(int column) {
    return table.columns().get(column).affinity() == Affinity.REAL;
  }

  private byte[] rewritten(RecordReader reader) {
    RecordWriter writer = new RecordWriter();
    for (int i = 0; i < table.columns().size(); i++) {
      int tag = reader.load(i);
      if (tag == Tag.INTEGER && isReal(i)) {
        writer.add(Tag.REAL, Double.doubleToRawLongBits((double) reader.bits()), NOTHING);
      } else if (tag <= Tag.NULL) {
        writer.addNull();
      } else {
        writer.add(tag, reader.bits(), reader.ref());
      }
    }
    writer.finish();
    return writer.toByteArray();
  }
}
