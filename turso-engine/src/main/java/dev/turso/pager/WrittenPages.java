package dev.turso.pager;

import dev.turso.wal.WalSnapshot;
import dev.turso.wal.WalState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction has written and not committed, with its savepoints. For one thread.
 *
 * <p>A page that was written is either dirty, its image in memory, or spilled, its image in a frame of
 * the log that no other connection or process looks at; never both. Going back to a savepoint rewinds
 * the log to where it was then, as spilled frames would otherwise become part of the commit.
 */
final class WrittenPages {

  /** For how many calls an array that was handed out may be written to. */
  private static final int WRITABLE_FOR = 2_000;

  private final DirtyPages dirty = new DirtyPages();
  private final SpilledPages spilled = new SpilledPages();
  private final Savepoints savepoints = new Savepoints();
  private @Nullable Storage storage;
  private @Nullable Snapshot snapshot;
  private @Nullable WalState stateAtStart;
  private int spillAt;
  private long touches;

  /** A write transaction begins. Savepoints may have been set before. */
  void begin(Storage newStorage, Snapshot newSnapshot) {
    storage = newStorage;
    snapshot = newSnapshot;
    WalSnapshot log = newSnapshot.wal;
    stateAtStart = log == null ? null : log.state();
    spillAt = newStorage.spillLimit();
  }

  /** The transaction ends: nothing is written, and no savepoint is set. */
  void end() {
    abandon();
    savepoints.clear();
  }

  /** The transaction did not begin after all; savepoints that were set before stay. */
  void abandon() {
    clear();
    storage = null;
    snapshot = null;
    stateAtStart = null;
  }

  /** Nothing is written any more. */
  void clear() {
    dirty.clear();
    spilled.clear();
  }

  boolean isEmpty() {
    return dirty.count() == 0 && spilled.isEmpty();
  }

  boolean hasSpilled() {
    return !spilled.isEmpty();
  }

  /** Whether the image of a page may change by later calls. */
  boolean isDirty(int page) {
    return dirty.get(page) != null;
  }

  /** The image of a page as it was written, null if it was not. */
  byte @Nullable [] image(int page) {
    DirtyPages.Entry entry = dirty.get(page);
    if (entry != null) {
      return entry.image;
    }
    if (spilled.isEmpty()) {
      return null;
    }
    int frame = spilled.frame(page);
    return frame == 0 ? null : readSpilled(page, frame);
  }

  private byte[] readSpilled(int page, int frame) {
    byte[] image = spilled.image(page, frame);
    if (image == null) {
      image = storage().fetchSpilled(snapshot(), page, frame);
      spilled.keep(page, frame, image);
    }
    return image;
  }

  /** The image of a dirty page to write to, null if the page is not dirty. */
  byte @Nullable [] writable(int page) {
    DirtyPages.Entry entry = dirty.get(page);
    if (entry == null) {
      return null;
    }
    entry.touched = ++touches;
    if (entry.mark < savepoints.newest()) {
      savepoints.saveDirty(page, entry.image, entry.mark);
      entry.image = entry.image.clone();
      entry.mark = savepoints.newest();
    }
    return entry.image;
  }

  /** Makes a page dirty that is not. */
  void add(int page, byte[] image) {
    if (dirty.count() >= spillAt) {
      spill();
    }
    savepoints.saveClean(page, spilled.frame(page));
    spilled.set(page, 0);
    DirtyPages.Entry entry = new DirtyPages.Entry(page, image, savepoints.newest());
    entry.touched = ++touches;
    dirty.add(entry);
  }

  /** Makes the first page of a new database dirty; no savepoint goes back before it. */
  void addFirst(byte[] image) {
    dirty.clear();
    dirty.add(new DirtyPages.Entry(1, image, savepoints.newest()));
  }

  /** The page is no longer part of the database. */
  void forget(int page) {
    DirtyPages.Entry entry = dirty.get(page);
    if (entry != null) {
      savepoints.saveDirty(page, entry.image, entry.mark);
      dirty.remove(page);
    } else if (spilled.frame(page) != 0) {
      savepoints.saveClean(page, spilled.frame(page));
      spilled.set(page, 0);
    }
  }

  WriteSet changes(int pageCount, CommitSettings settings) {
    return new WriteSet(dirty.sorted(), spilled, pageCount, settings);
  }

  /**
   * Moves dirty pages to the log. Those touched lately stay, as somebody may still write to the
   * arrays; so do those that a savepoint would have to restore, and the first.
   */
  private void spill() {
    List<DirtyPages.Entry> staying = new ArrayList<>();
    List<DirtyPages.Entry> leaving = new ArrayList<>();
    for (DirtyPages.Entry entry : dirty.sorted()) {
      boolean leaves =
          entry.page != 1
              && entry.mark >= savepoints.newest()
              && touches - entry.touched > WRITABLE_FOR;
      (leaves ? leaving : staying).add(entry);
    }
    if (!leaving.isEmpty()) {
      int frame = storage().spill(snapshot(), leaving.toArray(new DirtyPages.Entry[0]));
      dirty.clear();
      for (DirtyPages.Entry entry : staying) {
        dirty.add(entry);
      }
      for (DirtyPages.Entry entry : leaving) {
        spilled.set(entry.page, frame++);
      }
    }
    int limit = storage().spillLimit();
    spillAt = Math.max(limit, staying.size() + limit / 4);
  }

  // ---- savepoints ----

  /** Sets a savepoint before the size of the database is known. */
  int setSavepointOutside() {
    return savepoints.setOutside();
  }

  /** Sets a savepoint, and returns its number. */
  int setSavepoint(int pageCount) {
    WalSnapshot log = snapshot == null ? null : snapshot.wal;
    return savepoints.set(pageCount, log == null ? null : log.state());
  }

  int savepointDepth() {
    return savepoints.depth();
  }

  /** Goes back to a savepoint, and returns the size of the database then. */
  int rollbackTo(int savepoint, int sizeAtStart) {
    WalState position = savepoints.position(savepoint);
    if (position == null) {
      position = stateAtStart;
    }
    Snapshot writer = snapshot;
    if (writer != null && writer.wal != null && position != null && !spilled.isEmpty()) {
      writer.wal = new WalSnapshot(position, writer.wal.slot());
      spilled.forgetImages();
    }
    return savepoints.rollbackTo(savepoint, dirty, spilled, sizeAtStart);
  }

  void release(int savepoint) {
    savepoints.release(savepoint);
  }

  private Storage storage() {
    Storage open = storage;
    if (open == null) {
      throw new IllegalStateException("no write transaction is open");
    }
    return open;
  }

  private Snapshot snapshot() {
    Snapshot open = snapshot;
    if (open == null) {
      throw new IllegalStateException("no write transaction is open");
    }
    return open;
  }
}
