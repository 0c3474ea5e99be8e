package dev.turso.btree;

import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.pager.PageStore;

/**
 * Shrinks an auto-vacuum database: pages from its end move into free pages before them, and the
 * file ends earlier. In any other database there is nothing to do.
 *
 * <p>Roots never move here; other pages do, so cursors seek again. Stateless but for the store;
 * part of a write transaction.
 */
public final class AutoVacuum {

  private final PageStore store;
  private final PageAllocator pages;
  private final RootPages mover;

  public AutoVacuum(PageStore store) {
    this.store = store;
    this.pages = new PageAllocator(store);
    this.mover = new RootPages(pages);
  }

  /** Whether the database gives its free pages back at each commit, and has some. */
  public static boolean isDue(PageStore store) {
    byte[] first = store.read(1);
    return Bytes.i32(first, PointerMap.LARGEST_ROOT) != 0
        && Bytes.i32(first, PointerMap.INCREMENTAL) == 0
        && Bytes.i32(first, PageAllocator.FREE_PAGES) != 0;
  }

  /** Gives all free pages back: before the commit of a full auto-vacuum database. */
  public void beforeCommit() {
    if (isDue(store)) {
      releaseAll(pages.freePages());
    }
  }

  private void releaseAll(int[] holes) {
    int end = endWithout(holes.length);
    int next = 0;
    for (int page = store.pageCount(); page > end; page--) {
      if (!isSpecial(page) && pages.map.kind(page) != PointerMap.FREE) {
        if (next == holes.length || holes[next] > end) {
          throw Malformed.file();
        }
        move(page, holes[next++]);
      }
    }
    byte[] first = store.write(1);
    Bytes.put32(first, PageAllocator.FIRST_TRUNK, 0);
    Bytes.put32(first, PageAllocator.FREE_PAGES, 0);
    store.truncate(end);
  }

  /** Gives back as many free pages as there are, but at most {@code limit}; returns how many. */
  public int release(int limit) {
    if (!pages.map.kept()) {
      return 0;
    }
    int[] holes = pages.freePages();
    if (holes.length == 0) {
      return 0;
    }
    if (limit >= holes.length) {
      releaseAll(holes);
      return holes.length;
    }
    int next = 0;
    int released = 0;
    while (released < limit && released < holes.length) {
      int last = store.pageCount();
      if (!isSpecial(last)) {
        if (pages.map.kind(last) == PointerMap.FREE) {
          pages.takeFree(last);
        } else {
          int hole = holes[next++];
          pages.takeFree(hole);
          move(last, hole);
        }
        released++;
      }
      store.truncate(last - 1);
    }
    while (released > 0 && isSpecial(store.pageCount())) {
      store.truncate(store.pageCount() - 1);
    }
    return released;
  }

  private void move(int from, int to) {
    if (pages.map.kind(from) == PointerMap.ROOT || to >= from) {
      throw Malformed.file();
    }
    mover.relocate(from, to);
  }

  /** Whether the page is of the pointer map or holds the lock bytes. */
  private boolean isSpecial(int page) {
    return page == PageAllocator.lockPage(store) || PointerMap.mapPageOf(store, page) == page;
  }

  /** The page count when so many pages are given back. */
  private int endWithout(int free) {
    int end = store.pageCount();
    for (int left = free; left > 0 || isSpecial(end); end--) {
      if (end <= 1) {
        throw Malformed.file();
      }
      left -= isSpecial(end) ? 0 : 1;
    }
    return end;
  }
}
