package dev.turso.change;

import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Column;
import dev.turso.schema.ConstantDefault;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Reads the column values of a changed row out of its stored record, as a query would show them.
 *
 * <p>A rowid alias reads as the rowid, a REAL column as a real number, and a column that was added after
 * the record was written as its default. A virtual generated column is not stored and has no value here.
 * Not safe for use by several threads.
 */
public final class RowValues {

  private final RecordReader reader;
  private @Nullable Table table;
  private long rowid;

  /** Reads records of a database that stores its texts as UTF-8. */
  public RowValues() {
    this(TextEncoding.UTF_8);
  }

  /**
   * @param encoding how the database stores its texts
   */
  public RowValues(TextEncoding encoding) {
    reader = new RecordReader(encoding);
  }

  /** Looks at the row before the change; false for an insert. */
  public boolean before(RowChange change) {
    return change.beforeLength() >= 0
        && look(
            change.table(),
            change.rowidBefore(),
            change.buffer(),
            change.beforeOffset(),
            change.beforeLength());
  }

  /** Looks at the row after the change; false for a delete. */
  public boolean after(RowChange change) {
    return change.afterLength() >= 0
        && look(
            change.table(),
            change.rowidAfter(),
            change.buffer(),
            change.afterOffset(),
            change.afterLength());
  }

  private boolean look(Table rowTable, long key, byte[] record, int offset, int length) {
    table = rowTable;
    rowid = key;
    reader.reset(record, offset, length);
    return true;
  }

  /**
   * The value of a column that is not virtual; a copy.
   *
   * @throws IllegalStateException if no row is looked at
   */
  public Value get(int column) {
    Table rows = table;
    if (rows == null) {
      throw new IllegalStateException("no row is looked at");
    }
    if (column == rows.rowidAlias()) {
      return Value.integer(rowid);
    }
    Column declared = rows.columns().get(column);
    int tag = reader.load(rows.storedPosition(column));
    if (tag == RecordReader.ABSENT) {
      return constantDefault(declared);
    }
    if (tag == Tag.INTEGER && declared.affinity() == Affinity.REAL) {
      return Value.real(reader.bits());
    }
    return Value.of(tag, reader.bits(), reader.ref());
  }

  /** A value that the record has beyond the table's columns; NULL if it has none. */
  public Value beyond(int position) {
    int tag = reader.load(position);
    return tag == RecordReader.ABSENT ? Value.NULL : Value.of(tag, reader.bits(), reader.ref());
  }

  /** The default of a column that ALTER TABLE added, which SQLite wants to be a constant. */
  public static Value constantDefault(Column column) {
    return ConstantDefault.of(column);
  }
}
