package dev.turso.cdc.record;

import dev.turso.change.RowChange;
import dev.turso.change.RowValues;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Column;
import dev.turso.schema.KeyPart;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.value.Affinity;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the log's images of a row out of its stored record.
 *
 * <p>An image is a record of the table's columns in their declared order, virtual ones left out; a rowid
 * alias holds the rowid, a REAL column a real number, an added column its default. An image is in the buffer
 * of its writer until the next change is looked at. Not safe for use by several threads.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#record_format">File format, 2.1</a>
 */
public final class RowImages {

  private static final int SCHEMA_SQL = 4;

  /** An image's buffer that has grown beyond this is not kept for the next row. */
  private static final int LARGEST_KEPT = 1 << 20;

  private final RowSide before;
  private final RowSide after;
  private final RowValues values;
  private RecordWriter beforeImage = new RecordWriter();
  private RecordWriter afterImage = new RecordWriter();
  private RecordWriter updates = new RecordWriter();
  private final RecordWriter keys = new RecordWriter();
  private boolean hasBefore;
  private boolean hasAfter;
  private boolean[] changed = {};

  /**
   * @param encoding how the database stores its texts; images hold them as UTF-8
   */
  public RowImages(TextEncoding encoding) {
    before = new RowSide(encoding);
    after = new RowSide(encoding);
    values = new RowValues(encoding);
  }

  /** Turns to a change: the images asked for from now on are of its row, until the next one. */
  public void look(RowChange change) {
    hasBefore = before.before(change);
    hasAfter = after.after(change);
    beforeImage = kept(beforeImage);
    afterImage = kept(afterImage);
    updates = kept(updates);
  }

  private static RecordWriter kept(RecordWriter writer) {
    return writer.array().length > LARGEST_KEPT ? new RecordWriter() : writer;
  }

  /** The image of the row before; null for an insert. */
  public @Nullable RecordWriter before() {
    return hasBefore ? image(before, beforeImage) : null;
  }

  /** The image of the row after; null for a delete. */
  public @Nullable RecordWriter after() {
    return hasAfter ? image(after, afterImage) : null;
  }

  private static RecordWriter image(RowSide row, RecordWriter writer) {
    writer.reset();
    for (int i = 0; i < row.count; i++) {
      if (row.load(i)) {
        writer.add(row.tag, row.bits, row.ref);
      }
    }
    writer.finish();
    return writer;
  }

  /**
   * Which columns an update changed: a record of N flags (0 or 1) and then N values, NULL where the flag
   * is 0.
   *
   * @param change that was looked at
   */
  public RecordWriter updates(RowChange change) {
    if (changed.length < after.count) {
      changed = new boolean[after.count];
    }
    RecordWriter writer = updates.reset();
    for (int i = 0; i < after.count; i++) {
      if (after.load(i)) {
        before.load(i);
        changed[i] = !before.sameAs(after);
        writer.addInteger(changed[i] ? 1 : 0);
      }
    }
    for (int i = 0; i < after.count; i++) {
      if (!changed[i]) {
        if (!after.virtual[i]) {
          writer.addNull();
        }
      } else if (after.load(i)) {
        addNewValue(writer, change, i);
      }
    }
    writer.finish();
    return writer;
  }

  /** Of a changed definition the text of the statement that changed it, where it is known. */
  private void addNewValue(RecordWriter writer, RowChange change, int column) {
    if (column == SCHEMA_SQL && change.table().kind() == TableKind.SCHEMA) {
      values.after(change);
      Value text = values.beyond(SCHEMA_SQL + 1);
      if (text.tag() == Tag.TEXT) {
        writer.add(text.tag(), text.bits(), text.ref());
        return;
      }
    }
    writer.add(after.tag, after.bits, after.ref);
  }

  /** Whether an update gave the row another key. */
  public boolean keyChanged(RowChange change) {
    return change.table().withoutRowid()
        ? !key(change, Side.BEFORE).equals(key(change, Side.AFTER))
        : change.rowidBefore() != change.rowidAfter();
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
    if (isAfter) {
      values.after(change);
    } else {
      values.before(change);
    }
    if (table.primaryKey().size() == 1) {
      return values.get(table.primaryKey().get(0).column());
    }
    keys.reset();
    for (KeyPart part : table.primaryKey()) {
      Value value = values.get(part.column());
      keys.add(value.tag(), value.bits(), value.ref());
    }
    keys.finish();
    return Value.blob(keys.toByteArray());
  }

  /** One side of a change. */
  public enum Side {
    BEFORE,
    AFTER
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

  /** One side of a change, a column at a time and without objects for its values. */
  private static final class RowSide {
    private final RecordReader reader;
    private final RowValues defaults;
    private @Nullable Table table;
    private @Nullable RowChange change;
    private boolean isAfter;
    private int[] stored = {};
    private boolean[] real = {};
    private boolean[] virtual = {};
    private int alias;
    private long rowid;
    private int count;
    private int tag;
    private long bits;
    private byte[] ref = {};

    RowSide(TextEncoding encoding) {
      reader = new RecordReader(encoding);
      defaults = new RowValues(encoding);
    }

    boolean before(RowChange row) {
      if (row.beforeLength() < 0) {
        return false;
      }
      isAfter = false;
      rowid = row.rowidBefore();
      reader.reset(row.buffer(), row.beforeOffset(), row.beforeLength());
      look(row);
      return true;
    }

    boolean after(RowChange row) {
      if (row.afterLength() < 0) {
        return false;
      }
      isAfter = true;
      rowid = row.rowidAfter();
      reader.reset(row.buffer(), row.afterOffset(), row.afterLength());
      look(row);
      return true;
    }

    private void look(RowChange row) {
      change = row;
      Table of = row.table();
      if (of == table) {
        return;
      }
      table = of;
      count = of.columns().size();
      alias = of.rowidAlias();
      stored = new int[count];
      real = new boolean[count];
      virtual = new boolean[count];
      for (int i = 0; i < count; i++) {
        Column column = of.columns().get(i);
        virtual[i] = column.isVirtual();
        stored[i] = virtual[i] ? -1 : of.storedPosition(i);
        real[i] = column.affinity() == Affinity.REAL;
      }
    }

    /** Loads a column; false if it is virtual. */
    boolean load(int column) {
      if (virtual[column]) {
        return false;
      }
      if (column == alias) {
        tag = Tag.INTEGER;
        bits = rowid;
        return true;
      }
      tag = reader.load(stored[column]);
      if (tag == RecordReader.ABSENT) {
        loadDefault(column);
        return true;
      }
      bits = reader.bits();
      ref = reader.ref();
      if (tag == Tag.INTEGER && real[column]) {
        tag = Tag.REAL;
        bits = Double.doubleToRawLongBits(bits);
      }
      return true;
    }

    private void loadDefault(int column) {
      RowChange row = change;
      if (row == null) {
        throw new IllegalStateException("no row is looked at");
      }
      if (isAfter) {
        defaults.after(row);
      } else {
        defaults.before(row);
      }
      Value value = defaults.get(column);
      tag = value.tag();
      bits = value.bits();
      ref = value.ref();
    }

    boolean sameAs(RowSide other) {
      if (tag != other.tag) {
        return false;
      }
      if (tag == Tag.NULL) {
        return true;
      }
      if (tag == Tag.INTEGER || tag == Tag.REAL) {
        return bits == other.bits;
      }
      int from = Tag.offset(bits);
      int otherFrom = Tag.offset(other.bits);
      return Arrays.equals(
          ref,
          from,
          from + Tag.length(bits),
          other.ref,
          otherFrom,
          otherFrom + Tag.length(other.bits));
    }
  }
}
