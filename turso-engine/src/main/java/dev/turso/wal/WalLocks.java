package dev.turso.wal;

import dev.turso.error.BusyException;
import dev.turso.error.ResultCode;
import dev.turso.format.WalIndexLayout;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.LockKind;
import dev.turso.vfs.Patience;
import org.jspecify.annotations.Nullable;

/**
 * The eight locks of the WAL-index, counted for all connections of this JVM: other processes see one
 * holder. Thread-safe; never waits.
 *
 * <p>A read lock whose last holder in this JVM has gone is <em>parked</em>: the process keeps it a few
 * milliseconds, as the next reader saves two system calls by taking it over. Whoever wants it
 * exclusively in this JVM gets it at once; for other processes it is as if a short read went on. A
 * thread that lives only while there is something to do gives up what stays parked.
 */
final class WalLocks {

  static final int WRITE = 0;
  static final int CHECKPOINT = 1;
  static final int RECOVER = 2;
  static final int READ = 3;
  static final int COUNT = 8;

  private static final long SWEEP_NANOS = 4_000_000L;
  private static final int IDLE_SWEEPS = 25;

  /** A database that is opened for a few statements is not worth a thread. */
  private static final int UNPARKED = 8;

  private static final long OPEN_PATIENCE_NANOS = 2_000_000_000L;

  private final FileHandle file;
  private final int[] shared = new int[COUNT];
  private final boolean[] exclusive = new boolean[COUNT];
  private final boolean[] parked = new boolean[COUNT];
  private final boolean[] recent = new boolean[COUNT];
  private @Nullable Thread sweeper;
  private int released;
  private boolean closed;

  WalLocks(FileHandle file) {
    this.file = file;
  }

  /** Whoever opens the index alone empties it: what it holds is from processes that are gone. */
  static void joinIndex(FileHandle indexFile) {
    int lock = WalIndexLayout.OPEN_LOCK;
    if (indexFile.tryLock(lock, 1, LockKind.EXCLUSIVE)) {
      indexFile.truncate(3);
      indexFile.unlock(lock, 1);
    }
    Patience patience = Patience.of(OPEN_PATIENCE_NANOS, () -> false);
    while (!indexFile.tryLock(lock, 1, LockKind.SHARED)) {
      if (!patience.pause()) {
        throw new BusyException(ResultCode.BUSY, "database is locked");
      }
    }
  }

  synchronized boolean tryShared(int lock) {
    if (exclusive[lock]) {
      return false;
    }
    if (shared[lock] == 0 && !parked[lock] && !lock(lock, 1, LockKind.SHARED)) {
      return false;
    }
    parked[lock] = false;
    shared[lock]++;
    return true;
  }

  private boolean lock(int first, int count, LockKind kind) {
    return file.tryLock(WalIndexLayout.LOCKS + first, count, kind);
  }

  private void unlock(int first, int count) {
    file.unlock(WalIndexLayout.LOCKS + first, count);
  }

  synchronized void releaseShared(int lock) {
    shared[lock]--;
    if (shared[lock] == 0 && ++released <= UNPARKED) {
      unlock(lock, 1);
    } else if (shared[lock] == 0) {
      parked[lock] = true;
      recent[lock] = true;
      if (sweeper == null) {
        sweeper = Thread.ofPlatform().daemon().name("turso parked locks").start(this::sweep);
      }
    }
  }

  /** Whether nobody holds the lock, but it is kept for the next reader. */
  synchronized boolean isParked(int lock) {
    return parked[lock];
  }

  private void sweep() {
    int idle = 0;
    while (true) {
      Patience.sleep(SWEEP_NANOS);
      synchronized (this) {
        idle = releaseStale() ? 0 : idle + 1;
        if (closed || idle > IDLE_SWEEPS) {
          sweeper = null;
          return;
        }
      }
    }
  }

  /** Gives up what was parked before the last sweep. Returns whether anything was parked. */
  private boolean releaseStale() {
    boolean any = false;
    for (int lock = READ; lock < COUNT && !closed; lock++) {
      any |= parked[lock] || recent[lock];
      if (parked[lock] && !recent[lock]) {
        unpark(lock);
      }
      recent[lock] = false;
    }
    return any;
  }

  private void unpark(int lock) {
    parked[lock] = false;
    unlock(lock, 1);
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
    for (int i = first; i < first + count; i++) {
      if (parked[i]) {
        unpark(i);
      }
    }
    if (!lock(first, count, LockKind.EXCLUSIVE)) {
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
    unlock(first, count);
  }

  /** Nothing is unlocked from here on but by closing the file. */
  synchronized void close() {
    closed = true;
  }
}
