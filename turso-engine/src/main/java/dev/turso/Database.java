package dev.turso;

import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeStream;
import dev.turso.change.DatabaseExtension;
import dev.turso.change.Position;
import dev.turso.cipher.EncryptionKey;
import dev.turso.cipher.KeyProvider;
import dev.turso.error.MisuseException;
import dev.turso.error.ResultCode;
import dev.turso.pager.Pager;
import dev.turso.session.Connection;
import dev.turso.session.ConnectionSettings;
import dev.turso.session.DatabaseLocation;
import dev.turso.session.Extensions;
import dev.turso.session.SharedDatabase;
import dev.turso.vfs.DiskFileSystem;
import dev.turso.vfs.FileSystem;
import dev.turso.vtab.SqlLibrary;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An open database file, or a database in memory.
 *
 * <p>Opening the same file again gives another handle on the same one; the last handle and session to
 * close closes the file. Safe for any thread.
 */
public final class Database implements AutoCloseable {

  private final FileSystem files;
  private final DatabaseLocation location;
  private final Options options;

  /** Keeps the database open, and one in memory alive, while no session is. */
  private final Pager anchor;

  private final Supplier<Connection> connector = this::newConnection;
  private volatile boolean closed;

  private Database(FileSystem files, DatabaseLocation location, Options options, Pager anchor) {
    this.files = files;
    this.location = location;
    this.options = options;
    this.anchor = anchor;
  }

  /**
   * Opens a database.
   *
   * @param path a file's path, {@code :memory:} for a private database in memory, {@code mem:NAME}
   *     for one shared under that name, the empty string for a private temporary one, or a {@code
   *     file:} URI as SQLite reads it
   */
  public static Database open(String path, Options options) {
    return open(DiskFileSystem.instance(), path, options);
  }

  /**
   * Opens a database whose files, and those that it attaches, are kept by a file system of the
   * caller's: a simulated disk, say. Whatever the engine promises, it promises as far as that keeps
   * the promises of {@link FileSystem}.
   */
  public static Database open(FileSystem files, String path, Options options) {
    return open(files, Extensions.installed(), path, options);
  }

  /**
   * Opens a database with some extensions, and not with those on the class path. Who opens a file
   * first decides.
   */
  public static Database open(
      FileSystem files, Iterable<DatabaseExtension> extensions, String path, Options options) {
    DatabaseLocation at = location(files, path, options);
    DatabaseLocation location = options.immutable() ? at.immutable() : at;
    Pager anchor = location.open();
    try {
      if (options.journalMode() != null || options.synchronous() != null) {
        location.configure(anchor, options.journalMode());
      }
      Database database = new Database(files, location, options, anchor);
      SharedDatabase.of(anchor.database())
          .limit(files, options.changeSetBytes(), options.tailCommits());
      Extensions.attach(anchor.database(), extensions, database.connector);
      return database;
    } catch (RuntimeException e) {
      anchor.close();
      throw e;
    }
  }

  private static DatabaseLocation location(FileSystem files, String path, Options options) {
    return DatabaseLocation.of(
        files, path, options.mode().name(), options.cacheBytes(), options.encryption());
  }

  /** A new session with this database as {@code main}. */
  public Session connect() {
    return new Session(this, newConnection());
  }

  private Connection newConnection() {
    if (closed) {
      throw new MisuseException(ResultCode.MISUSE, "the database is closed");
    }
    Pager pager = location.openAgain(anchor);
    return new Connection(
        pager,
        this::beside,
        new ConnectionSettings(
            options.mode() == Options.Mode.READ_ONLY,
            options.busyTimeoutMillis(),
            options.foreignKeys(),
            options.journalMode(),
            options.synchronous()));
  }

  /** Where another file is. Its key is that of this one, unless a provider or a URI says otherwise. */
  private DatabaseLocation beside(String path) {
    KeyProvider keys = options.encryption();
    if (keys == null || keys instanceof EncryptionKey) {
      keys = anchor.database().isInMemory() ? keys : anchor.database().key();
    }
    return location(files, path, options.withEncryption(keys));
  }

  /** The path as opened: canonical for a file. */
  public String path() {
    return anchor.database().path();
  }

  FileSystem files() {
    return files;
  }

  public Options options() {
    return options;
  }

  /** The committed changes of this database. */
  public ChangeStream changes() {
    return SharedDatabase.of(anchor.database());
  }

  /**
   * What a module on the class path has attached to this database, by its type; null if it is absent.
   */
  public <T> @Nullable T extension(Class<T> type) {
    for (AttachedExtension each : SharedDatabase.of(anchor.database()).extensions()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }

  /**
   * Adds what an application brings to SQL. Sessions that begin from now on have it, and materialized
   * views; sessions that are there do not. It is there for as long as the database is open, in this
   * handle or another.
   */
  public void add(SqlLibrary library) {
    SharedDatabase.of(anchor.database()).names().add(library);
  }

  /** The newest published commit. */
  public Position position() {
    return changes().position();
  }

  /** Closes this handle. The file stays open while sessions are. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      SharedDatabase.of(anchor.database()).removeConnector(connector);
      anchor.close();
    }
  }
}
