package dev.turso.pager;

import org.jspecify.annotations.Nullable;

/** The open snapshots of a database. Guarded by the monitor of the storage. */
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

  /** The least stamp of all, or the one given if that is less. */
  long oldest(long otherwise) {
    long least = otherwise;
    for (Snapshot each = first; each != null; each = each.next) {
      least = Math.min(least, each.stamp);
    }
    return least;
  }
}
