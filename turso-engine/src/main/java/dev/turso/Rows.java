package dev.turso;

import dev.turso.session.ResultRows;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a running statement, read forward.
 *
 * <p>Getters convert as SQLite's column functions do. Column numbers start at 0. Before {@link #next}
 * and after the last row a getter is a misuse.
 */
public final class Rows implements AutoCloseable {

  private final ResultRows rows;
  private final Register value = new Register();

  Rows(ResultRows rows) {
    this.rows = rows;
  }

  /** Moves to the next row; false when there is none, and then the statement has ended. */
  public boolean next() {
    return rows.next();
  }

  public int columnCount() {
    return rows.columnCount();
  }

  /** The storage class of a value: one of {@link dev.turso.value.Tag}. */
  public int tag(int column) {
    return rows.load(column);
  }

  public boolean isNull(int column) {
    return rows.load(column) == Tag.NULL;
  }

  public long getLong(int column) {
    int tag = rows.load(column);
    return tag == Tag.INTEGER ? rows.bits() : loaded(tag).asLong();
  }

  public double getDouble(int column) {
    int tag = rows.load(column);
    return tag == Tag.REAL ? Double.longBitsToDouble(rows.bits()) : loaded(tag).asDouble();
  }

  /** The value as text, or null for NULL. */
  public @Nullable String getText(int column) {
    int tag = rows.load(column);
    return tag == Tag.NULL ? null : loaded(tag).asString();
  }

  /** The bytes of a blob or a text's UTF-8 form, or null for NULL. */
  public byte @Nullable [] getBlob(int column) {
    int tag = rows.load(column);
    return tag == Tag.NULL ? null : loaded(tag).asBytes();
  }

  public Value get(int column) {
    int tag = rows.load(column);
    return Value.of(tag, rows.bits(), rows.ref());
  }

  private Register loaded(int tag) {
    value.set(tag, rows.bits(), rows.ref());
    return value;
  }

  /** Ends the statement, whether or not rows are left. */
  @Override
  public void close() {
    rows.close();
  }
}
