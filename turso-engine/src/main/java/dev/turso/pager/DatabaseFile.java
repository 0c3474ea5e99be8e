package dev.turso.pager;

import dev.turso.cipher.EncryptionKey;
import dev.turso.cipher.FileCipher;
import dev.turso.cipher.PageCodec;
import dev.turso.error.BusyException;
import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.format.DatabaseHeader;
import dev.turso.format.JournalLayout;
import dev.turso.journal.HotJournal;
import dev.turso.vfs.DatabaseLock;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.OpenMode;
import dev.turso.vfs.Patience;
import dev.turso.wal.CheckpointMode;
import dev.turso.wal.CheckpointResult;
import dev.turso.wal.Wal;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One database in this JVM, shared by all its connections: the file, its locks, the way it keeps its
 * commits, the page cache, and whose turn it is to write.
 *
 * <p>Thread-safe. Made by {@link Pager#open}; closed by the last pager that closes.
 *
 * <p>Lock order: the turn to write, this monitor, that of the storage, that of the log, those of the
 * files.
 */
public final class DatabaseFile {

  /** Any epoch takes as many bytes in a record: what is written does not depend on chance by its size. */
  private static final long SMALLEST_EPOCH = 1L << 48;

  /** Exact as a double, too. */
  private static final long EPOCHS = 1L << 52;

  private final @Nullable FileSystem files;
  private final String path;
  private final @Nullable FileHandle handle;
  private final @Nullable DatabaseLock lock;
  private final boolean writable;
  private final PagerOptions options;
  private final CacheLimit cacheLimit;
  private final FileCipher cipher;
  private final WriterQueue writers = new WriterQueue();
  private final RandomGenerator random;
  private final long epoch;
  private final ConcurrentMap<Class<?>, Object> attachments = new ConcurrentHashMap<>();
  private final AtomicLong foreignCommits = new AtomicLong();
  private volatile Storage storage;
  private volatile @Nullable Object exclusiveOwner;
  private volatile JournalMode journalMode;
  private volatile int newPageSize;
  private volatile int newReservedBytes;
  private volatile int autoCheckpoint = 1000;
  int connections;

  /** A file. */
  DatabaseFile(
      FileSystem files, String path, FileHandle handle, boolean writable, PagerOptions options) {
    this.files = files;
    this.random = files.random();
    this.epoch = random.nextLong(SMALLEST_EPOCH, EPOCHS);
    this.path = path;
    this.handle = handle;
    this.lock = new DatabaseLock(handle);
    this.writable = writable;
    this.options = options;
    this.cipher = new FileCipher(path, options.key());
    this.cacheLimit = new CacheLimit(options.cacheBytes());
    this.journalMode =
        options.journalMode() == JournalMode.WAL ? JournalMode.DELETE : options.journalMode();
    this.newPageSize = options.pageSize();
    this.newReservedBytes = options.reservedBytes();
    this.storage = options.immutable() ? new ImmutableStorage(this) : new JournalStorage(this);
  }

  /** A database in memory. */
  DatabaseFile(String name, PagerOptions options, MemoryStorage.@Nullable Scratch scratch) {
    this.files = null;
    this.random = new SplittableRandom();
    this.epoch = random.nextLong(SMALLEST_EPOCH, EPOCHS);
    this.path = name;
    this.handle = null;
    this.lock = null;
    this.writable = true;
    this.options = options;
    this.cipher = new FileCipher(name, null);
    this.cacheLimit = new CacheLimit(options.cacheBytes());
    this.journalMode = JournalMode.MEMORY;
    this.newPageSize = options.pageSize();
    this.newReservedBytes = options.reservedBytes();
    this.storage = new MemoryStorage(newPageSize, newReservedBytes, scratch);
  }

  static BusyException locked() {
    return new BusyException(ResultCode.BUSY, "database is locked");
  }

  // ---- for everybody ----

  /** The canonical path of the file, or the name of a database in memory. */
  public String path() {
    return path;
  }

  /** What the file is encrypted with, null = it is not. */
  public @Nullable EncryptionKey key() {
    return cipher.key();
  }

  /** A number of this opening of the file; hardly another one has the same. */
  public long epoch() {
    return epoch;
  }

  /**
   * Gives the key of a file that was opened without one, before anything was read of it.
   *
   * @throws dev.turso.error.KeyException if the file is in use with another key, or without one
   */
  public void giveKey(EncryptionKey key) {
    if (cipher.isOpenWith(key)) {
      return;
    }
    boolean untouched = storage instanceof JournalStorage journal && journal.forgetEmpty();
    if (cipher.isEncrypted() || !untouched) {
      throw cipher.openWithAnother();
    }
    cipher.become(key);
  }

  /** Whether the database has no file. */
  public boolean isInMemory() {
    return handle == null;
  }

  /** What other layers share between the connections of a database, one object for each class. */
  public ConcurrentMap<Class<?>, Object> attachments() {
    return attachments;
  }

  /** Counts up whenever commits of other processes have been found in the file. */
  public long foreignCommits() {
    return foreignCommits.get();
  }

  void noteForeignCommits() {
    foreignCommits.incrementAndGet();
  }

  /** After how many frames of the log a commit checkpoints, 0 = never. */
  public int autoCheckpoint() {
    return autoCheckpoint;
  }

  public void setAutoCheckpoint(int frames) {
    autoCheckpoint = frames;
  }

  /** Why the last automatic checkpoint failed, if it did. */
  public @Nullable RuntimeException checkpointFailure() {
    return storage instanceof WalStorage wal ? wal.checkpointFailure() : null;
  }

  /** How many snapshots are open; the oldest keeps a log from restarting. */
  public int openSnapshots() {
    return storage.openSnapshots();
  }

  /** How many frames the log had when this process last looked, 0 without a log. */
  public int logFrames() {
    return storage.logFrames();
  }

  // ---- for the storages ----

  FileSystem files() {
    return present(files);
  }

  FileHandle handle() {
    return present(handle);
  }

  DatabaseLock lock() {
    return present(lock);
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("a database in memory has no file");
    }
    return part;
  }

  boolean isWritable() {
    return writable;
  }

  String journalPath() {
    return path + "-journal";
  }

  RandomGenerator random() {
    return random;
  }

  WriterQueue writers() {
    return writers;
  }

  /** How a rollback journal is kept when there is no log. */
  JournalMode journalMode() {
    return journalMode;
  }

  int newPageSize() {
    return newPageSize;
  }

  int newReservedBytes() {
    return cipher.reservedBytes(newReservedBytes);
  }

  /** The key of the file, and how its pages are written. */
  FileCipher cipher() {
    return cipher;
  }

  /** Where a scratch database beside this one keeps its pages; null = in memory, as this one does. */
  MemoryStorage.@Nullable Scratch scratch() {
    return isInMemory()
        ? null
        : new MemoryStorage.Scratch(new SpillFile(files()), storage.codec(), cacheLimit);
  }

  CacheLimit cacheLimit() {
    return cacheLimit;
  }

  /** The page that holds the lock bytes and no data. */
  int lockPage(int pageSize) {
    return JournalLayout.lockPage(pageSize);
  }

  PageTable newTable(int pageSize) {
    return new PageTable(cacheLimit, pageSize, true);
  }

  int pageCountOfFile(int pageSize) {
    return (int) ((handle().size() + pageSize - 1) / pageSize);
  }

  /** Reads a page from the file as it lies there, zeros where it ends. */
  void readPage(int page, byte[] into) {
    handle().read((page - 1L) * into.length, into, 0, into.length);
  }

  void writePage(int page, byte[] image, PageCodec codec) {
    byte[] out = codec.encoded(page, image);
    handle().write((page - 1L) * out.length, out, 0, out.length);
  }

  /** A journal that is not of this key's file is left alone: recovery would change the file. */
  void checkKeyBeforeRecovery(HotJournal journal) {
    byte[] header = journal.header();
    if (header == null) {
      header = new byte[DatabaseHeader.SIZE];
      handle().read(0, header, 0, header.length);
    }
    cipher.open(header);
  }

  // ---- which storage ----

  Storage storage() {
    return storage;
  }

  /** Opens the log of a file whose header asks for one. */
  synchronized void openLog(Patience patience) {
    if (!(storage instanceof JournalStorage)) {
      return;
    }
    while (!lock().tryShared()) {
      if (!patience.pause()) {
        throw locked();
      }
    }
    boolean opened = false;
    try {
      byte[] header = new byte[DatabaseHeader.SIZE];
      if (handle().read(0, header, 0, header.length) < header.length) {
        return;
      }
      header = cipher.open(header);
      DatabaseHeader.check(header);
      if (!DatabaseHeader.isWriteAheadLog(header)) {
        return;
      }
      int pageSize = DatabaseHeader.pageSize(header);
      Wal wal = openWal(pageSize);
      Storage journal = storage;
      storage =
          new WalStorage(this, wal, cipher.codec(), pageSize, DatabaseHeader.usableSize(header));
      journal.close();
      opened = true;
    } finally {
      if (!opened) {
        lock().releaseShared();
      }
    }
  }

  /**
   * Where nobody but this process can be at the log its index is in memory that nobody shares: under
   * EXCLUSIVE, or where no file can be made beside the database, and nobody has made one.
   */
  private Wal openWal(int pageSize) {
    if (exclusiveOwner != null) {
      if (!lock().tryExclusive()) {
        lock().releasePending();
        throw locked();
      }
      return Wal.openPrivate(files(), path, pageSize, random, cipher.codec(), true);
    }
    try {
      return Wal.open(files(), path, pageSize, random, cipher.codec());
    } catch (IoException e) {
      if (e.code() != ResultCode.CANTOPEN || files().exists(path + "-shm")) {
        throw e;
      }
      return Wal.openPrivate(files(), path, pageSize, random, cipher.codec(), false);
    }
  }

  /** Whether an empty file is to become one with a log. */
  boolean wantsLog() {
    return handle != null && options.journalMode() == JournalMode.WAL && !options.immutable();
  }

  /**
   * Makes an empty file a database with a log. Native readers delete a log beside an empty file, so
   * the first page has to be in the file itself: its first sector alone, as that is written whole or
   * not at all, and holds all that an empty database says.
   */
  synchronized void createWithLog(Patience patience) {
    if (!(storage instanceof JournalStorage)) {
      return;
    }
    while (!lock().tryShared()) {
      if (!patience.pause()) {
        throw locked();
      }
    }
    try {
      while (!lock().tryExclusive()) {
        if (!patience.pause()) {
          throw locked();
        }
      }
      if (handle().size() == 0) {
        writeFirstPage();
      }
    } finally {
      lock().downgrade();
      lock().releaseShared();
    }
  }

  private void writeFirstPage() {
    cipher.expectNew();
    byte[] page =
        DatabaseHeader.newDatabase(newPageSize, newReservedBytes(), DatabaseHeader.WRITE_AHEAD_LOG);
    if (cipher.isEncrypted()) {
      // All of the page matters, so a journal says that the file was empty.
      byte[] form = cipher.codec().encoded(1, page);
      new JournaledRewrite(this, newPageSize, 0).first(1, number -> form);
      return;
    }
    handle().write(0, page, 0, 512);
    handle().sync();
    handle().truncate(newPageSize);
    handle().sync();
    files().syncDirectory(path);
  }

  // ---- settings of the file, for a pager whose turn it is to write ----

  /** Sets the page size of a database that is still empty. */
  void setNewPageSize(int pageSize, int reservedBytes) {
    newPageSize = pageSize;
    newReservedBytes = reservedBytes;
    if (handle == null) {
      storage = new MemoryStorage(pageSize, reservedBytes, null);
    }
  }

  void setRollbackMode(JournalMode mode) {
    journalMode = mode;
  }

  /** Gives up the log. Nobody may use the database but the caller, who has no snapshot. */
  synchronized void leaveLog(JournalMode mode) {
    if (!(storage instanceof WalStorage log)) {
      return;
    }
    try {
      if (!log.closeForGood()) {
        throw locked();
      }
      rewriteVersion();
      journalMode = mode;
    } finally {
      // Also where the disk fails half way: the next transaction finds what the header says.
      if (log.isClosed()) {
        storage = new JournalStorage(this);
        lock().downgrade();
        lock().releaseShared();
      }
    }
  }

  /** Writes the version bytes of a rollback journal into the header, as a commit of its own. */
  private void rewriteVersion() {
    byte[] header = new byte[DatabaseHeader.SIZE];
    handle().read(0, header, 0, header.length);
    byte[] page = new byte[DatabaseHeader.pageSize(header)];
    readPage(1, page);
    cipher.codec().decode(1, page);
    int count = pageCountOfFile(page.length);
    page[DatabaseHeader.WRITE_VERSION] = DatabaseHeader.ROLLBACK_JOURNAL;
    page[DatabaseHeader.READ_VERSION] = DatabaseHeader.ROLLBACK_JOURNAL;
    DatabaseHeader.noteCommit(page, count);
    byte[] form = cipher.codec().encoded(1, page);
    new JournaledRewrite(this, page.length, count).first(count, number -> form);
  }

  CheckpointResult checkpoint(CheckpointMode mode, Synchronous synchronous, Patience patience) {
    return storage instanceof WalStorage log
        ? log.checkpoint(mode, synchronous, patience)
        : CheckpointResult.NO_LOG;
  }

  void close() {
    try {
      closeAttachments();
      storage.close();
    } finally {
      if (handle != null) {
        handle.close();
      }
    }
  }

  private void closeAttachments() {
    for (Object each : attachments.values()) {
      if (each instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** Opens a file as the options say, for reading only if it cannot be written. */
  static DatabaseFile open(FileSystem files, String path, PagerOptions options) {
    if (options.immutable()) {
      return openImmutable(files, path, options);
    }
    if (options.mode() == OpenMode.CREATE || files.exists(path)) {
      OpenMode first = options.mode() == OpenMode.READ_ONLY ? OpenMode.READ_WRITE : options.mode();
      try {
        return checked(new DatabaseFile(files, path, files.open(path, first), true, options));
      } catch (IoException e) {
        if (!files.exists(path) || e.code() != ResultCode.CANTOPEN) {
          throw e;
        }
        FileHandle handle = files.open(path, OpenMode.READ_ONLY);
        return checked(new DatabaseFile(files, path, handle, false, options));
      }
    }
    throw new IoException(ResultCode.CANTOPEN, "unable to open database file: " + path);
  }

  /** A key that is given is looked at now, unless a journal may say that the header is another. */
  private static DatabaseFile checked(DatabaseFile file) {
    if (!file.cipher.isEncrypted()) {
      return file;
    }
    try {
      byte[] header = new byte[DatabaseHeader.SIZE];
      boolean whole = file.handle().read(0, header, 0, header.length) == header.length;
      if (whole && !file.files().exists(file.journalPath())) {
        file.cipher.open(header);
      }
      return file;
    } catch (Throwable e) {
      file.handle().close();
      throw e;
    }
  }

  private static DatabaseFile openImmutable(FileSystem files, String path, PagerOptions options) {
    FileHandle handle = files.open(path, OpenMode.READ_ONLY);
    try {
      return new DatabaseFile(files, path, handle, false, options);
    } catch (Throwable e) {
      handle.close();
      throw e;
    }
  }

  /** Whether the file was opened under the promise that nobody changes it. */
  boolean isImmutable() {
    return options.immutable();
  }

  // ---- one connection keeping its locks ----

  /**
   * Lets one connection keep the locks that its transactions take; null = none does. False if another
   * one has them already, or if this one cannot give them up now.
   */
  synchronized boolean keepLocksFor(@Nullable Object pager) {
    DatabaseLock held = lock;
    if (held == null || options.immutable()) {
      return true;
    }
    if (pager != null && exclusiveOwner != null && exclusiveOwner != pager) {
      return false;
    }
    if (storage instanceof WalStorage log && log.hasPrivateIndex() == (pager == null)) {
      boolean reopened = reopensLog(log);
      if (!reopened && pager == null) {
        return false;
      }
    }
    exclusiveOwner = pager;
    held.keep(pager != null);
    return true;
  }

  /** Gives up a log that nobody uses now; the next transaction opens it with the other kind of index. */
  private boolean reopensLog(WalStorage log) {
    if (!writable || !log.closeForGood()) {
      return false;
    }
    storage = new JournalStorage(this);
    lock().downgrade();
    lock().releaseShared();
    return true;
  }

  @Nullable Object exclusiveOwner() {
    return exclusiveOwner;
  }

  /** Whether the locks that another connection keeps let this one in. */
  boolean admits(Object pager) {
    Object owner = exclusiveOwner;
    return owner == null || owner == pager || !lock().isExclusive();
  }

  /** Whether this connection may begin to write. */
  boolean admitsWriter(Object pager) {
    Object owner = exclusiveOwner;
    return owner == null || owner == pager;
  }

  /** Of the owner, with a log: keeps everybody else out of the file. */
  void lockOutOthers() {
    if (storage instanceof WalStorage && !lock().tryExclusive()) {
      lock().releasePending();
      throw locked();
    }
  }
}
