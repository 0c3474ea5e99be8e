package dev.turso;

import dev.turso.error.SqlException;
import dev.turso.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a running statement, read forward.
 *
 * <p>Getters convert as SQLite's column functions do. Column numbers start at 0. Before {@link #next}
 * and after the last row a getter is a misuse.
 */
public final class Rows implements AutoCloseable {

  private Rows() {}

  /** Moves to the next row; false when there is none, and then the statement has ended. */
  public boolean next() {
    throw SqlException.unsupported("next");
  }

  public int columnCount() {
    throw SqlException.unsupported("columnCount");
  }

  /** The storage class of a value: one of {@link dev.turso.value.Tag}. */
  public int tag(int column) {
    throw SqlException.unsupported("tag");
  }

  public boolean isNull(int column) {
    throw SqlException.unsupported("isNull");
  }

  public long getLong(int column) {
    throw SqlException.unsupported("getLong");
  }

  public double getDouble(int column) {
    throw SqlException.unsupported("getDouble");
  }

  public @Nullable String getText(int column) {
    throw SqlException.unsupported("getText");
  }

  public byte @Nullable [] getBlob(int column) {
    throw SqlException.unsupported("getBlob");
  }

  public Value get(int column) {
    throw SqlException.unsupported("get");
  }

  /** Ends the statement, whether or not rows are left. */
  @Override
  public void close() {}
}
