package dev.turso.cdc.record;

import dev.turso.change.RowChange;
import dev.turso.change.RowValues;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.schema.KeyPart;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Makes the log's images of a row out of its stored record.
 *
 * <p>An image is a record of the table's columns in their declared order, virtual ones left out; a rowid
 * alias holds the rowid, a REAL column a real number, an added column its default. Not safe for use by
 * several threads.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#record_format">File format, 2.1</a>
 */
public final class RowImages {

  private static final int SCHEMA_SQL = 4;

  private final RowValues before;
  private final RowValues after;
  private final RecordWriter writer = new RecordWriter();

  /**
   * @param encoding how the database stores its texts; images hold them as UTF-8
   */
  public RowImages(TextEncoding encoding) {
    before = new RowValues(encoding);
    after = new RowValues(encoding);
  }

  /** The image of the row before; null for an insert. */
  public byte @Nullable [] before(RowChange change) {
    return before.before(change) ? image(change.table(), before) : null;
  }

  /** The image of the row after; null for a delete. */
  public byte @Nullable [] after(RowChange change) {
    return after.after(change) ? image(change.table(), after) : null;
  }

  private byte[] image(Table table, RowValues row) {
    writer.reset();
    for (int i = 0; i < table.columns().size(); i++) {
      if (!table.columns().get(i).isVirtual()) {
        add(row.get(i));
      }
    }
    writer.finish();
    return writer.toByteArray();
  }

  /**
   * Which columns an update changed: a record of N flags (0 or 1) and then N values, NULL where the flag
   * is 0.
   */
  public byte[] updates(RowChange change) {
    before.before(change);
    after.after(change);
    Table table = change.table();
    int n = table.columns().size();
    boolean[] changed = new boolean[n];
    writer.reset();
    for (int i = 0; i < n; i++) {
      if (!table.columns().get(i).isVirtual()) {
        changed[i] = !before.get(i).equals(after.get(i));
        writer.addInteger(changed[i] ? 1 : 0);
      }
    }
    for (int i = 0; i < n; i++) {
      if (!table.columns().get(i).isVirtual()) {
        add(changed[i] ? newValue(table, i) : Value.NULL);
      }
    }
    writer.finish();
    return writer.toByteArray();
  }

  /** Of a changed definition the text of the statement that changed it, where it is known. */
  private Value newValue(Table table, int column) {
    boolean definition = table.kind() == TableKind.SCHEMA && column == SCHEMA_SQL;
    Value text = definition ? after.beyond(SCHEMA_SQL + 1) : Value.NULL;
    return text.tag() == Tag.TEXT ? text : after.get(column);
  }

  /**
   * The key of the row: its rowid; without one the key column's value, or a record of several.
   *
   * @param side which side of the change
   */
  public Value key(RowChange change, Side side) {
    Table table = change.table();
    boolean isAfter = side == Side.AFTER;
    if (!table.withoutRowid()) {
      return Value.integer(isAfter ? change.rowidAfter() : change.rowidBefore());
    }
    RowValues row = isAfter ? after : before;
    if (isAfter) {
      row.after(change);
    } else {
      row.before(change);
    }
    if (table.primaryKey().size() == 1) {
      return row.get(table.primaryKey().get(0).column());
    }
    writer.reset();
    for (KeyPart part : table.primaryKey()) {
      add(row.get(part.column()));
    }
    writer.finish();
    return Value.blob(writer.toByteArray());
  }

  /** One side of a change. */
  public enum Side {
    BEFORE,
    AFTER
  }

  private void add(Value value) {
    writer.add(value.tag(), value.bits(), value.ref());
  }

  /** The values of an image, for readers. */
  public static Value[] values(byte[] image) {
    RecordReader reader = new RecordReader();
    reader.reset(image, 0, image.length);
    Value[] values = new Value[reader.columnCount()];
    for (int i = 0; i < values.length; i++) {
      int tag = reader.load(i);
      values[i] = Value.of(tag, reader.bits(), reader.ref());
    }
    return values;
  }
}
