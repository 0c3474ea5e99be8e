package dev.turso.wal;

import dev.turso.format.WalIndexLayout;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.LockKind;

/**
 * The eight locks of the WAL-index, counted for all connections of this JVM: other processes see one
 * holder. Thread-safe; never waits.
 */
final class WalLocks {

  static final int WRITE = 0;
  static final int CHECKPOINT = 1;
  static final int RECOVER = 2;
  static final int READ = 3;
  static final int COUNT = 8;

  private final FileHandle file;
  private final int[] shared = new int[COUNT];
  private final boolean[] exclusive = new boolean[COUNT];

  WalLocks(FileHandle file) {
    this.file = file;
  }

  synchronized boolean tryShared(int lock) {
    if (exclusive[lock]) {
      return false;
    }
    if (shared[lock] == 0 && !file.tryLock(WalIndexLayout.LOCKS + lock, 1, LockKind.SHARED)) {
      return false;
    }
    shared[lock]++;
    return true;
  }

  synchronized void releaseShared(int lock) {
    shared[lock]--;
    if (shared[lock] == 0) {
      file.unlock(WalIndexLayout.LOCKS + lock, 1);
    }
  }

  synchronized boolean tryExclusive(int lock) {
    return tryExclusive(lock, 1);
  }

  /** Locks several neighbours, all or none. */
  synchronized boolean tryExclusive(int first, int count) {
    for (int i = first; i < first + count; i++) {
      if (exclusive[i] || shared[i] > 0) {
        return false;
      }
    }
    if (!file.tryLock(WalIndexLayout.LOCKS + first, count, LockKind.EXCLUSIVE)) {
      return false;
    }
    for (int i = first; i < first + count; i++) {
      exclusive[i] = true;
    }
    return true;
  }

  synchronized void releaseExclusive(int lock) {
    releaseExclusive(lock, 1);
  }

  synchronized void releaseExclusive(int first, int count) {
    for (int i = first; i < first + count; i++) {
      exclusive[i] = false;
    }
    file.unlock(WalIndexLayout.LOCKS + first, count);
  }
}
