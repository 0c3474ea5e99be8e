package dev.turso.vfs;

/**
 * SQLite's lock on a database file, counted for all connections of this JVM.
 *
 * <p>Other processes see one holder. Levels and bytes are those of SQLite: many may hold SHARED; one
 * of them RESERVED, which announces a writer; PENDING lets no new reader in; EXCLUSIVE needs that the
 * caller is the only one who holds SHARED.
 *
 * <pre>
 *   0x40000000  PENDING    1 byte
 *   0x40000001  RESERVED   1 byte
 *   0x40000002  SHARED   510 bytes
 * </pre>
 *
 * <p>Thread-safe; never waits. At most one connection of the JVM may be above SHARED: its turn in the
 * writers' queue sees to that.
 *
 * @see <a href="https://www.sqlite.org/lockingv3.html">File Locking And Concurrency</a>
 */
public final class DatabaseLock {

  private static final long PENDING = 0x40000000L;
  private static final long RESERVED = PENDING + 1;
  private static final long SHARED_FIRST = PENDING + 2;
  private static final long SHARED_SIZE = 510;

  private final FileHandle file;
  private int shared;
  private boolean reserved;
  private boolean pending;
  private boolean exclusive;

  /** Whether SHARED, or more, is held of the file: also when nobody counts, if it is kept. */
  private boolean holdsRange;

  private boolean kept;

  public DatabaseLock(FileHandle file) {
    this.file = file;
  }

  /** Adds a holder of SHARED. False if a writer here or elsewhere keeps readers out. */
  public synchronized boolean tryShared() {
    if ((pending || exclusive) && !kept) {
      return false;
    }
    if (!holdsRange && !lockSharedRange()) {
      return false;
    }
    holdsRange = true;
    shared++;
    return true;
  }

  private boolean lockSharedRange() {
    if (!file.tryLock(PENDING, 1, LockKind.SHARED)) {
      return false;
    }
    try {
      return file.tryLock(SHARED_FIRST, SHARED_SIZE, LockKind.SHARED);
    } finally {
      file.unlock(PENDING, 1);
    }
  }

  /** Removes a holder of SHARED; the last one frees the file for other processes. */
  public synchronized void releaseShared() {
    shared--;
    if (shared == 0 && !kept) {
      holdsRange = false;
      file.unlock(SHARED_FIRST, SHARED_SIZE);
    }
  }

  /**
   * From here on locks are kept that would be given up, or no longer. While they are, whoever keeps
   * them sees to it that nobody else in this JVM comes in.
   */
  public synchronized void keep(boolean on) {
    kept = on;
    if (on) {
      return;
    }
    downgrade();
    if (shared == 0 && holdsRange) {
      holdsRange = false;
      file.unlock(SHARED_FIRST, SHARED_SIZE);
    }
  }

  public synchronized boolean isExclusive() {
    return exclusive;
  }

  /** From SHARED to RESERVED. False if another process has it. */
  public synchronized boolean tryReserved() {
    if (!reserved) {
      reserved = file.tryLock(RESERVED, 1, LockKind.EXCLUSIVE);
    }
    return reserved;
  }

  /** Whether a process other than this one holds RESERVED. */
  public synchronized boolean reservedElsewhere() {
    if (reserved) {
      return false;
    }
    if (!file.tryLock(RESERVED, 1, LockKind.SHARED)) {
      return true;
    }
    file.unlock(RESERVED, 1);
    return false;
  }

  /**
   * From SHARED or RESERVED to EXCLUSIVE. If other readers are in the way PENDING stays, so that no
   * new ones come; ask again, or {@link #downgrade}.
   */
  public synchronized boolean tryExclusive() {
    if (exclusive) {
      return shared <= 1;
    }
    if (!pending) {
      pending = file.tryLock(PENDING, 1, LockKind.EXCLUSIVE);
    }
    if (!pending || shared != 1) {
      return false;
    }
    // Between the two nobody can come in: PENDING is ours.
    file.unlock(SHARED_FIRST, SHARED_SIZE);
    exclusive = file.tryLock(SHARED_FIRST, SHARED_SIZE, LockKind.EXCLUSIVE);
    if (!exclusive && !file.tryLock(SHARED_FIRST, SHARED_SIZE, LockKind.SHARED)) {
      throw new IllegalStateException("a reader was locked out under PENDING");
    }
    return exclusive;
  }

  /** From PENDING back to RESERVED: readers may come again. */
  public synchronized void releasePending() {
    if (pending && !exclusive) {
      pending = false;
      file.unlock(PENDING, 1);
    }
  }

  /** From EXCLUSIVE or PENDING back to RESERVED: readers may come again. */
  public synchronized void releaseToReserved() {
    if (!kept) {
      releaseExclusive();
      releasePending();
    }
  }

  private void releaseExclusive() {
    if (exclusive) {
      exclusive = false;
      file.unlock(SHARED_FIRST, SHARED_SIZE);
      if (!file.tryLock(SHARED_FIRST, SHARED_SIZE, LockKind.SHARED)) {
        throw new IllegalStateException("a reader was locked out under PENDING");
      }
    }
  }

  /** From whatever is held down to SHARED. */
  public synchronized void downgrade() {
    if (kept) {
      return;
    }
    releaseExclusive();
    if (reserved) {
      reserved = false;
      file.unlock(RESERVED, 1);
    }
    if (pending) {
      pending = false;
      file.unlock(PENDING, 1);
    }
  }
}
