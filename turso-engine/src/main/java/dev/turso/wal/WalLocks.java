package dev.turso.wal;

import dev.turso.error.BusyException;
import dev.turso.error.ResultCode;
import dev.turso.format.WalIndexLayout;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.LockKind;
import dev.turso.vfs.Patience;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The eight locks of the WAL-index, counted for all connections of this JVM: other processes see one
 * holder. Thread-safe; never waits. Who joins or leaves others in a read lock meets no monitor.
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

  private static final int EXCLUSIVE = -1;
  private static final int FREE = 0;
  private static final int PARKED = 1;

  private static final long SWEEP_NANOS = 4_000_000L;
  private static final int IDLE_SWEEPS = 25;

  /** A database that is opened for a few statements is not worth a thread. */
  private static final int UNPARKED = 8;

  private static final long OPEN_PATIENCE_NANOS = 2_000_000_000L;

  private final FileHandle file;

  /**
   * What this process holds of each lock: {@link #EXCLUSIVE}, {@link #FREE}, or one more than it has
   * readers. From FREE and to FREE only under the monitor, together with the file's lock; between
   * {@link #PARKED} and more by whoever reads.
   */
  private final AtomicIntegerArray held = new AtomicIntegerArray(COUNT);

  /** Of each lock whether it was given up since the last sweep. */
  private final AtomicIntegerArray recent = new AtomicIntegerArray(COUNT);

  private volatile @Nullable Thread sweeper;
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

  /** Takes a read lock over that this process holds or has parked. No monitor, no system call. */
  boolean tryRejoin(int lock) {
    int now = held.get(lock);
    while (now >= PARKED) {
      if (held.compareAndSet(lock, now, now + 1)) {
        return true;
      }
      now = held.get(lock);
    }
    return false;
  }

  boolean tryShared(int lock) {
    return tryRejoin(lock) || tryFirstShared(lock);
  }

  private synchronized boolean tryFirstShared(int lock) {
    if (tryRejoin(lock)) {
      return true;
    }
    if (held.get(lock) != FREE || !lock(lock, 1, LockKind.SHARED)) {
      return false;
    }
    held.set(lock, PARKED + 1);
    return true;
  }

  private boolean lock(int first, int count, LockKind kind) {
    return file.tryLock(WalIndexLayout.LOCKS + first, count, kind);
  }

  private void unlock(int first, int count) {
    file.unlock(WalIndexLayout.LOCKS + first, count);
  }

  /** Gives a read lock up; the last to do so parks it. */
  void releaseShared(int lock) {
    recent.set(lock, 1);
    if (held.decrementAndGet(lock) == PARKED && sweeper == null) {
      sweepFromNowOn(lock);
    }
  }

  private synchronized void sweepFromNowOn(int parked) {
    if (sweeper != null || closed) {
      return;
    }
    if (released < UNPARKED) {
      released++;
      unpark(parked);
    } else {
      sweeper = Thread.ofPlatform().daemon().name("turso parked locks").start(this::sweep);
    }
  }

  /** Whether nobody holds the lock, but it is kept for the next reader. */
  boolean isParked(int lock) {
    return held.get(lock) == PARKED;
  }

  private void sweep() {
    int idle = 0;
    while (true) {
      Patience.sleep(SWEEP_NANOS);
      synchronized (this) {
        idle = releaseStale() ? 0 : idle + 1;
        if (closed || idle > IDLE_SWEEPS) {
          // Who parks a lock after this sees no sweeper; who did before is seen.
          sweeper = null;
          if (closed || !hasParked()) {
            return;
          }
          sweeper = Thread.currentThread();
        }
      }
    }
  }

  private boolean hasParked() {
    for (int lock = READ; lock < COUNT; lock++) {
      if (isParked(lock)) {
        return true;
      }
    }
    return false;
  }

  /** Gives up what was parked before the last sweep. Returns whether anything was parked. */
  private boolean releaseStale() {
    boolean any = false;
    for (int lock = READ; lock < COUNT && !closed; lock++) {
      boolean used = recent.getAndSet(lock, 0) != 0;
      any |= used || isParked(lock);
      if (!used) {
        unpark(lock);
      }
    }
    return any;
  }

  /** Unlocks a parked lock. Under the monitor, as nobody may lock it in between. */
  private void unpark(int lock) {
    if (held.compareAndSet(lock, PARKED, FREE)) {
      unlock(lock, 1);
    }
  }

  synchronized boolean tryExclusive(int lock) {
    return tryExclusive(lock, 1);
  }

  /** Locks several neighbours, all or none. */
  synchronized boolean tryExclusive(int first, int count) {
    for (int i = first; i < first + count; i++) {
      if (held.get(i) == EXCLUSIVE || held.get(i) > PARKED) {
        return false;
      }
    }
    for (int i = first; i < first + count; i++) {
      unpark(i);
      if (held.get(i) != FREE) {
        return false;
      }
    }
    if (!lock(first, count, LockKind.EXCLUSIVE)) {
      return false;
    }
    for (int i = first; i < first + count; i++) {
      held.set(i, EXCLUSIVE);
    }
    return true;
  }

  synchronized void releaseExclusive(int lock) {
    releaseExclusive(lock, 1);
  }

  synchronized void releaseExclusive(int first, int count) {
    for (int i = first; i < first + count; i++) {
      held.set(i, FREE);
    }
    unlock(first, count);
  }

  /** Nothing is unlocked from here on but by closing the file. */
  synchronized void close() {
    closed = true;
  }
}
