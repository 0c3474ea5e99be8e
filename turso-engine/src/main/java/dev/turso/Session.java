package dev.turso;

import dev.turso.change.Position;
import dev.turso.cipher.EncryptionKey;
import dev.turso.function.FunctionRegistry;
import dev.turso.schema.Catalog;
import dev.turso.session.Backup;
import dev.turso.session.Connection;
import dev.turso.session.Rekeying;
import dev.turso.session.SalvageReport;
import dev.turso.vtab.TableRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a database: its transaction, its settings, its temporary and attached databases.
 *
 * <p>Used by one thread at a time; {@link #interrupt} may be called by any.
 */
public final class Session implements AutoCloseable {

  private final Database database;
  private final Connection connection;

  Session(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /**
   * Compiles the first statement of a text. {@link Statement#tail} says where the rest starts; a
   * text of spaces and comments only gives a statement that does nothing.
   */
  public Statement prepare(String sql) {
    return new Statement(this, connection.prepare(sql));
  }

  /** Runs every statement of a text and drops the rows of those that have any. */
  public void execute(String sql) {
    connection.execute(sql);
  }

  /**
   * Replaces one of the attached databases by the main one of another session, in one transaction.
   *
   * @param name which one: {@code main} or a name that ATTACH gave
   * @throws dev.turso.error.SqlException inside a transaction or while rows are being read
   */
  public void restore(String name, Session source) {
    connection.restore(name, source.connection);
  }

  /**
   * Begins a copy of a database to a file, made step by step while others read and write. What the
   * file holds is replaced when the copy is complete.
   *
   * @param name {@code main} or a name that ATTACH gave
   * @param file a path or URI as {@link Database#open} takes it
   */
  public Backup backup(String name, String file) {
    return connection.backup(name, file);
  }

  /**
   * Encrypts the file of a database with another key, or for the first time, or decrypts it, in one step
   * that a power cut undoes or leaves done. Nobody else may use the database meanwhile.
   *
   * @param name {@code main} or a name that ATTACH gave
   * @param key null for a file that is not encrypted
   * @throws dev.turso.error.BusyException if somebody else uses it; nothing was changed
   */
  public void rekey(String name, @Nullable EncryptionKey key) {
    Rekeying.run(connection, name, key);
  }

  /** The newest commit of a database as the bytes that its file would have. */
  public byte[] serialize(String name) {
    return connection.serialize(name);
  }

  /**
   * Replaces a database by the bytes of a file, in one transaction.
   *
   * @throws dev.turso.error.CorruptException if they are no database
   * @throws dev.turso.error.SqlException inside a transaction, or if the page sizes differ
   */
  public void deserialize(String name, byte[] image) {
    connection.deserialize(name, image);
  }

  /**
   * Copies what can be read of a damaged file to the main database of this session, which has to be
   * empty: tables with the rows that are found, then indexes, views and triggers. Rows whose table
   * cannot be told go to the table {@code lost_and_found}. The file is not changed, but for a journal
   * that is played back and a log that is copied to it, if it can be opened at all.
   */
  public SalvageReport salvage(String path) {
    return connection.salvage(database.files(), path);
  }

  /** Whether no transaction is open, so that each statement is one of its own. */
  public boolean autoCommit() {
    return connection.autoCommit();
  }

  /** Whether BEGIN or SAVEPOINT opened a transaction that has not ended. */
  public boolean inTransaction() {
    return !autoCommit();
  }

  /** Makes the running statement, if any, fail soon with INTERRUPT. Safe for any thread. */
  public void interrupt() {
    connection.interrupt();
  }

  /** Rows that the newest INSERT, UPDATE or DELETE changed itself. */
  public long changes() {
    return connection.changes();
  }

  /** Rows changed since the session began, those of triggers and cascades included. */
  public long totalChanges() {
    return connection.totalChanges();
  }

  /** The rowid that the newest successful INSERT into a rowid table gave its row; 0 before any. */
  public long lastInsertRowid() {
    return connection.lastInsertRowid();
  }

  /** How long to wait for locks, in milliseconds. */
  public int busyTimeout() {
    return connection.busyTimeout();
  }

  public void busyTimeout(int millis) {
    connection.busyTimeout(millis);
  }

  /** Whether this session refuses to write. */
  public boolean readOnly() {
    return connection.readOnly();
  }

  public void readOnly(boolean value) {
    connection.readOnly(value);
  }

  /** A text that the commits of this session carry to listeners, or null. */
  public void origin(@Nullable String text) {
    connection.origin(text);
  }

  public @Nullable String origin() {
    return connection.origin();
  }

  /** What names in statements mean now: the schemas of all attached databases. */
  public Catalog catalog() {
    return connection.catalog();
  }

  /** The functions and collations that statements may name. */
  public FunctionRegistry functions() {
    return connection.functions();
  }

  /** Sets them; statements are compiled anew. */
  public void functions(FunctionRegistry registry) {
    connection.functions(registry);
  }

  /** The table functions and the modules of virtual tables that statements may name. */
  public TableRegistry tables() {
    return connection.virtualTables().registry();
  }

  /** Sets them; statements are compiled anew. */
  public void tables(TableRegistry registry) {
    connection.virtualTables().registry(registry);
  }

  /** The position of this session's newest commit that wrote anything. */
  public Position lastCommit() {
    return connection.lastCommit();
  }

  public Database database() {
    return database;
  }

  public boolean isClosed() {
    return connection.isClosed();
  }

  /** Rolls back what is open and closes every statement. */
  @Override
  public void close() {
    connection.close();
  }
}
