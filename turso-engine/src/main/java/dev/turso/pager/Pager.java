package dev.turso.pager;

import dev.turso.error.BusyException;
import dev.turso.error.CorruptException;
import dev.turso.error.MisuseException;
import dev.turso.error.ReadOnlyException;
import dev.turso.error.ResultCode;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.OpenMode;
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

  private static final PageVersion[] NO_HEADS = {};
  private static final BooleanSupplier NEVER = () -> false;

  private final DatabaseFile database;
  private final boolean readOnly;
  private final WrittenPages written = new WrittenPages();
  private Synchronous synchronous = Synchronous.FULL;
  private long busyTimeoutNanos;
  private BooleanSupplier cancelled = NEVER;
  private Storage storage;
  private @Nullable Snapshot snapshot;
  private boolean writing;
  private boolean closed;
  private boolean keepsLocks;

  /** Of the snapshot, for the fast way to a page. */
  private PageVersion[] heads = NO_HEADS;

  private long stamp;
  private int pageCount;
  private byte @Nullable [] blankFirstPage;
  private long changeCount;
  private long lastStamp;
  private long dataVersion = 1;

  private Pager(DatabaseFile database, boolean readOnly) {
    this.database = database;
    this.readOnly = readOnly;
    this.storage = database.storage();
  }

  // ---- opening ----

  /** Connects to a database file. */
  public static Pager open(FileSystem files, String path, PagerOptions options) {
    DatabaseFile file = OpenDatabases.file(files, path, options);
    return new Pager(file, options.mode() == OpenMode.READ_ONLY || !file.isWritable());
  }

  /** Makes a database in memory for this connection alone. */
  public static Pager openPrivateMemory(PagerOptions options) {
    DatabaseFile memory = new DatabaseFile(":memory:", options);
    memory.connections++;
    return new Pager(memory, false);
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
    another.synchronous = synchronous;
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
    return synchronous;
  }

  public void setSynchronous(Synchronous value) {
    synchronous = value;
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
    return snapshot != null;
  }

  /** Whether a write transaction is open. */
  public boolean isWriting() {
    return writing;
  }

  /** Takes a snapshot of the newest commit. Does nothing if one is held. */
  public void beginRead() {
    if (snapshot == null) {
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
        storage = current;
        adopt(taken);
        return taken;
      }
      database.openLog(patience);
    }
  }

  private void adopt(Snapshot taken) {
    snapshot = taken;
    heads = taken.table.heads();
    stamp = taken.stamp;
    pageCount = taken.pageCount;
    blankFirstPage = null;
    if (stamp != lastStamp) {
      lastStamp = stamp;
      dataVersion++;
      changeCount++;
    }
  }

  /** Gives up the snapshot, if one is held, and savepoints. A write transaction must have ended. */
  public void endRead() {
    if (writing) {
      throw new MisuseException(ResultCode.MISUSE, "a write transaction is open");
    }
    written.end();
    endSnapshot();
  }

  /** Savepoints may have been set before there was a snapshot, and outlive one taken for a moment. */
  void endSnapshot() {
    Snapshot held = snapshot;
    if (held != null) {
      snapshot = null;
      heads = NO_HEADS;
      storage.endRead(held);
    }
  }

  /**
   * Starts writing. Without a snapshot it waits for its turn, first come first served, and takes the
   * newest; with one it does not wait, as what it would wait for makes the snapshot stale.
   */
  public void beginWrite() {
    checkOpen();
    if (writing) {
      throw new MisuseException(ResultCode.MISUSE, "a write transaction is already open");
    }
    if (readOnly) {
      throw new ReadOnlyException(ResultCode.READONLY, "attempt to write a readonly database");
    }
    boolean waits = snapshot == null;
    Patience patience = waits ? patience() : Patience.none();
    while (!database.admitsWriter(this)) {
      if (!patience.pause()) {
        throw DatabaseFile.locked();
      }
    }
    if (!database.writers().acquire(this, patience.remainingNanos(), cancelled)) {
      throw database.writers().refusal(cancelled);
    }
    try {
      lockForWriting(waits, patience);
      writing = true;
      written.begin(storage, held());
      if (pageCount == 0) {
        writeFirstPage();
      }
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
        storage.beginWrite(held(), waits);
        lastStamp = held().stamp;
        adopt(held());
        return;
      } catch (BusyException e) {
        if (!waits) {
          throw e;
        }
        endSnapshot();
        if (!patience.pause()) {
          throw cancelled.getAsBoolean() ? database.writers().refusal(cancelled) : e;
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
    written.abandon();
    if (writing) {
      writing = false;
      storage.endWrite();
    }
    if (endsRead) {
      endSnapshot();
    }
    database.writers().release(this);
  }

  private void writeFirstPage() {
    byte[] page =
        DatabaseHeader.newDatabase(
            pageSize(), pageSize() - usableSize(), DatabaseHeader.ROLLBACK_JOURNAL);
    written.addFirst(page);
    pageCount = 1;
    changeCount++;
  }

  /**
   * Commits and ends the transaction. If it fails because others are in the way the transaction stays
   * open, and can be committed again; if the disk fails to make it durable it is rolled back.
   */
  public void commit() {
    commitChanges();
    endRead();
    storage.afterCommit(synchronous);
  }

  /** Commits, and goes on reading the state committed. Fails as {@link #commit} does. */
  public void commitAndRead() {
    commitChanges();
    storage.afterCommit(synchronous);
  }

  private void commitChanges() {
    Snapshot held = writer();
    boolean changed = hasChanged(held);
    if (changed) {
      noteCommitInHeader(held);
      storage.commit(held, written.changes(pageCount, synchronous), patience());
      committed(held);
    }
    endWrite();
    if (changed) {
      awaitPublished(held);
    }
  }

  // ---- commits over several databases, for MultiFileCommit ----

  /** Whether this transaction has something to commit that a super-journal has to hold. */
  boolean joinsSuperJournal() {
    return writing && hasChanged(held()) && storage.joinsSuperJournal(synchronous);
  }

  void prepareCommit(String superJournal) {
    Snapshot held = writer();
    noteCommitInHeader(held);
    storage.prepare(held, written.changes(pageCount, synchronous), patience(), superJournal);
  }

  boolean undoPrepared(Throwable cause) {
    return storage.undoPrepared(cause);
  }

  void finishPrepared(boolean goesOnReading) {
    Snapshot held = writer();
    storage.finishPrepared(held);
    committed(held);
    endWrite();
    if (!goesOnReading) {
      endRead();
    }
  }

  private boolean hasChanged(Snapshot held) {
    return !written.isEmpty() || pageCount != held.pageCount;
  }

  private void committed(Snapshot held) {
    written.clear();
    heads = held.table.heads();
    stamp = held.stamp;
    lastStamp = stamp;
    changeCount++;
  }

  private void awaitPublished(Snapshot held) {
    boolean published = false;
    try {
      storage.awaitPublished(held);
      published = true;
    } finally {
      if (!published) {
        endRead();
      }
    }
  }

  /** Without a log every commit counts in the header; with one only those that change its page. */
  private void noteCommitInHeader(Snapshot held) {
    boolean resized = Bytes.i32(read(1), DatabaseHeader.PAGE_COUNT) != pageCount;
    boolean needed = storage instanceof JournalStorage || written.hasSpilled();
    if (resized || needed || written.isDirty(1)) {
      DatabaseHeader.noteCommit(write(1), pageCount);
    }
  }

  /** Undoes everything since {@link #beginWrite}, and ends the transaction, if there is one. */
  public void rollback() {
    if (writing) {
      changeCount++;
      endWrite();
    }
    endRead();
  }

  private void endWrite() {
    written.end();
    writing = false;
    try {
      storage.endWrite();
    } finally {
      database.writers().release(this);
    }
  }

  private Snapshot held() {
    Snapshot held = snapshot;
    if (held == null) {
      throw new MisuseException(ResultCode.MISUSE, "no transaction is open");
    }
    return held;
  }

  private Snapshot writer() {
    if (!writing) {
      throw new MisuseException(ResultCode.MISUSE, "no write transaction is open");
    }
    return held();
  }

  private void checkOpen() {
    if (closed) {
      throw new MisuseException(ResultCode.MISUSE, "the connection is closed");
    }
  }

  // ---- savepoints ----

  /** Sets a savepoint within those that are set, and returns its number, from 0. */
  public int savepoint() {
    return snapshot == null ? written.setSavepointOutside() : written.setSavepoint(pageCount);
  }

  /**
   * Undoes what was written since a savepoint was set. It stays set, those within it end. Savepoints
   * end with the transaction; rolling back to one of a transaction that has ended does nothing.
   */
  public void rollbackTo(int savepoint) {
    if (savepoint >= written.savepointDepth()) {
      if (snapshot != null) {
        throw new IllegalStateException("savepoint " + savepoint + " is not set");
      }
      return;
    }
    Snapshot held = snapshot;
    pageCount = written.rollbackTo(savepoint, held == null ? 0 : held.pageCount);
    changeCount++;
    if (writing && pageCount == 0) {
      writeFirstPage();
    }
  }

  /** Ends a savepoint and those within it, keeping what was written. */
  public void release(int savepoint) {
    written.release(savepoint);
  }

  // ---- pages ----

  /** Outside of a transaction it is looked up in one that is over at once. */
  @Override
  public int pageSize() {
    Snapshot held = snapshot;
    if (held != null) {
      return held.pageSize;
    }
    int size = beginRead(patience()).pageSize;
    endSnapshot();
    return size;
  }

  @Override
  public int usableSize() {
    Snapshot held = snapshot;
    if (held != null) {
      return held.usableSize;
    }
    int size = beginRead(patience()).usableSize;
    endSnapshot();
    return size;
  }

  @Override
  public int pageCount() {
    return pageCount;
  }

  @Override
  public byte[] read(int page) {
    if (writing) {
      byte[] own = written.image(page);
      if (own != null) {
        return own;
      }
    }
    PageVersion[] table = heads;
    if (page > 0 && page < table.length && page <= pageCount) {
      PageVersion version = table[page];
      if (version != null && version.stamp <= stamp) {
        byte[] image = version.image;
        if (image != null) {
          if (!version.used) {
            version.used = true;
          }
          return image;
        }
      }
    }
    return readSlowly(page);
  }

  private byte[] readSlowly(int page) {
    Snapshot held = held();
    if (page == 1 && pageCount == 0) {
      return blankFirstPage();
    }
    if (page <= 0 || page > pageCount) {
      throw new CorruptException(
          ResultCode.CORRUPT,
          "database disk image is malformed: page " + page + " of " + pageCount);
    }
    heads = held.table.heads();
    return storage.read(held, page);
  }

  /** What the first page of an empty file would be. */
  private byte[] blankFirstPage() {
    byte[] blank = blankFirstPage;
    if (blank == null) {
      blank =
          DatabaseHeader.newDatabase(
              pageSize(), pageSize() - usableSize(), DatabaseHeader.ROLLBACK_JOURNAL);
      blankFirstPage = blank;
    }
    return blank;
  }

  @Override
  public byte[] write(int page) {
    writer();
    changeCount++;
    byte[] image = written.writable(page);
    if (image == null) {
      image = read(page).clone();
      written.add(page, image);
    }
    return image;
  }

  /**
   * A page that was spilled counts as not written: its image is read back for every reader, and the
   * next write to it makes another.
   */
  @Override
  public boolean isWritten(int page) {
    return writing && written.isDirty(page);
  }

  @Override
  public int append() {
    writer();
    changeCount++;
    int page = pageCount + 1;
    written.add(page, new byte[pageSize()]);
    pageCount = page;
    return page;
  }

  @Override
  public void truncate(int newPageCount) {
    writer();
    if (newPageCount < 1 || newPageCount > pageCount) {
      throw new IllegalArgumentException(newPageCount + " of " + pageCount + " pages");
    }
    changeCount++;
    for (int page = newPageCount + 1; page <= pageCount; page++) {
      written.forget(page);
    }
    pageCount = newPageCount;
  }

  @Override
  public long changeCount() {
    return changeCount;
  }

  // ---- what caches are valid for ----

  /** Names the commit that the snapshot sees: equal stamps in this JVM mean equal content. */
  public long snapshotStamp() {
    return stamp;
  }

  /** Changes when a transaction begins to see what another connection has committed. */
  public long dataVersion() {
    return dataVersion;
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
    return pageCount == 0 && database.wantsLog() || isLogging();
  }

  boolean isLogging() {
    return storage instanceof WalStorage;
  }

  /** Keeps the turn, but neither the lock on the log nor a snapshot. */
  void leaveLog(JournalMode mode) {
    written.end();
    writing = false;
    try {
      storage.endWrite();
      endRead();
      database.leaveLog(mode);
    } finally {
      database.writers().release(this);
    }
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
      if (writing) {
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
