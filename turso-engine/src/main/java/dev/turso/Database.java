package dev.turso;

import dev.turso.change.ChangeStream;
import dev.turso.change.Position;
import dev.turso.error.SqlException;

/**
 * An open database file, or a database in memory.
 *
 * <p>One per file in the JVM: opening the same file again gives another handle on the same one, and
 * the last handle to close closes the file. Safe for any thread.
 */
public final class Database implements AutoCloseable {

  private Database() {}

  /**
   * Opens a database.
   *
   * @param path a file's path, {@code :memory:} for a private database in memory, {@code mem:NAME}
   *     for one shared under that name, the empty string for a private temporary file, or a {@code
   *     file:} URI as SQLite reads it
   */
  public static Database open(String path, Options options) {
    throw SqlException.unsupported("opening " + path);
  }

  /** A new session with this database as {@code main}. */
  public Session connect() {
    throw SqlException.unsupported("connect");
  }

  /** The path as opened: absolute for a file. */
  public String path() {
    throw SqlException.unsupported("path");
  }

  public Options options() {
    throw SqlException.unsupported("options");
  }

  /** The committed changes of this database. */
  public ChangeStream changes() {
    throw SqlException.unsupported("changes");
  }

  /** The newest published commit. */
  public Position position() {
    return changes().position();
  }

  /** Closes this handle. Sessions that are still open are closed with the last handle. */
  @Override
  public void close() {}
}
