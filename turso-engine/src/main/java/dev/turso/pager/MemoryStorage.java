package dev.turso.pager;

import dev.turso.cipher.PageCodec;
import dev.turso.error.BusyException;
import dev.turso.error.ResultCode;
import dev.turso.vfs.Patience;
import org.jspecify.annotations.Nullable;

/**
 * A database that is nothing but its page table.
 *
 * <p>A <em>scratch</em> database lives for one transaction that is never committed: of its pages what
 * the cache's limit leaves no room for is in a temporary file.
 */
final class MemoryStorage extends Storage {

  private final PageTable table;
  private final int pageSize;
  private final int usableSize;
  private final @Nullable Scratch scratch;
  private long commits = 1;
  private int pageCount;

  /** Where a scratch database keeps pages, in which form, and how many it need not keep there. */
  record Scratch(SpillFile file, PageCodec codec, CacheLimit limit) {}

  MemoryStorage(int pageSize, int reservedBytes, @Nullable Scratch scratch) {
    this.table = new PageTable(new CacheLimit(Long.MAX_VALUE), pageSize, false);
    this.pageSize = pageSize;
    this.usableSize = pageSize - reservedBytes;
    this.scratch = scratch;
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
    if (scratch != null) {
      throw new IllegalStateException("a scratch database is never committed");
    }
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
  void endWrite() {
    if (scratch != null) {
      scratch.file.clear();
    }
  }

  @Override
  int spillLimit() {
    return scratch == null ? super.spillLimit() : scratch.limit.dirtyImages(pageSize);
  }

  @Override
  int spill(Snapshot snapshot, DirtyPages.Entry[] pages) {
    return scratch == null
        ? super.spill(snapshot, pages)
        : scratch.file.append(pages, scratch.codec);
  }

  @Override
  byte[] fetchSpilled(Snapshot snapshot, int page, int frame) {
    if (scratch == null) {
      return super.fetchSpilled(snapshot, page, frame);
    }
    byte[] image = new byte[pageSize];
    scratch.file.read(frame, image);
    scratch.codec.decode(page, image);
    return image;
  }

  @Override
  byte[] fetch(Snapshot snapshot, int page, @Nullable PageVersion version) {
    throw new IllegalStateException("page " + page + " of a database in memory is lost");
  }

  @Override
  long runStart(Snapshot snapshot) {
    return 0;
  }

  @Override
  void afterCommit(Synchronous synchronous) {}

  @Override
  void close() {}
}
