package dev.turso.pager;

import dev.turso.error.BusyException;
import dev.turso.error.CorruptException;
import dev.turso.error.ResultCode;
import dev.turso.format.DatabaseHeader;
import dev.turso.journal.HotJournal;
import dev.turso.journal.RollbackJournal;
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
  private PageTable table;
  private byte[] knownHeader = new byte[0];
  private int pageSize = NO_PAGE_SIZE;
  private int usableSize;
  private int pageCount;
  private long commits = 1;
  private boolean damaged;
  private boolean closed;

  JournalStorage(DatabaseFile database) {
    this.database = database;
    this.lock = database.lock();
    this.hotJournal = new HotJournal(database.files(), database.journalPath(), database.handle());
    this.table = new PageTable(1, true);
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
      become(header, database.newPageSize(), database.newPageSize() - database.newReservedBytes());
      pageCount = 0;
      return true;
    }
    DatabaseHeader.check(header);
    if (DatabaseHeader.isWriteAheadLog(header)) {
      return false;
    }
    become(header, DatabaseHeader.pageSize(header), DatabaseHeader.usableSize(header));
    int inFile = database.pageCountOfFile(pageSize);
    int inHeader = DatabaseHeader.pageCount(header);
    if (inHeader > inFile) {
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
    table = new PageTable(database.imageLimit(newPageSize), true);
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
    return image;
  }

  @Override
  long runStart() {
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
  void commit(Snapshot snapshot, WriteSet changes, Patience patience) {
    while (!lock.tryExclusive()) {
      if (!patience.pause()) {
        lock.releasePending();
        throw DatabaseFile.locked();
      }
    }
    write(snapshot, changes);
    synchronized (this) {
      commits++;
      snapshot.stamp = commits;
      snapshot.pageCount = changes.pageCount();
      pageCount = changes.pageCount();
      table.ensureRoom(pageCount);
      for (DirtyPages.Entry entry : changes.pages()) {
        table.push(entry.page, commits, entry.image, commits);
        if (entry.page == 1) {
          knownHeader = Arrays.copyOf(entry.image, DatabaseHeader.SIZE);
        }
      }
      if (table.isOverLimit()) {
        table.evict(runStart());
      }
    }
  }

  private void write(Snapshot snapshot, WriteSet changes) {
    JournalMode mode = database.journalMode();
    if (mode == JournalMode.MEMORY || mode == JournalMode.OFF) {
      writeWithoutJournal(snapshot, changes, mode == JournalMode.MEMORY);
      return;
    }
    boolean sync = changes.synchronous() != Synchronous.OFF;
    RollbackJournal journal = startJournal(snapshot, changes);
    try {
      journal.seal(sealing(changes.synchronous()));
      writePages(snapshot, changes, sync);
      journal.end(ending(mode), sync, changes.synchronous() == Synchronous.EXTRA);
    } catch (Throwable e) {
      journal.close();
      undo(e);
      throw e;
    }
  }

  private RollbackJournal startJournal(Snapshot snapshot, WriteSet changes) {
    RollbackJournal journal =
        RollbackJournal.create(
            database.files(),
            database.journalPath(),
            snapshot.pageSize,
            snapshot.pageCount,
            database.random().nextInt(),
            changes.pages().length);
    try {
      for (DirtyPages.Entry entry : changes.pages()) {
        if (entry.page <= snapshot.pageCount) {
          journal.add(entry.page, read(snapshot, entry.page));
        }
      }
      for (int page = changes.pageCount() + 1; page <= snapshot.pageCount; page++) {
        journal.add(page, read(snapshot, page));
      }
      return journal;
    } catch (Throwable e) {
      journal.close();
      throw e;
    }
  }

  private static RollbackJournal.Sealing sealing(Synchronous synchronous) {
    return switch (synchronous) {
      case OFF -> RollbackJournal.Sealing.UNSYNCED;
      case NORMAL -> RollbackJournal.Sealing.ONCE;
      case FULL, EXTRA -> RollbackJournal.Sealing.TWICE;
    };
  }

  private static RollbackJournal.Ending ending(JournalMode mode) {
    return switch (mode) {
      case TRUNCATE -> RollbackJournal.Ending.TRUNCATE;
      case PERSIST -> RollbackJournal.Ending.PERSIST;
      case DELETE, MEMORY, WAL, OFF -> RollbackJournal.Ending.DELETE;
    };
  }

  private void writePages(Snapshot snapshot, WriteSet changes, boolean sync) {
    int size = snapshot.pageSize;
    for (DirtyPages.Entry entry : changes.pages()) {
      database.handle().write((entry.page - 1L) * size, entry.image, 0, size);
    }
    if (changes.pageCount() < snapshot.pageCount) {
      database.handle().truncate((long) changes.pageCount() * size);
    }
    if (sync) {
      database.handle().sync();
    }
  }

  /**
   * A commit that failed half way is rolled back at once if that can be done; if not the journal
   * stays hot, for whoever comes next.
   */
  private void undo(Throwable cause) {
    synchronized (this) {
      knownHeader = new byte[0];
    }
    try {
      if (hotJournal.isPresent()) {
        hotJournal.playBack();
      }
    } catch (Throwable e) {
      cause.addSuppressed(e);
      synchronized (this) {
        damaged = true;
      }
    }
  }

  private void writeWithoutJournal(Snapshot snapshot, WriteSet changes, boolean undoable) {
    byte[][] old = new byte[changes.pages().length][];
    for (int i = 0; undoable && i < old.length; i++) {
      int page = changes.pages()[i].page;
      old[i] = page <= snapshot.pageCount ? read(snapshot, page) : null;
    }
    try {
      writePages(snapshot, changes, changes.synchronous() != Synchronous.OFF);
    } catch (Throwable e) {
      knownHeader = new byte[0];
      for (int i = 0; i < old.length; i++) {
        if (old[i] != null) {
          long at = (changes.pages()[i].page - 1L) * snapshot.pageSize;
          database.handle().write(at, old[i], 0, snapshot.pageSize);
        }
      }
      throw e;
    }
  }

  @Override
  void endWrite() {
    lock.downgrade();
  }

  @Override
  void afterCommit(Synchronous synchronous) {}

  @Override
  synchronized void close() {
    closed = true;
  }
}
