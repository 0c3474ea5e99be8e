package dev.turso.session;

import dev.turso.exec.write.RowBuffer;
import dev.turso.value.Register;
import dev.turso.value.Value;
import java.util.List;

/** The rows of a started statement. A value is valid until the next call of {@link #next}. */
public abstract class ResultRows implements AutoCloseable {

  private static final byte[] NO_BYTES = {};

  /** Moves to the next row; false at the end. */
  public abstract boolean next();

  /** The tag of a column's value; bits and reference are those of {@link #bits} and {@link #ref}. */
  public abstract int load(int column);

  public abstract long bits();

  public abstract byte[] ref();

  public abstract int columnCount();

  /** Ends the statement. */
  @Override
  public abstract void close();

  /** No rows. */
  static ResultRows none() {
    return ofValues(List.of(), 0);
  }

  static ResultRows ofValues(List<List<Value>> rows, int columns) {
    return new ResultRows() {
      private int at = -1;
      private Value value = Value.NULL;

      @Override
      public boolean next() {
        return ++at < rows.size();
      }

      @Override
      public int load(int column) {
        value = rows.get(at).get(column);
        return value.tag();
      }

      @Override
      public long bits() {
        return value.bits();
      }

      @Override
      public byte[] ref() {
        return value.ref();
      }

      @Override
      public int columnCount() {
        return columns;
      }

      @Override
      public void close() {}
    };
  }

  static ResultRows ofBuffer(RowBuffer buffer, int columns) {
    buffer.rewind();
    return new ResultRows() {
      private final Register value = new Register();

      @Override
      public boolean next() {
        return buffer.next();
      }

      @Override
      public int load(int column) {
        buffer.load(column, value);
        return value.tag;
      }

      @Override
      public long bits() {
        return value.bits;
      }

      @Override
      public byte[] ref() {
        return value.ref == null ? NO_BYTES : value.ref;
      }

      @Override
      public int columnCount() {
        return columns;
      }

      @Override
      public void close() {}
    };
  }
}
