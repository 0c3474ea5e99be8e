package dev.turso.pager;

import dev.turso.error.BusyException;
import dev.turso.error.ResultCode;
import dev.turso.vfs.Patience;
import org.jspecify.annotations.Nullable;

/** A database that is nothing but its page table. */
final class MemoryStorage extends Storage {

  private final PageTable table;
  private final int pageSize;
  private final int usableSize;
  private long commits = 1;
  private int pageCount;

  MemoryStorage(int pageSize, int reservedBytes) {
    this.table = new PageTable(new CacheLimit(Long.MAX_VALUE), pageSize, false);
    this.pageSize = pageSize;
    this.usableSize = pageSize - reservedBytes;
  }

  @Override
  synchronized Snapshot beginRead(Patience patience) {
    Snapshot snapshot = new Snapshot(table, commits, pageCount, pageSize, usableSize);
    snapshots.add(snapshot);
    return snapshot;
  }

  @Override
  synchronized void endRead(Snapshot snapshot) {
    snapshots.remove(snapshot);
  }

  @Override
  synchronized void beginWrite(Snapshot snapshot, boolean fresh) {
    if (snapshot.stamp != commits) {
      throw new BusyException(ResultCode.BUSY_SNAPSHOT, "database is locked");
    }
  }

  @Override
  synchronized void commit(Snapshot snapshot, WriteSet changes, Patience patience) {
    table.ensureRoom(changes.pageCount());
    long stamp = commits + 1;
    snapshots.remove(snapshot);
    snapshot.stamp = stamp;
    snapshot.pageCount = changes.pageCount();
    snapshots.add(snapshot);
    long oldest = snapshots.oldest(stamp);
    for (DirtyPages.Entry entry : changes.pages()) {
      table.push(entry.page, stamp, entry.image, oldest);
    }
    pageCount = changes.pageCount();
    commits = stamp;
  }

  @Override
  void endWrite() {}

  @Override
  byte[] fetch(Snapshot snapshot, int page, @Nullable PageVersion version) {
    throw new IllegalStateException("page " + page + " of a database in memory is lost");
  }

  @Override
  long runStart() {
    return 0;
  }

  @Override
  void afterCommit(Synchronous synchronous) {}

  @Override
  void close() {}
}
