package dev.turso.wal;

import dev.turso.format.WalIndexLayout;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.Patience;
import java.util.Arrays;
import java.util.BitSet;

/**
 * One copying of frames back to the database file. The caller holds the checkpoint lock.
 *
 * <p>A frame may be copied when no reader needs what it would overwrite: when it is at or before
 * every read mark in use. Slot 0, whose readers use the file alone, is locked during the copying. The
 * log is durable before the first page is overwritten, the database before the frames count as
 * copied; a crash between leaves a log from which everything can be copied again.
 *
 * <p>A writer restarts the log without the checkpoint lock, holding slot 0. So a state that was read
 * before that slot was locked may be of a run that is over by then, and its frame numbers mean other
 * pages: that is looked at once the slot is locked, from when on nobody can restart.
 */
final class Checkpoint {

  private static final int BATCH_BYTES = 1 << 18;

  private final Wal wal;
  private final WalIndex index;
  private final WalFile log;
  private final WalLocks locks;
  private final FileHandle database;
  private final PageImages cache;

  Checkpoint(
      Wal wal, WalIndex index, WalFile log, WalLocks locks, FileHandle database, PageImages cache) {
    this.wal = wal;
    this.index = index;
    this.log = log;
    this.locks = locks;
    this.database = database;
    this.cache = cache;
  }

  /** Copies what may be copied. Returns whether that is everything. */
  boolean copyBack(WalState state, boolean sync, Patience patience) {
    int safe = safeFrame(state.maxFrame(), patience);
    if (index.backfilled() >= safe) {
      return safe == state.maxFrame();
    }
    while (!locks.tryExclusive(WalLocks.READ)) {
      if (!patience.pause()) {
        return false;
      }
    }
    try {
      if (!wal.isRunOf(state)) {
        return false;
      }
      index.setBackfillAttempted(safe);
      if (sync) {
        wal.syncUpTo(state);
      }
      copy(state, newestFrames(index.backfilled(), safe, state.pageCount()));
      if (safe == state.maxFrame() && wal.isLast(state)) {
        long size = (long) state.pageCount() * state.pageSize();
        if (database.size() > size) {
          database.truncate(size);
        }
      }
      if (sync) {
        database.sync();
      }
      index.setBackfilled(safe);
    } finally {
      locks.releaseExclusive(WalLocks.READ);
    }
    return safe == state.maxFrame();
  }

  /** The last frame that may be copied. Marks that nobody holds are moved out of the way. */
  private int safeFrame(int maxFrame, Patience patience) {
    int safe = maxFrame;
    for (int slot = 1; slot < WalIndexLayout.READ_MARKS; slot++) {
      int mark = index.readMark(slot);
      if (Integer.compareUnsigned(mark, safe) >= 0) {
        continue;
      }
      boolean free;
      do {
        free = locks.tryExclusive(WalLocks.READ + slot);
      } while (!free && patience.pause());
      if (free) {
        index.setReadMark(slot, slot == 1 ? safe : WalIndexLayout.READ_MARK_NOT_USED);
        locks.releaseExclusive(WalLocks.READ + slot);
      } else {
        safe = index.readMark(slot);
      }
    }
    return safe;
  }

  /** Of each page the newest frame, as {@code page << 32 | frame}, in page order. */
  private long[] newestFrames(int done, int safe, int pageCount) {
    long[] found = new long[safe - done];
    int count = 0;
    BitSet seen = new BitSet();
    for (int frame = safe; frame > done; frame--) {
      int page = index.pageOf(frame);
      if (Integer.compareUnsigned(page, pageCount) <= 0 && !seen.get(page)) {
        seen.set(page);
        found[count++] = (long) page << 32 | frame;
      }
    }
    long[] sorted = Arrays.copyOf(found, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Writes the pages, neighbours together. */
  private void copy(WalState state, long[] pageAndFrame) {
    int pageSize = state.pageSize();
    int perBatch = Math.max(1, BATCH_BYTES / pageSize);
    byte[] batch = new byte[Math.min(perBatch, pageAndFrame.length) * pageSize];
    byte[] single = new byte[pageSize];
    int i = 0;
    while (i < pageAndFrame.length) {
      int first = (int) (pageAndFrame[i] >>> 32);
      int count = 0;
      while (count < perBatch
          && i < pageAndFrame.length
          && (int) (pageAndFrame[i] >>> 32) == first + count) {
        byte[] image = image(state, first + count, (int) pageAndFrame[i], single);
        System.arraycopy(image, 0, batch, count * pageSize, pageSize);
        count++;
        i++;
      }
      database.write((first - 1L) * pageSize, batch, 0, count * pageSize);
    }
  }

  private byte[] image(WalState state, int page, int frame, byte[] buffer) {
    byte[] cached = cache.image(state, page, frame);
    if (cached != null) {
      return cached;
    }
    log.readPage(frame, buffer);
    return buffer;
  }
}
