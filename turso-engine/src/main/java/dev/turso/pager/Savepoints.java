package dev.turso.pager;

import dev.turso.wal.WalState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nested savepoints of one write transaction: for each the images that pages had when it was set,
 * of those pages only that were touched since. For one thread.
 *
 * <p>A page needs saving if its image was made before the newest savepoint was set; a savepoint that
 * is released leaves to the one around it what that one has not saved itself.
 */
final class Savepoints {

  private static final int NO_SIZE = -1;

  /** The state of a page before it was touched; without image it was not dirty, but may be spilled. */
  private record Saved(int page, byte @Nullable [] image, long mark, int frame) {}

  private static final class Savepoint {
    final long serial;
    final int pageCount;
    final @Nullable WalState position;
    final List<Saved> saved = new ArrayList<>();

    Savepoint(long serial, int pageCount, @Nullable WalState position) {
      this.serial = serial;
      this.pageCount = pageCount;
      this.position = position;
    }
  }

  private final List<Savepoint> stack = new ArrayList<>();
  private long serials;
  private long newest;

  /** The serial number of the newest savepoint, 0 without one. */
  long newest() {
    return newest;
  }

  int depth() {
    return stack.size();
  }

  /**
   * Sets a savepoint and returns its number: how many are around it.
   *
   * @param position where the transaction would append to the log, if it has one
   */
  int set(int pageCount, @Nullable WalState position) {
    newest = ++serials;
    stack.add(new Savepoint(newest, pageCount, position));
    return stack.size() - 1;
  }

  /** Sets one before the size of the database is known. */
  int setOutside() {
    return set(NO_SIZE, null);
  }

  /** Where the log was when a savepoint was set. */
  @Nullable WalState position(int savepoint) {
    return stack.get(savepoint).position;
  }

  /** Notes the image of a dirty page that is about to be changed. */
  void saveDirty(int page, byte[] image, long mark) {
    if (!stack.isEmpty()) {
      stack.getLast().saved.add(new Saved(page, image, mark, 0));
    }
  }

  /** Notes that a page that is about to be changed was not dirty, and its frame if it was spilled. */
  void saveClean(int page, int frame) {
    if (!stack.isEmpty()) {
      stack.getLast().saved.add(new Saved(page, null, 0, frame));
    }
  }

  /**
   * Restores all pages as they were when a savepoint was set. It stays set, those within it end.
   *
   * @return the size of the database then
   */
  int rollbackTo(int savepoint, DirtyPages dirty, SpilledPages spilled, int sizeAtStart) {
    for (int i = stack.size() - 1; i >= savepoint; i--) {
      List<Saved> saved = stack.get(i).saved;
      for (int k = saved.size() - 1; k >= 0; k--) {
        restore(saved.get(k), dirty, spilled);
      }
      saved.clear();
    }
    Savepoint target = stack.get(savepoint);
    stack.subList(savepoint + 1, stack.size()).clear();
    newest = target.serial;
    return target.pageCount == NO_SIZE ? sizeAtStart : target.pageCount;
  }

  private static void restore(Saved saved, DirtyPages dirty, SpilledPages spilled) {
    DirtyPages.Entry entry = dirty.get(saved.page);
    if (saved.image == null) {
      dirty.remove(saved.page);
      spilled.set(saved.page, saved.frame);
      return;
    }
    spilled.set(saved.page, 0);
    if (entry == null) {
      dirty.add(new DirtyPages.Entry(saved.page, saved.image, saved.mark));
    } else {
      entry.image = saved.image;
      entry.mark = saved.mark;
    }
  }

  /** Ends a savepoint and those within it; their changes belong to the one around it. */
  void release(int savepoint) {
    while (stack.size() > savepoint) {
      Savepoint ended = stack.removeLast();
      if (stack.isEmpty()) {
        newest = 0;
        return;
      }
      Savepoint around = stack.getLast();
      newest = around.serial;
      for (Saved saved : ended.saved) {
        if (saved.mark < around.serial) {
          around.saved.add(saved);
        }
      }
    }
  }

  void clear() {
    stack.clear();
    newest = 0;
  }
}
