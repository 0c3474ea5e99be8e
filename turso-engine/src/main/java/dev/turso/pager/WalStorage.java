package dev.turso.pager;

import dev.turso.cipher.PageCodec;
import dev.turso.error.BusyException;
import dev.turso.error.IoException;
import dev.turso.error.ReadOnlyException;
import dev.turso.error.ResultCode;
import dev.turso.vfs.Patience;
import dev.turso.wal.CheckpointMode;
import dev.turso.wal.CheckpointResult;
import dev.turso.wal.PageImages;
import dev.turso.wal.Wal;
import dev.turso.wal.WalShare;
import dev.turso.wal.WalSnapshot;
import dev.turso.wal.WalState;
import org.jspecify.annotations.Nullable;

/**
 * A database file with a write-ahead log.
 *
 * <p>A stamp is the number of the log's run, counted in this JVM, above the last frame. The page
 * table is complete up to the absorbed state: what other processes append is absorbed when the next
 * snapshot is taken. If another process has restarted the log we may have missed commits of the run
 * before, and start with an empty table; snapshots that are still open keep the old one.
 *
 * <p>Where a version's bytes are: in its frame if it is of the snapshot's run and the snapshot reads
 * the log, otherwise in the database file.
 *
 * <p>Snapshots begin and end without the monitor where the newest generation is at hand.
 *
 * <p>Lock order: this monitor, then that of the log.
 */
final class WalStorage extends Storage {

  static final int RUN_SHIFT = 32;

  private final DatabaseFile database;
  private final Wal wal;
  private final PageCodec codec;
  private final int pageSize;
  private final int usableSize;
  private final CommitGroup group = new CommitGroup();
  private final Checkpointer checkpointer;
  private PageTable table;
  private long run = 1;
  private @Nullable WalState absorbed;
  private @Nullable WalState sizedState;
  private int sizeOfFile;
  private boolean closed;
  private final Generations generations = new Generations();

  /** Of the absorbed state, for those who may not be up to date. */
  private volatile long publishedStamp;

  WalStorage(DatabaseFile database, Wal wal, PageCodec codec, int pageSize, int usableSize) {
    this.database = database;
    this.wal = wal;
    this.codec = codec;
    this.pageSize = pageSize;
    this.usableSize = usableSize;
    this.table = new PageTable(database.cacheLimit(), pageSize, true);
    this.checkpointer = new Checkpointer(this, database);
  }

  @Override
  PageCodec codec() {
    return codec;
  }

  // ---- reading ----

  @Override
  @Nullable Snapshot beginRead(Patience patience) {
    Generation shared = generations.enterNewest(wal);
    return shared != null ? snapshotOf(shared) : beginReadOfNewest();
  }

  private Snapshot snapshotOf(Generation generation) {
    Snapshot snapshot =
        new Snapshot(
            generation.table, generation.stamp, generation.pageCount, pageSize, usableSize);
    snapshot.wal = generation.share.snapshot();
    snapshot.generation = generation;
    return snapshot;
  }

  private synchronized @Nullable Snapshot beginReadOfNewest() {
    if (closed) {
      return null;
    }
    if (wal.isReadOnly() && generations.readers() == 0) {
      wal.lookAgain();
      dropTable();
      sizedState = null;
    }
    WalSnapshot held = wal.beginRead();
    try {
      absorb(held.state());
      int count = pageCount(held.state());
      table.ensureRoom(count);
      WalShare share = wal.share(held);
      Generation generation = new Generation(table, stamp(held.state()), count, share, 1);
      Snapshot snapshot = snapshotOf(generation);
      if (wal.isReadOnly()) {
        generations.add(generation);
      } else {
        generations.addNewest(generation);
      }
      return snapshot;
    } catch (Throwable e) {
      wal.endRead(held);
      throw e;
    }
  }

  /** Enters the commits of other processes in the page table. */
  private void absorb(WalState state) {
    WalState last = absorbed;
    if (last == state || state.equals(last)) {
      return;
    }
    generations.forgetNewest();
    int from = 1;
    boolean missed = false;
    if (last != null && last.sameRun(state)) {
      from = last.maxFrame() + 1;
    } else {
      run++;
      missed = last != null && !wal.restartedHere(last, state);
      if (missed) {
        table = table.fresh();
      }
    }
    if (missed || last != null && from <= state.maxFrame()) {
      database.noteForeignCommits();
    }
    long oldest = generations.oldest(run << RUN_SHIFT | from - 1);
    for (int frame = from; frame <= state.maxFrame(); frame++) {
      table.push(wal.pageOf(frame), run << RUN_SHIFT | frame, null, oldest);
    }
    setAbsorbed(state);
  }

  private void setAbsorbed(@Nullable WalState state) {
    absorbed = state;
    publishedStamp = state == null ? run << RUN_SHIFT : stamp(state);
  }

  private long stamp(WalState state) {
    return run << RUN_SHIFT | state.maxFrame();
  }

  /** A log that never held a commit does not know the size; then the file cannot change either. */
  private int pageCount(WalState state) {
    if (state.pageCount() != 0) {
      return state.pageCount();
    }
    if (sizedState != state) {
      sizeOfFile = database.pageCountOfFile(pageSize);
      sizedState = state;
    }
    return sizeOfFile;
  }

  @Override
  void endRead(Snapshot snapshot) {
    wal.endRead(held(snapshot));
    Generation generation = snapshot.generation;
    if (generation != null) {
      generation.leave();
    }
  }

  @Override
  synchronized int openSnapshots() {
    return generations.readers();
  }

  private static WalSnapshot held(Snapshot snapshot) {
    WalSnapshot held = snapshot.wal;
    if (held == null) {
      throw new IllegalStateException("a snapshot without a lock on the log");
    }
    return held;
  }

  @Override
  byte[] fetch(Snapshot snapshot, int page, @Nullable PageVersion version) {
    byte[] image = new byte[pageSize];
    if (version != null
        && version.stamp >>> RUN_SHIFT == snapshot.stamp >>> RUN_SHIFT
        && !held(snapshot).isDrained()) {
      wal.readPage((int) version.stamp, image);
    } else {
      database.readPage(page, image);
    }
    codec.decode(page, image);
    return image;
  }

  /** A table that was dropped has frames of a run that goes on under another number. */
  @Override
  long runStart(Snapshot snapshot) {
    return (snapshot.table == table ? run : snapshot.stamp >>> RUN_SHIFT) << RUN_SHIFT;
  }

  // ---- writing ----

  @Override
  synchronized void beginWrite(Snapshot snapshot, boolean fresh) {
    if (wal.isReadOnly()) {
      throw new ReadOnlyException(
          ResultCode.READONLY_DIRECTORY, "attempt to write a readonly database");
    }
    group.awaitRoom(this);
    boolean first = group.isIdle();
    if (first && !wal.tryLockWriter()) {
      throw DatabaseFile.locked();
    }
    group.enter();
    try {
      WalSnapshot held = held(snapshot);
      WalState tail = group.tail();
      if (tail == null ? !wal.isCurrent(held.state()) : !fresh) {
        throw new BusyException(ResultCode.BUSY_SNAPSHOT, "database is locked");
      }
      WalSnapshot prepared = wal.prepareToAppend(held, tail == null);
      snapshot.wal = prepared;
      snapshot.failedGroups = group.failures();
      if (tail == null) {
        absorb(prepared.state());
        snapshot.stamp = stamp(prepared.state());
      } else {
        snapshot.wal = new WalSnapshot(tail, prepared.slot());
        snapshot.stamp = stamp(tail);
        snapshot.pageCount = tail.pageCount();
      }
      // The stamps are this table's. One that was dropped since has versions of a commit that
      // failed.
      snapshot.table = table;
    } catch (Throwable e) {
      leaveGroup(1);
      throw e;
    }
  }

  /** The last to leave lets the writers of other processes in. */
  private void leaveGroup(int users) {
    if (group.leave(users)) {
      wal.unlockWriter();
    }
  }

  @Override
  void commit(Snapshot snapshot, WriteSet changes, Patience patience) {
    DirtyPages.Entry[] entries = changes.pages();
    int count = entries.length;
    int[] pages = new int[count];
    byte[][] images = new byte[count][];
    for (int i = 0; i < count; i++) {
      pages[i] = entries[i].page;
      images[i] = entries[i].image;
    }
    WalState before = held(snapshot).state();
    boolean syncHeader = changes.synchronous() != Synchronous.OFF;
    WalState appended;
    try {
      appended = wal.append(before, pages, images, count, changes.pageCount(), syncHeader);
      wal.fitTo(appended, changes.isDurable(), changes.settings().journalLimit());
    } catch (IoException e) {
      wal.discardAfter(before);
      throw e;
    }
    synchronized (this) {
      if (snapshot.failedGroups != group.failures()) {
        throw notDurable();
      }
      boolean whole = false;
      try {
        enter(snapshot, changes, before, appended, pages, images);
        whole = true;
      } finally {
        if (!whole) {
          dropTable();
          group.refuseNewcomers();
        }
      }
    }
  }

  /** Puts a commit into the table and the group: all of it, or the table is dropped. */
  private void enter(
      Snapshot snapshot,
      WriteSet changes,
      WalState before,
      WalState appended,
      int[] pages,
      byte[][] images) {
    long stamp = stamp(appended);
    snapshot.stamp = stamp;
    snapshot.pageCount = changes.pageCount();
    snapshot.wal = new WalSnapshot(appended, held(snapshot).slot());
    table.ensureRoom(changes.pageCount());
    long oldest = generations.oldest(absorbed == null ? 0 : stamp(absorbed));
    pushSpilled(changes, oldest);
    long firstStamp = run << RUN_SHIFT | before.maxFrame() + 1;
    for (int i = 0; i < pages.length; i++) {
      table.push(pages[i], firstStamp + i, images[i], oldest);
    }
    if (table.isOverLimit()) {
      table.evict(run << RUN_SHIFT);
    }
    if (changes.isDurable() || group.tail() != null) {
      snapshot.appended = new CommitGroup.Commit(appended);
      group.append(snapshot.appended);
    } else {
      snapshot.appended = null;
      publish(appended, held(snapshot).slot());
    }
  }

  /** The table is built anew from the log when the next snapshot is taken. */
  private void dropTable() {
    generations.forgetNewest();
    run++;
    table = table.fresh();
    setAbsorbed(null);
  }

  /** The dirty pages are pushed afterwards: their frames are newer. */
  private void pushSpilled(WriteSet changes, long oldest) {
    changes
        .spilled()
        .forEach((page, frame) -> {
          if (page <= changes.pageCount()) {
            table.push(page, run << RUN_SHIFT | frame, null, oldest);
          }
        });
  }

  @Override
  int spillLimit() {
    return database.cacheLimit().dirtyImages(pageSize);
  }

  /** The frames are void until a commit frame follows, and for other processes not there at all. */
  @Override
  int spill(Snapshot snapshot, DirtyPages.Entry[] entries) {
    WalSnapshot held = held(snapshot);
    int[] pages = new int[entries.length];
    byte[][] images = new byte[entries.length][];
    for (int i = 0; i < entries.length; i++) {
      pages[i] = entries[i].page;
      images[i] = entries[i].image;
    }
    WalState state = wal.append(held.state(), pages, images, entries.length, 0, true);
    snapshot.wal = new WalSnapshot(state, held.slot());
    return held.state().maxFrame() + 1;
  }

  @Override
  byte[] fetchSpilled(Snapshot snapshot, int page, int frame) {
    byte[] image = new byte[pageSize];
    wal.readPage(frame, image);
    codec.decode(page, image);
    return image;
  }

  /**
   * @param slot that the caller holds to read the log
   */
  private void publish(WalState state, int slot) {
    WalState published = wal.publish(state);
    generations.forgetNewest();
    if (absorbed != null) {
      setAbsorbed(published);
      WalShare share = wal.share(new WalSnapshot(published, slot));
      generations.addNewest(
          new Generation(table, stamp(published), published.pageCount(), share, 0));
    }
  }

  @Override
  synchronized void endWrite() {
    leaveGroup(1);
  }

  /**
   * The first to come syncs for all that have appended by then, while others append; then the first
   * of those.
   */
  @Override
  void awaitPublished(Snapshot snapshot) {
    CommitGroup.Commit mine = snapshot.appended;
    if (mine == null) {
      return;
    }
    WalState target = group.awaitLead(this, mine);
    if (target == null) {
      if (mine.hasFailed()) {
        throw notDurable();
      }
      return;
    }
    boolean durable = false;
    try {
      wal.sync(target);
      durable = true;
    } finally {
      synchronized (this) {
        endSync(target, held(snapshot).slot(), durable);
      }
    }
  }

  private static IoException notDurable() {
    return new IoException(
        ResultCode.IOERR_FSYNC, "disk I/O error: the log could not be made durable");
  }

  /**
   * A group that failed is void, and so is what its commits have put in the table: their stamps will
   * be used again. Snapshots that are open keep the old table.
   */
  private void endSync(WalState target, int slot, boolean durable) {
    boolean published = false;
    try {
      if (durable) {
        publish(target, slot);
        published = true;
      } else if (absorbed != null) {
        wal.discardAfter(absorbed);
      }
    } finally {
      int left = published ? group.published(target) : group.failed();
      if (!published) {
        dropTable();
      }
      notifyAll();
      leaveGroup(left);
    }
  }

  // ---- checkpoints ----

  /** The newest state that everybody can see, as far as this process has looked. */
  long publishedStamp() {
    return publishedStamp;
  }

  @Override
  int logFrames() {
    return (int) publishedStamp;
  }

  @Override
  void afterCommit(Synchronous synchronous) {
    checkpointer.committed(publishedStamp, synchronous);
  }

  @Override
  void makeRoom(Synchronous synchronous) {
    checkpointer.help(publishedStamp, synchronous);
  }

  /** Returns when nothing is appended that is not published. It is the caller's turn to write. */
  synchronized void awaitPublished() {
    group.awaitIdle(this);
  }

  /** Keeps snapshots that are taken from now on out of the way of a checkpoint of what there is. */
  void makeWay() {
    wal.setLeastMark((int) publishedStamp);
  }

  void makeNoWay() {
    wal.setLeastMark(0);
  }

  /** Why the last automatic checkpoint failed; the commit before it did not. */
  @Nullable RuntimeException checkpointFailure() {
    return checkpointer.failure();
  }

  /** Whether no other process can know of this one's use of the log. */
  boolean hasPrivateIndex() {
    return wal.hasPrivateIndex() && !wal.isReadOnly();
  }

  CheckpointResult checkpoint(CheckpointMode mode, Synchronous synchronous, Patience patience) {
    if (wal.isReadOnly()) {
      throw new ReadOnlyException(
          ResultCode.READONLY_DIRECTORY, "attempt to write a readonly database");
    }
    if (mode == CheckpointMode.NOOP) {
      return copyBack(mode, synchronous, patience);
    }
    checkpointer.suspend();
    try {
      return copyBack(mode, synchronous, patience);
    } finally {
      checkpointer.resume();
    }
  }

  /** Copies what nobody needs as it is in the file. */
  CheckpointResult copyBack(Synchronous synchronous) {
    return copyBack(CheckpointMode.PASSIVE, synchronous, Patience.none());
  }

  private CheckpointResult copyBack(
      CheckpointMode mode, Synchronous synchronous, Patience patience) {
    boolean sync = synchronous != Synchronous.OFF;
    PageImages cache = codec.isPlain() ? this::cachedFrame : PageImages.NONE;
    return wal.checkpoint(mode, database.handle(), sync, cache, patience);
  }

  private synchronized byte @Nullable [] cachedFrame(WalState state, int page, int frame) {
    if (absorbed == null || !absorbed.sameRun(state)) {
      return null;
    }
    long stamp = run << RUN_SHIFT | frame;
    PageVersion version = table.find(page, stamp);
    return version != null && version.stamp == stamp ? version.image : null;
  }

  // ---- closing ----

  /**
   * Closes the log; if no other process has it open, copies it back and deletes it. Called when no
   * connection is left, with this process holding SHARED once.
   */
  @Override
  void close() {
    checkpointer.suspend();
    synchronized (this) {
      closed = true;
      generations.forgetNewest();
    }
    boolean copied = false;
    try {
      copied =
          database.isWritable()
              && !wal.isReadOnly()
              && database.lock().tryExclusive()
              && copyAllBack();
    } finally {
      if (copied) {
        wal.closeAndDelete();
      } else {
        wal.close();
      }
      database.lock().downgrade();
      database.lock().releaseShared();
    }
  }

  /**
   * Copies the log back and deletes it, if nobody here or elsewhere uses the database. The caller is
   * left with EXCLUSIVE.
   */
  boolean closeForGood() {
    checkpointer.suspend();
    try {
      return closeWhileSuspended();
    } finally {
      checkpointer.resume();
    }
  }

  /** Whether it takes no snapshots any more. */
  synchronized boolean isClosed() {
    return closed;
  }

  private synchronized boolean closeWhileSuspended() {
    if (!generations.retireAll() || !database.lock().tryExclusive()) {
      database.lock().releasePending();
      return false;
    }
    if (!copyAllBack()) {
      database.lock().downgrade();
      return false;
    }
    closed = true;
    wal.closeAndDelete();
    return true;
  }

  private boolean copyAllBack() {
    WalSnapshot last = wal.beginRead();
    wal.endRead(last);
    CheckpointResult result = copyBack(Synchronous.NORMAL);
    return result.logFrames() == result.checkpointedFrames();
  }
}
