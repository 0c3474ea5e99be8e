package dev.turso.wal;

import dev.turso.cipher.PageCodec;
import dev.turso.error.BusyException;
import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.format.WalIndexLayout;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.MemoryFileSystem;
import dev.turso.vfs.OpenMode;
import dev.turso.vfs.Patience;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log of one database file, shared by all connections of this JVM.
 *
 * <p>Thread-safe for readers. The methods from {@link #tryLockWriter} to {@link #publish} are for the
 * one connection whose turn it is to write.
 *
 * <p>Lock order: this object's monitor, then the monitor of the locks, then that of a file. No file
 * is written under this monitor but by recovery.
 */
public final class Wal implements AutoCloseable {

  private static final int LAST_SLOT = WalIndexLayout.READ_MARKS - 1;
  private static final int MAX_ATTEMPTS = 100;

  private final FileSystem files;
  private final String walPath;
  private final String indexPath;
  private final int pageSize;
  private final RandomGenerator random;
  private final FileHandle indexFile;
  private final FileHandle logFile;
  private final WalFile log;
  private final WalIndex index;
  private final WalLocks locks;
  private final ReadSlots slots;
  private final WalIndex.Image image = new WalIndex.Image();
  private @Nullable WalState known;
  private @Nullable WalState beforeRestart;
  private @Nullable WalState afterRestart;
  private int sequence;
  private boolean privateIndex;
  private boolean readOnly;
  private volatile boolean nameDurable;
  private volatile @Nullable IoException discardFailure;

  /** The newest state known to be durable, whoever wrote it. */
  private volatile @Nullable WalState durable;

  private Wal(
      FileSystem files,
      String path,
      int pageSize,
      RandomGenerator random,
      PageCodec codec,
      FileHandle indexFile,
      FileHandle logFile) {
    this.files = files;
    this.walPath = path + "-wal";
    this.indexPath = path + "-shm";
    this.pageSize = pageSize;
    this.random = random;
    this.indexFile = indexFile;
    this.logFile = logFile;
    this.log = new WalFile(logFile, codec);
    this.index = new WalIndex(indexFile);
    this.locks = new WalLocks(indexFile);
    this.slots = new ReadSlots(index, locks);
    this.sequence = log.sequence();
  }

  /**
   * Opens the log beside a database, creating it if there is none. The caller holds SHARED on the
   * database for as long as the log is open.
   *
   * @param random for the salts
   * @param codec for the pages in frames
   */
  public static Wal open(
      FileSystem files, String path, int pageSize, RandomGenerator random, PageCodec codec) {
    FileHandle indexFile = files.open(path + "-shm", OpenMode.CREATE);
    try {
      WalLocks.joinIndex(indexFile);
      FileHandle logFile = files.open(path + "-wal", OpenMode.CREATE);
      try {
        return new Wal(files, path, pageSize, random, codec, indexFile, logFile);
      } catch (Throwable e) {
        logFile.close();
        throw e;
      }
    } catch (Throwable e) {
      indexFile.close();
      throw e;
    }
  }

  /**
   * Opens the log with an index that is this process's own.
   *
   * @param writable true if the caller holds EXCLUSIVE on the database for as long as the log is open;
   *     false if nothing can be written beside it
   */
  public static Wal openPrivate(
      FileSystem files,
      String path,
      int pageSize,
      RandomGenerator random,
      PageCodec codec,
      boolean writable) {
    FileHandle indexFile = new MemoryFileSystem().open("index", OpenMode.CREATE);
    FileHandle logFile;
    if (writable) {
      logFile = files.open(path + "-wal", OpenMode.CREATE);
    } else if (files.exists(path + "-wal")) {
      logFile = files.open(path + "-wal", OpenMode.READ_ONLY);
    } else {
      logFile = new MemoryFileSystem().open("log", OpenMode.CREATE);
    }
    try {
      Wal wal = new Wal(files, path, pageSize, random, codec, indexFile, logFile);
      wal.privateIndex = true;
      wal.readOnly = !writable;
      return wal;
    } catch (Throwable e) {
      logFile.close();
      throw e;
    }
  }

  /** Whether no other process sees the index. */
  public boolean hasPrivateIndex() {
    return privateIndex;
  }

  /** Whether nothing can be appended. */
  public boolean isReadOnly() {
    return readOnly;
  }

  /**
   * Of a log that is only read, with nobody to say what has happened to it: looks at the file again.
   * Called while there is no snapshot.
   */
  public synchronized void lookAgain() {
    if (readOnly) {
      known = null;
      index.forget();
    }
  }

  // ---- reading ----

  /**
   * Takes a snapshot of the newest published state.
   *
   * @throws BusyException if another process recovers the log, or changes it all the time, for ten
   *     seconds
   */
  public WalSnapshot beginRead() {
    return beginRead(true);
  }

  private WalSnapshot beginRead(boolean mayBeDrained) {
    for (int attempt = 0; ; attempt++) {
      WalSnapshot snapshot = tryBeginRead(mayBeDrained);
      if (snapshot != null) {
        return snapshot;
      }
      if (attempt > MAX_ATTEMPTS) {
        throw new BusyException(ResultCode.PROTOCOL, "locking protocol");
      }
      ReadSlots.pause(attempt);
    }
  }

  private synchronized @Nullable WalSnapshot tryBeginRead(boolean mayBeDrained) {
    WalState state = current();
    if (state == null) {
      return null;
    }
    if (mayBeDrained && index.backfilled() == state.maxFrame() && locks.tryShared(WalLocks.READ)) {
      if (index.isUnchanged(image)) {
        return new WalSnapshot(state, 0);
      }
      locks.releaseShared(WalLocks.READ);
      return null;
    }
    int slot = slots.choose(state.maxFrame());
    if (slot == 0 || !locks.tryShared(WalLocks.READ + slot)) {
      return null;
    }
    int mark = index.readMark(slot);
    if (mark >= 0 && mark <= state.maxFrame() && index.isUnchanged(image)) {
      // A checkpoint that ran before the lock was ours has copied at most up to the state.
      return new WalSnapshot(state, slot);
    }
    locks.releaseShared(WalLocks.READ + slot);
    return null;
  }

  /** A held snapshot for others to join; for nobody if its state is not the newest any more. */
  public synchronized WalShare share(WalSnapshot held) {
    return new WalShare(held, held.state() == known ? image.copy() : new WalIndex.Image());
  }

  /** Takes a shared snapshot, without a monitor, if its state is still the newest published one. */
  public boolean tryJoin(WalShare share) {
    return slots.tryJoin(share);
  }

  /** Keeps new snapshots from hindering a checkpoint up to a frame; 0 = they may. */
  public void setLeastMark(int frame) {
    slots.setLeastMark(frame);
  }

  /** Gives up a snapshot. */
  public void endRead(WalSnapshot snapshot) {
    locks.releaseShared(WalLocks.READ + snapshot.slot());
  }

  /** Whether a state is still the newest published one. */
  public synchronized boolean isCurrent(WalState state) {
    WalState now = current();
    return now != null
        && now.sameRun(state)
        && now.maxFrame() == state.maxFrame()
        && now.checksum() == state.checksum();
  }

  /** The newest published state, or null if it cannot be had right now. */
  private @Nullable WalState current() {
    WalState state = known;
    if (state != null && index.isUnchanged(image)) {
      return state;
    }
    known = null;
    state = index.readHeader(image);
    if (state == null) {
      state = recoverUnderLock();
    }
    if (state != null && state.pageSize() != pageSize && state.maxFrame() > 0) {
      known = null;
      throw new IoException(ResultCode.IOERR, "disk I/O error: the WAL has another page size");
    }
    known = state;
    return state;
  }

  /** The page that a frame of a published or appended state holds. */
  public int pageOf(int frame) {
    return index.pageOf(frame);
  }

  /** Reads the page of a frame, as the codec has encoded it. */
  public void readPage(int frame, byte[] into) {
    log.readPage(frame, into);
  }

  // ---- recovery ----

  private @Nullable WalState recoverUnderLock() {
    if (!locks.tryExclusive(WalLocks.WRITE)) {
      return null;
    }
    try {
      WalState state = index.readHeader(image);
      return state != null ? state : recover();
    } finally {
      locks.releaseExclusive(WalLocks.WRITE);
    }
  }

  /** Builds the index from the file: called with the write lock held. */
  private @Nullable WalState recover() {
    if (!locks.tryExclusive(WalLocks.CHECKPOINT, 2)) {
      return null;
    }
    try {
      WalFile.Scan scan = log.scan();
      WalState state = scan.state;
      if (state == null) {
        state = new WalState(0, false, pageSize, 0, 0, 0, 0, 0);
      }
      sequence = log.sequence();
      for (int frame = 1; frame <= state.maxFrame(); frame++) {
        index.append(frame, scan.pageOf(frame));
      }
      index.writeHeader(state, image);
      index.setBackfilled(0);
      index.setBackfillAttempted(state.maxFrame());
      slots.recover(state.maxFrame());
      return state;
    } finally {
      locks.releaseExclusive(WalLocks.CHECKPOINT, 2);
    }
  }

  // ---- writing ----

  /** Tries to become the one process that appends. */
  public boolean tryLockWriter() {
    return locks.tryExclusive(WalLocks.WRITE);
  }

  /** Lets other processes append. What was appended and not published is void. */
  public void unlockWriter() {
    locks.releaseExclusive(WalLocks.WRITE);
  }

  /**
   * Makes a writer's snapshot one that reads the log, and restarts the log at its beginning if it
   * has been copied back whole and nobody reads from it. Called with the write lock held.
   *
   * @param mayRestart false while there are frames that are appended and not published
   */
  public WalSnapshot prepareToAppend(WalSnapshot snapshot, boolean mayRestart) {
    if (!snapshot.isDrained()) {
      return snapshot;
    }
    synchronized (this) {
      if (mayRestart
          && index.backfilled() > 0
          && locks.tryExclusive(WalLocks.READ + 1, LAST_SLOT)) {
        try {
          restart(snapshot.state());
        } finally {
          locks.releaseExclusive(WalLocks.READ + 1, LAST_SLOT);
        }
      }
    }
    WalSnapshot prepared = beginRead(false);
    endRead(snapshot);
    return prepared;
  }

  /** Called with the write lock and all read locks but the first. */
  private void restart(WalState state) {
    beforeRestart = state;
    sequence++;
    WalState restarted =
        new WalState(
            state.change() + 1,
            state.bigEndian(),
            pageSize,
            0,
            state.pageCount(),
            0,
            state.salt1() + 1,
            random.nextInt());
    known = null;
    index.writeHeader(restarted, image);
    known = restarted;
    afterRestart = restarted;
    index.setBackfilled(0);
    index.setBackfillAttempted(0);
    slots.restart();
  }

  /**
   * Whether this process ended the run of one state, with nothing committed after it, and so began
   * the run of the other.
   */
  public synchronized boolean restartedHere(WalState last, WalState next) {
    WalState before = beforeRestart;
    WalState after = afterRestart;
    return before != null
        && after != null
        && last.sameRun(before)
        && last.maxFrame() == before.maxFrame()
        && next.sameRun(after);
  }

  /**
   * Appends frames to a state that is published or was itself appended. Other processes do not see
   * them before {@link #publish}.
   *
   * @param commitSize the size of the database in pages after the commit that these frames end, 0 if
   *     they end none
   * @param syncHeader whether the header of a fresh log is made durable before the frames
   */
  public WalState append(
      WalState after, int[] pages, byte[][] images, int count, int commitSize, boolean syncHeader) {
    WalState from = after.maxFrame() == 0 ? startLog(after, syncHeader) : after;
    WalState state = log.append(from, pages, images, count, commitSize);
    for (int i = 0; i < count; i++) {
      index.append(from.maxFrame() + 1 + i, pages[i]);
    }
    return state;
  }

  /** Fits the size of the file to an appended commit: limits what is kept of an earlier run. */
  public void fitTo(WalState appended, boolean durable, long limit) {
    log.fitTo(appended, durable, limit);
  }

  private WalState startLog(WalState empty, boolean sync) {
    WalState salted = empty;
    if (sequence == 0) {
      salted =
          new WalState(
              empty.change(),
              empty.bigEndian(),
              pageSize,
              0,
              empty.pageCount(),
              0,
              random.nextInt(),
              random.nextInt());
    }
    WalState started = log.writeHeader(salted, sequence);
    if (sync) {
      sync();
    }
    return started;
  }

  /**
   * Makes everything appended durable, the first time with the name of the file.
   *
   * @param appended a state that was appended before, to be remembered as durable
   */
  public void sync(WalState appended) {
    sync();
    durable = appended;
  }

  private void sync() {
    log.sync();
    if (!nameDurable) {
      files.syncDirectory(walPath);
      nameDurable = true;
    }
  }

  /** Makes a published state durable if it is not known to be. */
  void syncUpTo(WalState state) {
    WalState known = durable;
    if (known == null || !known.sameRun(state) || known.maxFrame() < state.maxFrame()) {
      sync(state);
    }
  }

  /**
   * Makes what was appended after a state unreadable, so that no recovery takes a commit that failed
   * for one that was made. Best effort: the disk has failed already.
   */
  public void discardAfter(WalState state) {
    try {
      log.discardAfter(state);
    } catch (IoException e) {
      discardFailure = e;
    }
  }

  /** Why a failed commit could not be wiped out, if so. */
  public @Nullable IoException discardFailure() {
    return discardFailure;
  }

  /** Shows a state to the readers of all processes. Returns it as they see it. */
  public synchronized WalState publish(WalState appended) {
    WalState last = known;
    WalState state = appended.withChange((last == null ? appended : last).change() + 1);
    known = null;
    index.writeHeader(state, image);
    known = state;
    return state;
  }

  // ---- checkpoint ----

  /**
   * Copies frames back to the database file. For modes other than PASSIVE it must be the caller's
   * turn to write, without holding the write lock.
   *
   * @param sync whether the log is made durable before, and the database after
   */
  public CheckpointResult checkpoint(
      CheckpointMode mode, FileHandle database, boolean sync, PageImages cache, Patience patience) {
    if (mode == CheckpointMode.NOOP) {
      int frames = currentForCheckpoint().maxFrame();
      return new CheckpointResult(false, frames, Math.min(frames, index.backfilled()));
    }
    while (!locks.tryExclusive(WalLocks.CHECKPOINT)) {
      if (mode == CheckpointMode.PASSIVE || !patience.pause()) {
        throw new BusyException(ResultCode.BUSY, "database is locked");
      }
    }
    boolean writer = false;
    try {
      if (mode != CheckpointMode.PASSIVE) {
        do {
          writer = tryLockWriter();
        } while (!writer && patience.pause());
      }
      CheckpointMode effective = writer ? mode : CheckpointMode.PASSIVE;
      WalState state = currentForCheckpoint();
      Checkpoint run = new Checkpoint(this, index, log, locks, database, cache);
      boolean done = run.copyBack(state, sync, writer ? patience : Patience.none());
      if (effective != CheckpointMode.PASSIVE) {
        done = index.backfilled() >= state.maxFrame() && finish(effective, state, patience);
      }
      boolean busy = mode != CheckpointMode.PASSIVE && !(writer && done);
      int frames = effective == CheckpointMode.TRUNCATE && done ? 0 : state.maxFrame();
      return new CheckpointResult(busy, frames, frames == 0 ? 0 : index.backfilled());
    } finally {
      if (writer) {
        unlockWriter();
      }
      locks.releaseExclusive(WalLocks.CHECKPOINT);
    }
  }

  private WalState currentForCheckpoint() {
    for (int attempt = 0; attempt < 100; attempt++) {
      synchronized (this) {
        WalState state = current();
        if (state != null) {
          return state;
        }
      }
      Patience.sleep(1_000_000L);
    }
    throw new BusyException(ResultCode.BUSY_RECOVERY, "database is locked");
  }

  /** Whether the header in shared memory is still that of the state. */
  boolean isLast(WalState state) {
    WalState now = published();
    return now != null && now.sameRun(state) && now.maxFrame() == state.maxFrame();
  }

  /** Whether the log has not begun anew since the state was read. */
  boolean isRunOf(WalState state) {
    WalState now = published();
    return now != null && now.sameRun(state);
  }

  /** What the header says, null if it is being written for longer than that takes. */
  private @Nullable WalState published() {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      WalState state = index.readHeader(new WalIndex.Image());
      if (state != null) {
        return state;
      }
      Thread.onSpinWait();
    }
    return null;
  }

  /** RESTART and TRUNCATE: waits until nobody reads the log. */
  private boolean finish(CheckpointMode mode, WalState state, Patience patience) {
    if (mode == CheckpointMode.FULL) {
      return true;
    }
    while (!locks.tryExclusive(WalLocks.READ + 1, LAST_SLOT)) {
      if (!patience.pause()) {
        return false;
      }
    }
    try {
      if (mode == CheckpointMode.TRUNCATE) {
        synchronized (this) {
          restart(state);
        }
        log.truncate();
      }
      return true;
    } finally {
      locks.releaseExclusive(WalLocks.READ + 1, LAST_SLOT);
    }
  }

  // ---- closing ----

  /** Closes the files and leaves them for other processes. */
  @Override
  public void close() {
    locks.close();
    try {
      indexFile.close();
    } finally {
      logFile.close();
    }
  }

  /** Closes and deletes the files. The caller holds EXCLUSIVE on the database and has checkpointed. */
  public void closeAndDelete() {
    close();
    files.delete(indexPath);
    files.delete(walPath);
  }
}
