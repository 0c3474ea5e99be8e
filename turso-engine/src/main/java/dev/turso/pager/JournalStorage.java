package dev.turso.pager;

import dev.turso.cipher.EncryptionKey;
import dev.turso.cipher.PageCodec;
import dev.turso.error.BusyException;
import dev.turso.error.CorruptException;
import dev.turso.error.IoException;
import dev.turso.error.ReadOnlyException;
import dev.turso.error.ResultCode;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.journal.HotJournal;
import dev.turso.vfs.DatabaseLock;
import dev.turso.vfs.Patience;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A database file with a rollback journal, or without any: readers hold SHARED, and a commit needs
 * that there are none.
 *
 * <p>The page table holds one version of each page. It is valid as long as this process holds SHARED,
 * and afterwards if the change counter and its neighbours are still the same.
 */
final class JournalStorage extends Storage {

  private static final int NO_PAGE_SIZE = 0;

  private final DatabaseFile database;
  private final DatabaseLock lock;
  private final HotJournal hotJournal;
  private final SpillFile spill;
  private PageTable table;
  private volatile PageCodec codec = PageCodec.PLAIN;
  private byte[] knownHeader = new byte[0];
  private int pageSize = NO_PAGE_SIZE;
  private int usableSize;
  private int pageCount;
  private long commits = 1;
  private boolean damaged;
  private @Nullable JournalCommit prepared;
  private @Nullable WriteSet preparedChanges;
  private volatile @Nullable IoException leftJournal;
  private boolean closed;

  JournalStorage(DatabaseFile database) {
    this.database = database;
    this.lock = database.lock();
    this.hotJournal = new HotJournal(database.files(), database.journalPath(), database.handle());
    this.spill = new SpillFile(database.files());
    this.table = new PageTable(database.cacheLimit(), database.newPageSize(), true);
  }

  @Override
  PageCodec codec() {
    return codec;
  }

  // ---- reading ----

  @Override
  @Nullable Snapshot beginRead(Patience patience) {
    while (true) {
      synchronized (this) {
        if (closed) {
          return null;
        }
        if (lock.tryShared()) {
          return beginLocked();
        }
      }
      if (!patience.pause()) {
        throw DatabaseFile.locked();
      }
    }
  }

  private @Nullable Snapshot beginLocked() {
    boolean kept = false;
    try {
      if (damaged && snapshots.count() > 0) {
        throw new BusyException(ResultCode.BUSY_RECOVERY, "database is locked");
      }
      if (snapshots.count() == 0) {
        recoverIfHot();
        damaged = false;
        if (!refresh()) {
          return null;
        }
      }
      Snapshot snapshot = new Snapshot(table, commits, pageCount, pageSize, usableSize);
      snapshots.add(snapshot);
      kept = true;
      return snapshot;
    } finally {
      if (!kept) {
        lock.releaseShared();
      }
    }
  }

  private void recoverIfHot() {
    if (!hotJournal.isPresent() || lock.reservedElsewhere()) {
      return;
    }
    database.checkKeyBeforeRecovery(hotJournal);
    if (!database.isWritable()) {
      throw new ReadOnlyException(
          ResultCode.READONLY_ROLLBACK, "attempt to write a readonly database");
    }
    if (!lock.tryExclusive()) {
      lock.downgrade();
      throw new BusyException(ResultCode.BUSY_RECOVERY, "database is locked");
    }
    try {
      if (hotJournal.isPresent()) {
        hotJournal.playBack();
      }
    } finally {
      lock.downgrade();
    }
  }

  /** Looks whether the file is still the one that we know. False if it is one with a log. */
  private boolean refresh() {
    byte[] header = new byte[DatabaseHeader.SIZE];
    int read = database.handle().read(0, header, 0, header.length);
    if (read == 0) {
      database.cipher().expectNew();
      codec = database.cipher().codec();
      become(header, database.newPageSize(), database.newPageSize() - database.newReservedBytes());
      pageCount = 0;
      return true;
    }
    header = database.cipher().open(header);
    DatabaseHeader.check(header);
    if (DatabaseHeader.isWriteAheadLog(header)) {
      return false;
    }
    codec = database.cipher().codec();
    become(header, DatabaseHeader.pageSize(header), DatabaseHeader.usableSize(header));
    int inFile = database.pageCountOfFile(pageSize);
    int inHeader = DatabaseHeader.pageCount(header);
    if (Integer.compareUnsigned(inHeader, inFile) > 0) {
      throw new CorruptException(ResultCode.CORRUPT, "database disk image is malformed");
    }
    pageCount = inHeader > 0 ? inHeader : inFile;
    table.ensureRoom(pageCount);
    return true;
  }

  private void become(byte[] header, int newPageSize, int newUsableSize) {
    if (newPageSize == pageSize
        && newUsableSize == usableSize
        && Arrays.equals(header, knownHeader)) {
      return;
    }
    if (knownHeader.length > 0) {
      database.noteForeignCommits();
    }
    commits++;
    knownHeader = header;
    pageSize = newPageSize;
    usableSize = newUsableSize;
    table = new PageTable(database.cacheLimit(), newPageSize, true);
  }

  @Override
  synchronized void endRead(Snapshot snapshot) {
    snapshots.remove(snapshot);
    lock.releaseShared();
  }

  @Override
  byte[] fetch(Snapshot snapshot, int page, @Nullable PageVersion version) {
    byte[] image = new byte[snapshot.pageSize];
    database.readPage(page, image);
    codec.decode(page, image);
    return image;
  }

  @Override
  long runStart(Snapshot snapshot) {
    return Long.MAX_VALUE;
  }

  // ---- writing ----

  @Override
  synchronized void beginWrite(Snapshot snapshot, boolean fresh) {
    if (snapshot.stamp != commits) {
      throw new BusyException(ResultCode.BUSY_SNAPSHOT, "database is locked");
    }
    if (!lock.tryReserved()) {
      throw DatabaseFile.locked();
    }
  }

  @Override
  int spillLimit() {
    return database.cacheLimit().dirtyImages(pageSize);
  }

  @Override
  int spill(Snapshot snapshot, DirtyPages.Entry[] pages) {
    return spill.append(pages, codec);
  }

  @Override
  byte[] fetchSpilled(Snapshot snapshot, int page, int frame) {
    byte[] image = new byte[snapshot.pageSize];
    spill.read(frame, image);
    codec.decode(page, image);
    return image;
  }

  @Override
  boolean joinsSuperJournal(Synchronous synchronous) {
    return synchronous != Synchronous.OFF
        && switch (database.journalMode()) {
          case DELETE, TRUNCATE, PERSIST -> true;
          case MEMORY, OFF, WAL -> false;
        };
  }

  @Override
  void commit(Snapshot snapshot, WriteSet changes, Patience patience) {
    prepare(snapshot, changes, patience, null);
    try {
      finishing().finish();
    } catch (Throwable e) {
      undoPrepared(e);
      throw e;
    }
    enter(snapshot);
  }

  @Override
  void prepare(
      Snapshot snapshot, WriteSet changes, Patience patience, @Nullable String superJournal) {
    lockForCommit(patience);
    JournalCommit commit = new JournalCommit(database, this, hotJournal, spill, snapshot, changes);
    prepared = commit;
    preparedChanges = changes;
    try {
      commit.prepare(superJournal);
    } catch (Throwable e) {
      undoPrepared(e);
      throw e;
    }
  }

  @Override
  void lockForCommit(Patience patience) {
    while (!lock.tryExclusive()) {
      if (!patience.pause()) {
        lock.releaseToReserved();
        throw DatabaseFile.locked();
      }
    }
  }

  @Override
  void unlockForCommit() {
    lock.releaseToReserved();
  }

  private JournalCommit finishing() {
    JournalCommit commit = prepared;
    if (commit == null) {
      throw new IllegalStateException("no commit is prepared");
    }
    return commit;
  }

  /** A journal that cannot be ended names a super-journal that is gone: nobody plays it back. */
  @Override
  void finishPrepared(Snapshot snapshot) {
    try {
      finishing().finish();
    } catch (IoException e) {
      leftJournal = e;
    }
    enter(snapshot);
  }

  /** Why the journal of a commit over several files could not be removed, if so. */
  @Nullable IoException leftJournal() {
    return leftJournal;
  }

  /**
   * A commit that failed half way is rolled back at once if that can be done; if not the journal
   * stays hot, for whoever comes next.
   */
  @Override
  boolean undoPrepared(Throwable cause) {
    JournalCommit commit = finishing();
    prepared = null;
    preparedChanges = null;
    synchronized (this) {
      knownHeader = new byte[0];
    }
    try {
      commit.undo();
      return true;
    } catch (Throwable e) {
      cause.addSuppressed(e);
      synchronized (this) {
        damaged = true;
      }
      return false;
    }
  }

  /** The file holds the commit: so does the page table from here on. */
  private synchronized void enter(Snapshot snapshot) {
    WriteSet changes = preparedChanges;
    JournalCommit commit = finishing();
    if (changes == null) {
      throw new IllegalStateException("no commit is prepared");
    }
    prepared = null;
    preparedChanges = null;
    commits++;
    snapshot.stamp = commits;
    snapshot.pageCount = changes.pageCount();
    pageCount = changes.pageCount();
    table.ensureRoom(pageCount);
    for (long each : commit.spilledPages()) {
      table.push((int) (each >>> 32), commits, null, commits);
    }
    for (DirtyPages.Entry entry : changes.pages()) {
      table.push(entry.page, commits, entry.image, commits);
      if (entry.page == 1) {
        knownHeader = Arrays.copyOf(entry.image, DatabaseHeader.SIZE);
      }
    }
    if (table.isOverLimit()) {
      table.evict(Long.MAX_VALUE);
    }
  }

  // ---- replacing the file ----

  /** Writes the file anew, with another key or page size. If it fails the old file is there, or a hot journal. */
  void replaceFile(
      Snapshot snapshot, PageStore content, @Nullable EncryptionKey key, Patience patience) {
    lockForCommit(patience);
    PageCodec next = database.cipher().fresh(key);
    byte[] first = firstPage(snapshot, content);
    boolean done = false;
    try {
      new JournaledRewrite(database, snapshot.pageSize, snapshot.pageCount)
          .all(
              content.pageSize(),
              content.pageCount(),
              page -> next.encoded(page, page == 1 ? first : content.read(page)));
      database.cipher().become(key, next);
      done = true;
    } finally {
      synchronized (this) {
        knownHeader = new byte[0];
        damaged = !done;
      }
    }
  }

  /** Other processes see from the counters that nothing they know is valid. */
  private byte[] firstPage(Snapshot snapshot, PageStore content) {
    byte[] first = content.read(1).clone();
    byte[] old = snapshot.pageCount == 0 ? first : read(snapshot, 1);
    first[DatabaseHeader.WRITE_VERSION] = DatabaseHeader.ROLLBACK_JOURNAL;
    first[DatabaseHeader.READ_VERSION] = DatabaseHeader.ROLLBACK_JOURNAL;
    int cookie = Bytes.i32(old, DatabaseHeader.SCHEMA_COOKIE);
    Bytes.put32(first, DatabaseHeader.SCHEMA_COOKIE, cookie + 1);
    Bytes.put32(
        first, DatabaseHeader.CHANGE_COUNTER, Bytes.i32(old, DatabaseHeader.CHANGE_COUNTER));
    DatabaseHeader.noteCommit(first, content.pageCount());
    return first;
  }

  /** Forgets what was read of an empty file, which may then get a key. False if there is more. */
  synchronized boolean forgetEmpty() {
    if (snapshots.count() > 0 || pageCount > 0) {
      return false;
    }
    knownHeader = new byte[0];
    pageSize = NO_PAGE_SIZE;
    return true;
  }

  @Override
  void endWrite() {
    spill.clear();
    lock.downgrade();
  }

  @Override
  void afterCommit(Synchronous synchronous) {}

  @Override
  synchronized void close() {
    closed = true;
  }
}
