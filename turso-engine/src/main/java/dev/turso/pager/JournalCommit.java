package dev.turso.pager;

import dev.turso.error.IoException;
import dev.turso.error.ReadOnlyException;
import dev.turso.error.ResultCode;
import dev.turso.journal.HotJournal;
import dev.turso.journal.RollbackJournal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One commit without a log, in two steps. After {@link #prepare} old and new pages are durable and the
 * journal is hot: whatever happens, the commit can be undone. {@link #finish} ends the journal, which
 * commits; with a super-journal the deletion of that one has committed before.
 *
 * <p>For the connection that writes, under EXCLUSIVE.
 */
final class JournalCommit {

  private final DatabaseFile database;
  private final JournalStorage storage;
  private final HotJournal hotJournal;
  private final SpillFile spill;
  private final JournalMode mode;
  private @Nullable RollbackJournal journal;
  private byte @Nullable [][] oldImages;
  private final Snapshot snapshot;
  private final WriteSet changes;

  /** The pages that were spilled and not written again: page above frame, in page order. */
  private final long[] spilled;

  JournalCommit(
      DatabaseFile database,
      JournalStorage storage,
      HotJournal hotJournal,
      SpillFile spill,
      Snapshot snapshot,
      WriteSet changes) {
    this.database = database;
    this.storage = storage;
    this.hotJournal = hotJournal;
    this.spill = spill;
    this.mode = database.journalMode();
    this.snapshot = snapshot;
    this.changes = changes;
    this.spilled = spilled(changes);
  }

  private static long[] spilled(WriteSet changes) {
    if (changes.spilled().isEmpty()) {
      return new long[0];
    }
    long[][] found = {new long[64]};
    int[] count = {0};
    changes
        .spilled()
        .forEach((page, frame) -> {
          if (page <= changes.pageCount()) {
            if (count[0] == found[0].length) {
              found[0] = Arrays.copyOf(found[0], count[0] * 2);
            }
            found[0][count[0]++] = (long) page << 32 | frame;
          }
        });
    long[] sorted = Arrays.copyOf(found[0], count[0]);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The pages whose images were spilled, in page order, as {@code page << 32 | frame}. */
  long[] spilledPages() {
    return spilled;
  }

  // ---- the first step ----

  /** If this fails everything is as before, or the journal is hot. */
  void prepare(@Nullable String superJournal) {
    boolean sync = changes.synchronous() != Synchronous.OFF;
    if (mode == JournalMode.MEMORY || mode == JournalMode.OFF) {
      if (mode == JournalMode.MEMORY) {
        keepOldImages();
      }
      writePages(sync);
      return;
    }
    RollbackJournal started = start();
    journal = started;
    if (superJournal != null) {
      started.nameSuperJournal(superJournal);
    }
    started.seal(sealing(changes.synchronous()));
    writePages(sync);
  }

  private RollbackJournal start() {
    int records = changes.pages().length + spilled.length;
    RollbackJournal started = create(records);
    try {
      for (DirtyPages.Entry entry : changes.pages()) {
        addOld(started, entry.page);
      }
      for (long each : spilled) {
        addOld(started, (int) (each >>> 32));
      }
      for (int page = changes.pageCount() + 1; page <= snapshot.pageCount; page++) {
        addOld(started, page);
      }
      return started;
    } catch (Throwable e) {
      started.close();
      throw e;
    }
  }

  private RollbackJournal create(int records) {
    try {
      return RollbackJournal.create(
          database.files(),
          database.journalPath(),
          storage.codec(),
          snapshot.pageSize,
          snapshot.pageCount,
          database.random().nextInt(),
          records);
    } catch (IoException e) {
      String path = database.journalPath();
      if (database.files().exists(path) || database.files().mayCreate(path)) {
        throw e;
      }
      throw new ReadOnlyException(
          ResultCode.READONLY_DIRECTORY, "attempt to write a readonly database", e);
    }
  }

  private void addOld(RollbackJournal to, int page) {
    if (page <= snapshot.pageCount && page != database.lockPage(snapshot.pageSize)) {
      to.add(page, storage.read(snapshot, page));
    }
  }

  private static RollbackJournal.Sealing sealing(Synchronous synchronous) {
    return switch (synchronous) {
      case OFF -> RollbackJournal.Sealing.UNSYNCED;
      case NORMAL -> RollbackJournal.Sealing.ONCE;
      case FULL, EXTRA -> RollbackJournal.Sealing.TWICE;
    };
  }

  private void writePages(boolean sync) {
    int size = snapshot.pageSize;
    for (DirtyPages.Entry entry : changes.pages()) {
      database.writePage(entry.page, entry.image, storage.codec());
    }
    byte[] buffer = new byte[spilled.length == 0 ? 0 : size];
    for (long each : spilled) {
      spill.read((int) each, buffer);
      database.handle().write(((each >>> 32) - 1) * size, buffer, 0, size);
    }
    if (changes.pageCount() < snapshot.pageCount) {
      database.handle().truncate((long) changes.pageCount() * size);
    }
    if (sync) {
      database.handle().sync();
    }
  }

  // ---- the second step ----

  void finish() {
    RollbackJournal open = journal;
    if (open != null) {
      boolean sync = changes.synchronous() != Synchronous.OFF;
      open.end(
          ending(mode),
          sync,
          changes.synchronous() == Synchronous.EXTRA,
          changes.settings().journalLimit());
    }
  }

  private static RollbackJournal.Ending ending(JournalMode mode) {
    return switch (mode) {
      case TRUNCATE -> RollbackJournal.Ending.TRUNCATE;
      case PERSIST -> RollbackJournal.Ending.PERSIST;
      case DELETE, MEMORY, WAL, OFF -> RollbackJournal.Ending.DELETE;
    };
  }

  // ---- instead of it ----

  /** Restores the file. If that fails too the journal, if there is one, stays hot. */
  void undo() {
    RollbackJournal open = journal;
    if (open != null) {
      open.close();
    }
    if (oldImages != null) {
      restoreOldImages(oldImages);
    } else if (hotJournal.isPresent()) {
      hotJournal.playBackAlways();
    }
  }

  private void keepOldImages() {
    byte[][] old = new byte[changes.pages().length + spilled.length][];
    for (int i = 0; i < old.length; i++) {
      int page = changed(i);
      old[i] = page <= snapshot.pageCount ? storage.read(snapshot, page) : null;
    }
    oldImages = old;
  }

  private int changed(int i) {
    int dirty = changes.pages().length;
    return i < dirty ? changes.pages()[i].page : (int) (spilled[i - dirty] >>> 32);
  }

  private void restoreOldImages(byte[] @Nullable [] old) {
    for (int i = 0; i < old.length; i++) {
      byte[] image = old[i];
      if (image != null) {
        database.writePage(changed(i), image, storage.codec());
      }
    }
  }
}
