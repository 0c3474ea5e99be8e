package dev.turso;

import dev.turso.change.Position;
import dev.turso.error.SqlException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a database: its transaction, its settings, its temporary and attached databases.
 *
 * <p>Used by one thread at a time; {@link #interrupt} may be called by any.
 */
public final class Session implements AutoCloseable {

  private Session() {}

  /**
   * Compiles the first statement of a text. {@link Statement#tail} says where the rest starts; a
   * text of spaces and comments only gives a statement that does nothing.
   */
  public Statement prepare(String sql) {
    throw SqlException.unsupported("prepare");
  }

  /** Runs every statement of a text and drops the rows of those that have any. */
  public void execute(String sql) {
    throw SqlException.unsupported("execute");
  }

  /** Whether no transaction is open, so that each statement is one of its own. */
  public boolean autoCommit() {
    throw SqlException.unsupported("autoCommit");
  }

  /** Whether BEGIN or SAVEPOINT opened a transaction that has not ended. */
  public boolean inTransaction() {
    return !autoCommit();
  }

  /** Makes the running statement, if any, fail soon with INTERRUPT. Safe for any thread. */
  public void interrupt() {
    throw SqlException.unsupported("interrupt");
  }

  /** Rows that the newest INSERT, UPDATE or DELETE changed itself. */
  public long changes() {
    throw SqlException.unsupported("changes");
  }

  /** Rows changed since the session began, those of triggers and cascades included. */
  public long totalChanges() {
    throw SqlException.unsupported("totalChanges");
  }

  /** The rowid that the newest successful INSERT into a rowid table gave its row; 0 before any. */
  public long lastInsertRowid() {
    throw SqlException.unsupported("lastInsertRowid");
  }

  /** How long to wait for locks. */
  public int busyTimeout() {
    throw SqlException.unsupported("busyTimeout");
  }

  public void busyTimeout(int millis) {
    throw SqlException.unsupported("busyTimeout");
  }

  /** Whether this session refuses to write. */
  public boolean readOnly() {
    throw SqlException.unsupported("readOnly");
  }

  public void readOnly(boolean value) {
    throw SqlException.unsupported("readOnly");
  }

  /** A text that the commits of this session carry to listeners, or null. */
  public void origin(@Nullable String text) {
    throw SqlException.unsupported("origin");
  }

  public @Nullable String origin() {
    throw SqlException.unsupported("origin");
  }

  /** The position of this session's newest commit that wrote anything. */
  public Position lastCommit() {
    throw SqlException.unsupported("lastCommit");
  }

  public Database database() {
    throw SqlException.unsupported("database");
  }

  public boolean isClosed() {
    throw SqlException.unsupported("isClosed");
  }

  /** Rolls back what is open and closes every statement. */
  @Override
  public void close() {}
}
