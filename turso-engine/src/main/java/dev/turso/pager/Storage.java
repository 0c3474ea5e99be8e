package dev.turso.pager;

import dev.turso.cipher.PageCodec;
import dev.turso.vfs.Patience;
import org.jspecify.annotations.Nullable;

/**
 * How one database keeps its commits, shared by all connections of this JVM.
 *
 * <p>The monitor of a storage guards its lists of snapshots, the growth of its page table and the
 * moment in which a commit becomes visible. Reading a page that the table holds takes no lock.
 */
abstract sealed class Storage permits MemoryStorage, WalStorage, JournalStorage, ImmutableStorage {

  final Snapshots snapshots = new Snapshots();

  /**
   * Takes a snapshot of the newest commit; null if the database has meanwhile changed to another
   * kind of storage, which the caller then asks.
   */
  abstract @Nullable Snapshot beginRead(Patience patience);

  /** How pages are written to the files. */
  PageCodec codec() {
    return PageCodec.PLAIN;
  }

  /** Gives up a snapshot. */
  abstract void endRead(Snapshot snapshot);

  /**
   * Locks out the writers of other processes, without waiting. It is the caller's turn among those of
   * this JVM.
   *
   * @param fresh whether nothing was read yet, so that the snapshot may move to a newer state
   * @throws dev.turso.error.BusyException if another process writes, or somebody has written since
   *     the snapshot was taken
   */
  abstract void beginWrite(Snapshot snapshot, boolean fresh);

  /** How many dirty pages a transaction may keep in memory before it should spill. */
  int spillLimit() {
    return Integer.MAX_VALUE;
  }

  /**
   * Writes pages where they can be read back by {@link #fetchSpilled}, without committing them.
   *
   * @return the frame of the first; the others follow
   */
  int spill(Snapshot snapshot, DirtyPages.Entry[] pages) {
    throw new IllegalStateException("this storage does not spill");
  }

  /** Reads a page that was spilled. */
  byte[] fetchSpilled(Snapshot snapshot, int page, int frame) {
    throw new IllegalStateException("this storage does not spill");
  }

  /**
   * Appends changed pages as a commit, and moves the snapshot to it: the next writer of this JVM
   * builds on it. On failure nothing has happened.
   */
  abstract void commit(Snapshot snapshot, WriteSet changes, Patience patience);

  /** Waits until nobody is in the way of a commit, and lets nobody come; or fails with BUSY. */
  void lockForCommit(Patience patience) {}

  /** There will be no commit yet: others may come again. */
  void unlockForCommit() {}

  /** Whether a commit over several databases needs a super-journal to hold this one's part. */
  boolean joinsSuperJournal(Synchronous synchronous) {
    return false;
  }

  /**
   * The first half of a commit that is part of one over several databases. On failure nothing has
   * happened; afterwards comes {@link #finishPrepared} or {@link #undoPrepared}.
   */
  void prepare(
      Snapshot snapshot, WriteSet changes, Patience patience, @Nullable String superJournal) {
    throw new IllegalStateException("this storage joins no super-journal");
  }

  /** The second half. */
  void finishPrepared(Snapshot snapshot) {
    throw new IllegalStateException("this storage joins no super-journal");
  }

  /** Instead of the second half. False if the file could not be restored; its journal is hot then. */
  boolean undoPrepared(Throwable cause) {
    throw new IllegalStateException("this storage joins no super-journal");
  }

  /** Ends the writer's part, after a commit or instead of one. The turn goes to the next. */
  abstract void endWrite();

  /**
   * Returns when the commit that the snapshot was moved to is as durable as asked for and everybody
   * sees it. On failure the commit has not happened.
   */
  void awaitPublished(Snapshot snapshot) {}

  /** What a writer does before it begins, when it is its turn: helps to keep a log short. */
  void makeRoom(Synchronous synchronous) {}

  /** Reads the page that a snapshot sees, and which the table does not hold. */
  abstract byte[] fetch(Snapshot snapshot, int page, @Nullable PageVersion version);

  /** Stamps in a snapshot's table before this one are of pages whose bytes are in the database file. */
  abstract long runStart(Snapshot snapshot);

  /** What is due after a commit, when its locks are released. */
  abstract void afterCommit(Synchronous synchronous);

  abstract void close();

  /** How many frames the log has, as far as this process has looked; 0 without a log. */
  int logFrames() {
    return 0;
  }

  /** How many snapshots are open. */
  synchronized int openSnapshots() {
    return snapshots.count();
  }

  /** The slow way to a page: other versions in the chain, then the file. */
  final byte[] read(Snapshot snapshot, int page) {
    PageTable table = snapshot.table;
    PageVersion version = table.find(page, snapshot.stamp);
    if (version != null) {
      byte[] image = version.image;
      if (image != null) {
        version.used = true;
        return image;
      }
    }
    byte[] image = fetch(snapshot, page, version);
    if (version != null) {
      table.loaded(version, image);
    } else {
      table.loadedFromDatabase(page, image);
    }
    if (table.isOverLimit()) {
      synchronized (this) {
        table.evict(runStart(snapshot));
      }
    }
    return image;
  }
}
