package dev.turso.pager;

import dev.turso.error.CorruptException;
import dev.turso.error.IoException;
import dev.turso.error.MisuseException;
import dev.turso.error.ResultCode;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import org.jspecify.annotations.Nullable;

/**
 * The pages as the transaction of one connection sees them: those it has written itself, and those of
 * its snapshot; and what it makes of them. For one thread at a time.
 *
 * <p>There may be a snapshot; while one is there, a write transaction may be open on it.
 */
final class PageView implements PageStore {

  private static final PageVersion[] NO_HEADS = {};

  private final WrittenPages written = new WrittenPages();
  private Storage storage;
  private @Nullable Snapshot snapshot;
  private boolean writing;

  /** Of the snapshot, for the fast way to a page. */
  private PageVersion[] heads = NO_HEADS;

  private long stamp;
  private int pageCount;
  private boolean wipesFreedPages;
  private long maxPageCount = 0xFFFF_FFFEL;
  private byte @Nullable [] blankFirstPage;
  private long changeCount;
  private long lastStamp;
  private long dataVersion = 1;

  PageView(Storage storage) {
    this.storage = storage;
  }

  // ---- the snapshot ----

  /** Where the snapshot is from; without one, where the last was from. */
  Storage storage() {
    return storage;
  }

  boolean isReading() {
    return snapshot != null;
  }

  Snapshot snapshot() {
    Snapshot held = snapshot;
    if (held == null) {
      throw new MisuseException(ResultCode.MISUSE, "no transaction is open");
    }
    return held;
  }

  /** Shows a snapshot that was taken, or has moved to a newer state. */
  void show(Storage from, Snapshot taken) {
    storage = from;
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

  /** Shows nothing any more; savepoints stay. Returns the snapshot for the caller to give up. */
  @Nullable Snapshot hide() {
    Snapshot held = snapshot;
    snapshot = null;
    heads = NO_HEADS;
    return held;
  }

  /** Names the commit that is seen. */
  long stamp() {
    return stamp;
  }

  /** Counts the times that a snapshot showed what another connection has committed. */
  long dataVersion() {
    return dataVersion;
  }

  // ---- writing ----

  boolean isWriting() {
    return writing;
  }

  /** The snapshot that is written to. */
  Snapshot writer() {
    if (!writing) {
      throw new MisuseException(ResultCode.MISUSE, "no write transaction is open");
    }
    return snapshot();
  }

  /** What is shown may be written to, at the newest state: nothing in it is somebody else's news. */
  void beginWrite() {
    Snapshot held = snapshot();
    lastStamp = held.stamp;
    show(storage, held);
    writing = true;
    written.begin(storage, held);
    if (pageCount == 0) {
      writeFirstPage();
    }
  }

  private void writeFirstPage() {
    byte[] page =
        DatabaseHeader.newDatabase(
            pageSize(), pageSize() - usableSize(), DatabaseHeader.ROLLBACK_JOURNAL);
    written.addFirst(page);
    pageCount = 1;
    changeCount++;
  }

  /** The write transaction did not begin after all; savepoints that were set before stay. */
  void abandonWrite() {
    written.abandon();
    writing = false;
  }

  /** The write transaction ends, and with it the savepoints. */
  void endWrite() {
    written.end();
    writing = false;
  }

  /** What was written since the last commit is undone by whoever ends the transaction. */
  void noteRollback() {
    changeCount++;
  }

  boolean hasChanged() {
    return !written.isEmpty() || pageCount != snapshot().pageCount;
  }

  /** Brings the header up to date. Returns what a commit has to store. */
  WriteSet changes(CommitSettings settings) {
    noteCommitInHeader();
    return written.changes(pageCount, settings);
  }

  /** Without a log every commit counts in the header; with one only those that change its page. */
  private void noteCommitInHeader() {
    boolean resized = Bytes.i32(read(1), DatabaseHeader.PAGE_COUNT) != pageCount;
    boolean needed =
        storage instanceof JournalStorage
            || written.hasSpilled()
            || storage.codec().wantsFirstPage();
    if (resized || needed || written.isDirty(1)) {
      DatabaseHeader.noteCommit(write(1), pageCount);
    }
  }

  /** The storage has committed what was written and moved the snapshot there. */
  void noteCommit() {
    Snapshot held = snapshot();
    written.clear();
    heads = held.table.heads();
    stamp = held.stamp;
    lastStamp = stamp;
    changeCount++;
  }

  /**
   * The most pages that a write transaction of this view may make of the database.
   *
   * @param wanted a new limit, not below the present size; 0 = as it is
   * @return the limit in force
   */
  long maxPageCount(long wanted) {
    if (wanted > 0) {
      maxPageCount = Math.max(wanted, pageCount);
    }
    return maxPageCount;
  }

  // ---- savepoints ----

  int savepoint() {
    return snapshot == null ? written.setSavepointOutside() : written.setSavepoint(pageCount);
  }

  void rollbackTo(int savepoint) {
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

  void release(int savepoint) {
    written.release(savepoint);
  }

  /** Ends all of them. */
  void clearSavepoints() {
    written.end();
  }

  // ---- pages ----

  @Override
  public int pageSize() {
    return snapshot().pageSize;
  }

  @Override
  public int usableSize() {
    return snapshot().usableSize;
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
    Snapshot held = snapshot();
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
    if (pageCount >= maxPageCount) {
      throw new IoException(ResultCode.FULL, "database or disk is full");
    }
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

  void wipeFreedPages(boolean wanted) {
    wipesFreedPages = wanted;
  }

  @Override
  public boolean wipesFreedPages() {
    return wipesFreedPages;
  }

  @Override
  public long changeCount() {
    return changeCount;
  }
}
