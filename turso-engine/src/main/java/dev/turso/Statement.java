package dev.turso;

import dev.turso.error.SqlException;
import dev.turso.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A compiled statement with its parameters.
 *
 * <p>A schema change recompiles it behind the scenes; bindings stay. Used by the thread of its
 * session.
 */
public final class Statement implements AutoCloseable {

  private Statement() {}

  /** Binds NULL to a parameter, counted from 1. */
  public Statement bindNull(int index) {
    return bind(index, Value.NULL);
  }

  public Statement bind(int index, long value) {
    return bind(index, Value.integer(value));
  }

  public Statement bind(int index, double value) {
    return bind(index, Value.real(value));
  }

  /** Binds a text, or NULL. */
  public Statement bind(int index, @Nullable String value) {
    return bind(index, value == null ? Value.NULL : Value.text(value));
  }

  /** Binds a blob, or NULL. The bytes are copied. */
  public Statement bind(int index, byte @Nullable [] value) {
    return bind(index, value == null ? Value.NULL : Value.blob(value));
  }

  public Statement bind(int index, Value value) {
    throw SqlException.unsupported("bind");
  }

  /** The highest parameter number. */
  public int parameterCount() {
    throw SqlException.unsupported("parameterCount");
  }

  /** A parameter's name with its first character, or null for {@code ?}. */
  public @Nullable String parameterName(int index) {
    throw SqlException.unsupported("parameterName");
  }

  /** The number of the parameter of a name ({@code :a}), or 0. */
  public int parameterIndex(String name) {
    throw SqlException.unsupported("parameterIndex");
  }

  /** Sets every parameter to NULL. */
  public void clearBindings() {
    throw SqlException.unsupported("clearBindings");
  }

  /**
   * Starts the statement. The rows are read from the result as it goes; a statement that writes has
   * done all its work when this returns, also with RETURNING. Rows of an earlier run are closed.
   */
  public Rows query() {
    throw SqlException.unsupported("query");
  }

  /** Runs the statement to its end, dropping rows. Returns {@link Session#changes} if it writes. */
  public long run() {
    throw SqlException.unsupported("run");
  }

  /** Closes the rows of the current run. */
  public void reset() {
    throw SqlException.unsupported("reset");
  }

  /** Columns of the result; 0 for a statement without one. */
  public int columnCount() {
    throw SqlException.unsupported("columnCount");
  }

  public String columnName(int column) {
    throw SqlException.unsupported("columnName");
  }

  /** The declared type of the table column behind a result column, or null. */
  public @Nullable String columnDeclaredType(int column) {
    throw SqlException.unsupported("columnDeclaredType");
  }

  /** The database of the table column behind a result column, or null for an expression. */
  public @Nullable String columnDatabase(int column) {
    throw SqlException.unsupported("columnDatabase");
  }

  public @Nullable String columnTable(int column) {
    throw SqlException.unsupported("columnTable");
  }

  public @Nullable String columnOrigin(int column) {
    throw SqlException.unsupported("columnOrigin");
  }

  /** Whether the statement leaves every database as it is. */
  public boolean readOnly() {
    throw SqlException.unsupported("readOnly");
  }

  /** Whether the text had no statement at all. */
  public boolean isEmpty() {
    throw SqlException.unsupported("isEmpty");
  }

  /** The text of this statement, without what follows it. */
  public String sql() {
    throw SqlException.unsupported("sql");
  }

  /** Offset in the prepared text, in UTF-16 units, of what follows this statement. */
  public int tail() {
    throw SqlException.unsupported("tail");
  }

  @Override
  public void close() {}
}
