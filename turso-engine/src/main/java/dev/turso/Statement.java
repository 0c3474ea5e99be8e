package dev.turso;

import dev.turso.session.PreparedStatement;
import dev.turso.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A compiled statement with its parameters.
 *
 * <p>A schema change recompiles it behind the scenes; bindings stay. Used by the thread of its
 * session.
 */
public final class Statement implements AutoCloseable {

  private final Session session;
  private final PreparedStatement prepared;

  Statement(Session session, PreparedStatement prepared) {
    this.session = session;
    this.prepared = prepared;
  }

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
    prepared.bind(index, value);
    return this;
  }

  /** The highest parameter number. */
  public int parameterCount() {
    return prepared.parameterCount();
  }

  /** A parameter's name with its first character, or null for {@code ?}. */
  public @Nullable String parameterName(int index) {
    return prepared.parameterName(index);
  }

  /** The number of the parameter of a name ({@code :a}), or 0. */
  public int parameterIndex(String name) {
    return prepared.parameterIndex(name);
  }

  /** Sets every parameter to NULL. */
  public void clearBindings() {
    prepared.clearBindings();
  }

  /**
   * Starts the statement. The rows are read from the result as it goes; a statement that writes has
   * done all its work when this returns, also with RETURNING. Rows of an earlier run are closed.
   */
  public Rows query() {
    return new Rows(prepared.query());
  }

  /** Runs the statement to its end, dropping rows. Returns {@link Session#changes} if it writes. */
  public long run() {
    prepared.run();
    return prepared.readOnly() ? 0 : session.changes();
  }

  /** Closes the rows of the current run. */
  public void reset() {
    prepared.reset();
  }

  /** Columns of the result; 0 for a statement without one. */
  public int columnCount() {
    return prepared.columnCount();
  }

  public String columnName(int column) {
    return prepared.columnName(column);
  }

  /** The declared type of the table column behind a result column, or null. */
  public @Nullable String columnDeclaredType(int column) {
    return prepared.columnDeclaredType(column);
  }

  /** The database of the table column behind a result column, or null for an expression. */
  public @Nullable String columnDatabase(int column) {
    return prepared.columnDatabase(column);
  }

  public @Nullable String columnTable(int column) {
    return prepared.columnTable(column);
  }

  public @Nullable String columnOrigin(int column) {
    return prepared.columnOrigin(column);
  }

  /** Whether the statement leaves every database as it is. */
  public boolean readOnly() {
    return prepared.readOnly();
  }

  /** Whether the text had no statement at all. */
  public boolean isEmpty() {
    return prepared.isEmpty();
  }

  /** The text of this statement, without what follows it. */
  public String sql() {
    return prepared.sql();
  }

  /** Offset in the prepared text, in UTF-16 units, of what follows this statement. */
  public int tail() {
    return prepared.tail();
  }

  @Override
  public void close() {
    prepared.close();
  }
}
