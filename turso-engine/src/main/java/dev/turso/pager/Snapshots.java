package dev.turso.pager;

import org.jspecify.annotations.Nullable;

/** The open snapshots of a database, oldest first. Guarded by the monitor of the storage. */
final class Snapshots {

  private @Nullable Snapshot first;
  private @Nullable Snapshot last;
  private int count;

  void add(Snapshot snapshot) {
    snapshot.previous = last;
    snapshot.next = null;
    if (last == null) {
      first = snapshot;
    } else {
      last.next = snapshot;
    }
    last = snapshot;
    count++;
  }

  void remove(Snapshot snapshot) {
    Snapshot before = snapshot.previous;
    Snapshot after = snapshot.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    snapshot.previous = null;
    snapshot.next = null;
    count--;
  }

  int count() {
    return count;
  }

  /** The stamp of the oldest, or the one given if none is open. */
  long oldest(long otherwise) {
    return first == null ? otherwise : Math.min(first.stamp, otherwise);
  }
}
