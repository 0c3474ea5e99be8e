package dev.turso.pager;

import dev.turso.cipher.EncryptionKey;
import dev.turso.error.BusyException;
import dev.turso.error.MisuseException;
import dev.turso.error.ReadOnlyException;
import dev.turso.error.ResultCode;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.Patience;
import dev.turso.wal.CheckpointMode;
import dev.turso.wal.CheckpointResult;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one connection.
 *
 * <pre>
 *            beginRead              beginWrite
 *   idle ───────────────► reading ─────────────► writing ──── commit, rollback ──► idle
 *    │                       │ endRead ► idle       ▲  └──── commitAndRead ─────► reading
 *    └───────────────────────┴──────── beginWrite ──┘
 * </pre>
 *
 * <p>Not thread-safe: one thread at a time, but not always the same. Failures leave the state as it
 * was, so that a failed commit can be tried again or rolled back. Busy databases are a {@link
 * dev.turso.error.BusyException}: code BUSY when the wait was in vain, BUSY_SNAPSHOT when somebody
 * committed since this transaction began to read, which only a new transaction mends.
 */
public final class Pager implements PageStore, AutoCloseable {

  private static final BooleanSupplier NEVER = () -> false;

  private final DatabaseFile database;
  private final boolean readOnly;
  private final PageView view;
  private final CommitSettings commitSettings = new CommitSettings();
  private long busyTimeoutNanos;
  private BooleanSupplier cancelled = NEVER;
  private boolean closed;
  private boolean keepsLocks;

  private Pager(DatabaseFile database, boolean readOnly) {
    this.database = database;
    this.readOnly = readOnly;
    this.view = new PageView(database.storage());
  }

  // ---- opening ----

  /** Connects to a database file. */
  public static Pager open(FileSystem files, String path, PagerOptions options) {
    DatabaseFile file = OpenDatabases.file(files, path, options);
    return new Pager(file, options.onlyReads() || !file.isWritable());
  }

  /** Makes a database in memory for this connection alone. */
  public static Pager openPrivateMemory(PagerOptions options) {
    return openMemory(options, null);
  }

  private static Pager openMemory(PagerOptions options, MemoryStorage.@Nullable Scratch scratch) {
    DatabaseFile memory = new DatabaseFile(":memory:", options, scratch);
    memory.connections++;
    return new Pager(memory, false);
  }

  /**
   * An empty database for one transaction that is rolled back. What exceeds this one's cache is in a
   * temporary file, encrypted if this one is.
   */
  public Pager openScratch(int pageSize, int reservedBytes) {
    PagerOptions like = PagerOptions.DEFAULT.withPageSize(pageSize);
    return openMemory(like.withReservedBytes(reservedBytes), database.scratch());
  }

  /** Connects to the database in memory of a name, which lives until its last connection closes. */
  public static Pager openSharedMemory(String name, PagerOptions options) {
    return new Pager(OpenDatabases.memory(name, options), false);
  }

  /** Another connection to the same database. */
  public Pager openAnother() {
    OpenDatabases.share(database);
    Pager another = new Pager(database, readOnly);
    another.busyTimeoutNanos = busyTimeoutNanos;
    another.commitSettings.setLike(commitSettings);
    return another;
  }

  /** What all connections to the database share. */
  public DatabaseFile database() {
    return database;
  }

  // ---- settings of the connection ----

  /** How long to wait for locks, in milliseconds; 0 = not at all. */
  public void setBusyTimeout(long millis) {
    busyTimeoutNanos = Math.max(0, millis) * 1_000_000L;
  }

  /** What ends a wait for locks with INTERRUPT, asked every few milliseconds. */
  public void setCancellation(BooleanSupplier supplier) {
    cancelled = supplier;
  }

  public Synchronous synchronous() {
    return commitSettings.synchronous();
  }

  public CommitSettings commitSettings() {
    return commitSettings;
  }

  /** Whether this connection may not write. */
  public boolean isReadOnly() {
    return readOnly;
  }

  /**
   * Whether this connection keeps the locks that it once took: {@code PRAGMA locking_mode}. With a
   * log that was not open before, its index then is in memory of this process.
   *
   * @return what is in force
   */
  public boolean keepLocks(boolean wanted) {
    if (wanted != keepsLocks && !database.keepLocksFor(wanted ? this : null)) {
      if (wanted) {
        throw DatabaseFile.locked();
      }
      return true;
    }
    keepsLocks = wanted;
    return wanted;
  }

  /** Whether this connection keeps its locks. */
  public boolean keepsLocks() {
    return keepsLocks;
  }

  /**
   * The most pages that writing by this connection may make of the database: {@code PRAGMA
   * max_page_count}.
   *
   * @param wanted a new limit, not below the present size; 0 = as it is
   * @return the limit in force
   */
  public long maxPageCount(long wanted) {
    return view.maxPageCount(wanted);
  }

  /** Whether this connection overwrites pages with zeros when it frees them. */
  public void wipeFreedPages(boolean wanted) {
    view.wipeFreedPages(wanted);
  }

  @Override
  public boolean wipesFreedPages() {
    return view.wipesFreedPages();
  }

  /** Asks for a page cache of so many bytes; all connections share the largest asked for. */
  public void wantCache(long bytes) {
    database.cacheLimit().raise(bytes);
  }

  private Patience patience() {
    return busyTimeoutNanos == 0 ? Patience.none() : Patience.of(busyTimeoutNanos, cancelled);
  }

  // ---- transactions ----

  /** Whether a snapshot is held. */
  public boolean isReading() {
    return view.isReading();
  }

  /** Whether a write transaction is open. */
  public boolean isWriting() {
    return view.isWriting();
  }

  /** Takes a snapshot of the newest commit. Does nothing if one is held. */
  public void beginRead() {
    if (!view.isReading()) {
      beginRead(patience());
    }
  }

  private Snapshot beginRead(Patience patience) {
    checkOpen();
    while (!database.admits(this)) {
      if (!patience.pause()) {
        throw DatabaseFile.locked();
      }
    }
    if (keepsLocks) {
      database.lockOutOthers();
    }
    while (true) {
      Storage current = database.storage();
      Snapshot taken = current.beginRead(patience);
      if (taken != null) {
        view.show(current, taken);
        return taken;
      }
      database.openLog(patience);
    }
  }

  /** Gives up the snapshot, if one is held, and savepoints. A write transaction must have ended. */
  public void endRead() {
    if (view.isWriting()) {
      throw new MisuseException(ResultCode.MISUSE, "a write transaction is open");
    }
    view.clearSavepoints();
    endSnapshot();
  }

  /** Savepoints may have been set before there was a snapshot, and outlive one taken for a moment. */
  public void endSnapshot() {
    Snapshot held = view.hide();
    if (held != null) {
      view.storage().endRead(held);
    }
  }

  /**
   * Starts writing. Without a snapshot it waits for its turn, first come first served, and takes the
   * newest; with one it does not wait, as what it would wait for makes the snapshot stale.
   */
  public void beginWrite() {
    checkOpen();
    if (view.isWriting()) {
      throw new MisuseException(ResultCode.MISUSE, "a write transaction is already open");
    }
    if (readOnly) {
      throw new ReadOnlyException(ResultCode.READONLY, "attempt to write a readonly database");
    }
    boolean waits = !view.isReading();
    Patience patience = waits ? patience() : Patience.none();
    while (!database.admitsWriter(this)) {
      if (!patience.pause()) {
        throw DatabaseFile.locked();
      }
    }
    long wait = patience.remainingNanos();
    if (!database.writers().acquire(this, wait, cancelled)) {
      throw database.writers().refusal(cancelled, wait > 0);
    }
    try {
      database.storage().makeRoom(synchronous());
      lockForWriting(waits, patience);
      view.beginWrite();
    } catch (Throwable e) {
      abandonWrite(waits);
      throw e;
    }
  }

  /**
   * A writer that waits for another process does so without a snapshot: the snapshot would be stale
   * afterwards, and without a log it would keep the other one from committing.
   */
  private void lockForWriting(boolean waits, Patience patience) {
    while (true) {
      try {
        if (waits) {
          beginReadForWriting(patience);
        }
        view.storage().beginWrite(view.snapshot(), waits);
        return;
      } catch (BusyException e) {
        if (!waits) {
          throw e;
        }
        endSnapshot();
        if (!patience.pause()) {
          throw cancelled.getAsBoolean() ? database.writers().refusal(cancelled, true) : e;
        }
      }
    }
  }

  /** An empty file becomes a database before anybody can hold a snapshot of it to write from. */
  private void beginReadForWriting(Patience patience) {
    Snapshot taken = beginRead(patience);
    if (taken.pageCount == 0 && database.wantsLog()) {
      endSnapshot();
      database.createWithLog(patience);
      beginRead(patience);
    }
  }

  private void abandonWrite(boolean endsRead) {
    boolean began = view.isWriting();
    view.abandonWrite();
    if (began) {
      view.storage().endWrite();
    }
    if (endsRead) {
      endSnapshot();
    }
    database.writers().release(this);
  }

  /**
   * Commits and ends the transaction. If it fails because others are in the way the transaction stays
   * open, and can be committed again; if the disk fails to make it durable it is rolled back.
   */
  public void commit() {
    commitChanges();
    endRead();
    view.storage().afterCommit(synchronous());
  }

  /** Commits, and goes on reading the state committed. Fails as {@link #commit} does. */
  public void commitAndRead() {
    commitChanges();
    view.storage().afterCommit(synchronous());
  }

  private void commitChanges() {
    Snapshot held = view.writer();
    boolean changed = view.hasChanged();
    if (changed) {
      view.storage().commit(held, view.changes(commitSettings), patience());
      view.noteCommit();
    }
    endWrite();
    if (changed) {
      awaitPublished(held);
    }
  }

  // ---- commits over several databases, for MultiFileCommit ----

  /** Keeps others out where the commit of what was changed needs that there are none. */
  void lockForCommit() {
    if (view.isWriting() && view.hasChanged()) {
      view.storage().lockForCommit(patience());
    }
  }

  /** Lets them in again. */
  void unlockForCommit() {
    if (view.isWriting() && view.hasChanged()) {
      view.storage().unlockForCommit();
    }
  }

  /** Whether this transaction has something to commit that a super-journal has to hold. */
  boolean joinsSuperJournal() {
    return view.isWriting() && view.hasChanged() && view.storage().joinsSuperJournal(synchronous());
  }

  void prepareCommit(String superJournal) {
    Snapshot held = view.writer();
    view.storage().prepare(held, view.changes(commitSettings), patience(), superJournal);
  }

  boolean undoPrepared(Throwable cause) {
    return view.storage().undoPrepared(cause);
  }

  void finishPrepared(boolean goesOnReading) {
    view.storage().finishPrepared(view.writer());
    view.noteCommit();
    endWrite();
    if (!goesOnReading) {
      endRead();
    }
  }

  private void awaitPublished(Snapshot held) {
    boolean published = false;
    try {
      view.storage().awaitPublished(held);
      published = true;
    } finally {
      if (!published) {
        endRead();
      }
    }
  }

  /** Undoes everything since {@link #beginWrite}, and ends the transaction, if there is one. */
  public void rollback() {
    if (view.isWriting()) {
      view.noteRollback();
      endWrite();
    }
    endRead();
  }

  private void endWrite() {
    view.endWrite();
    try {
      view.storage().endWrite();
    } finally {
      database.writers().release(this);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new MisuseException(ResultCode.MISUSE, "the connection is closed");
    }
  }

  // ---- savepoints ----

  /** Sets a savepoint within those that are set, and returns its number, from 0. */
  public int savepoint() {
    return view.savepoint();
  }

  /**
   * Undoes what was written since a savepoint was set. It stays set, those within it end. Savepoints
   * end with the transaction; rolling back to one of a transaction that has ended does nothing.
   */
  public void rollbackTo(int savepoint) {
    view.rollbackTo(savepoint);
  }

  /** Ends a savepoint and those within it, keeping what was written. */
  public void release(int savepoint) {
    view.release(savepoint);
  }

  // ---- pages ----

  /** Outside of a transaction it is looked up in one that is over at once. */
  @Override
  public int pageSize() {
    if (view.isReading()) {
      return view.pageSize();
    }
    int size = beginRead(patience()).pageSize;
    endSnapshot();
    return size;
  }

  @Override
  public int usableSize() {
    if (view.isReading()) {
      return view.usableSize();
    }
    int size = beginRead(patience()).usableSize;
    endSnapshot();
    return size;
  }

  @Override
  public int pageCount() {
    return view.pageCount();
  }

  @Override
  public byte[] read(int page) {
    return view.read(page);
  }

  @Override
  public byte[] write(int page) {
    return view.write(page);
  }

  /**
   * A page that was spilled counts as not written: its image is read back for every reader, and the
   * next write to it makes another.
   */
  @Override
  public boolean isWritten(int page) {
    return view.isWritten(page);
  }

  @Override
  public int append() {
    return view.append();
  }

  @Override
  public void truncate(int newPageCount) {
    view.truncate(newPageCount);
  }

  @Override
  public long changeCount() {
    return view.changeCount();
  }

  // ---- what caches are valid for ----

  /** Names the commit that the snapshot sees: equal stamps in this JVM mean equal content. */
  public long snapshotStamp() {
    return view.stamp();
  }

  /** Changes when a transaction begins to see what another connection has committed. */
  public long dataVersion() {
    return view.dataVersion();
  }

  // ---- settings of the file ----

  /** How the database keeps its commits. Takes a snapshot for a moment if none is held. */
  public JournalMode journalMode() {
    return WholeFile.journalMode(this);
  }

  /**
   * Changes how the database keeps its commits, outside of a transaction. Leaving the log needs that
   * no other connection uses the database. A database in memory keeps its mode.
   *
   * @return the mode in force
   */
  public JournalMode setJournalMode(JournalMode mode) {
    return WholeFile.setJournalMode(this, mode);
  }

  /** Whether the commits of the held snapshot go to the log. */
  boolean logs() {
    return view.pageCount() == 0 && database.wantsLog() || isLogging();
  }

  boolean isLogging() {
    return view.storage() instanceof WalStorage;
  }

  /** Keeps the turn, but neither the lock on the log nor a snapshot. */
  void leaveLog(JournalMode mode) {
    view.endWrite();
    try {
      view.storage().endWrite();
      endRead();
      database.leaveLog(mode);
    } finally {
      database.writers().release(this);
    }
  }

  /**
   * Ends the write transaction by replacing the file as a whole, with another key or page size: all
   * of it is replaced or, whatever happens, nothing. The database has no log, and nothing was written
   * in the transaction. If others are in the way the transaction stays open.
   *
   * @param content the pages to come; may be this pager's own
   * @param key null for a file that is not encrypted
   * @throws BusyException if somebody reads or holds the file beyond the busy timeout
   */
  public void replaceFile(PageStore content, @Nullable EncryptionKey key) {
    Snapshot held = view.writer();
    if (!(view.storage() instanceof JournalStorage journal)) {
      throw new MisuseException(ResultCode.MISUSE, "a file with a log is not replaced");
    }
    journal.replaceFile(held, content, key, patience());
    rollback();
  }

  /** Sets the page size and reserved bytes of a database that has no page yet. */
  public boolean setPageSize(int pageSize, int reservedBytes) {
    return WholeFile.setPageSize(this, pageSize, reservedBytes);
  }

  /** Copies the log back to the database, outside of a transaction. */
  public CheckpointResult checkpoint(CheckpointMode mode) {
    checkOpen();
    return WholeFile.checkpoint(this, mode, patience());
  }

  /** Waits for its turn among the writers of this JVM. */
  boolean takeTurn(Patience patience) {
    return database.writers().acquire(this, patience.remainingNanos(), cancelled);
  }

  /** Rolls back, ends the snapshot, and closes the database if this was its last connection. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      if (view.isWriting()) {
        rollback();
      }
      endRead();
    } finally {
      closed = true;
      if (keepsLocks) {
        database.keepLocksFor(null);
      }
      OpenDatabases.release(database);
    }
  }
}
