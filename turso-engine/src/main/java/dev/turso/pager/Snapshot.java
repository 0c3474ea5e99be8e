package dev.turso.pager;

import dev.turso.wal.WalSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction sees. Used by one thread at a time; a writer's changes under the monitor.
 *
 * <p>The stamp orders commits: in WAL mode the number of the log's run in this JVM above the last
 * frame, otherwise a count of commits. A version of a page is visible if its stamp is not greater
 * and no newer visible one is in the chain.
 */
final class Snapshot {

  PageTable table;
  long stamp;
  int pageCount;
  final int pageSize;
  final int usableSize;

  /** The read lock on the log, in WAL mode. */
  @Nullable WalSnapshot wal;

  /** What keeps the versions that it sees, in WAL mode. */
  @Nullable Generation generation;

  /** Of a writer that builds on commits not yet durable: how many groups had failed before. */
  int failedGroups;

  /** What the transaction has appended, and waits for. */
  CommitGroup.@Nullable Commit appended;

  /** Neighbours in the list of open snapshots. */
  @Nullable Snapshot previous;

  @Nullable Snapshot next;

  Snapshot(PageTable table, long stamp, int pageCount, int pageSize, int usableSize) {
    this.table = table;
    this.stamp = stamp;
    this.pageCount = pageCount;
    this.pageSize = pageSize;
    this.usableSize = usableSize;
  }
}
