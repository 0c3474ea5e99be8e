package dev.turso.btree;

import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.pager.PageStore;
import java.util.Arrays;

/**
 * Gives and takes pages: the free list, and the pointer map where the database keeps one.
 *
 * <pre>
 *   page 1     32  4  first trunk page, 0 = none     36  4  number of free pages, trunks included
 *   trunk       0  4  next trunk, 0 = none         4  4  number of leaves   8  4 each  leaf pages
 * </pre>
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#the_freelist">File format, 1.5</a>
 */
final class PageAllocator {

  static final int FIRST_TRUNK = 32;
  static final int FREE_PAGES = 36;
  private static final int LEAF_COUNT = 4;
  private static final int LEAVES = 8;

  /** The byte whose page no database uses, because file locks live there. */
  private static final int LOCK_BYTE = 0x4000_0000;

  final PageStore store;
  final PointerMap map;
  private final int usable;

  PageAllocator(PageStore store) {
    this.store = store;
    this.usable = store.usableSize();
    this.map = new PointerMap(store);
  }

  /** The page that holds the lock bytes and is never used. */
  static int lockPage(PageStore store) {
    return LOCK_BYTE / store.pageSize() + 1;
  }

  /** A page for the caller to fill; its former content is whatever it was. */
  int allocate() {
    byte[] first = store.read(1);
    if (Bytes.i32(first, FREE_PAGES) == 0) {
      return append();
    }
    return takeFree();
  }

  int append() {
    int page = store.append();
    while (page == lockPage(store) || map.isMapPage(page)) {
      page = store.append();
    }
    return page;
  }

  private int takeFree() {
    byte[] first = store.write(1);
    int trunk = check(Bytes.i32(first, FIRST_TRUNK));
    byte[] image = store.read(trunk);
    int leaves = Bytes.i32(image, LEAF_COUNT);
    if (leaves < 0 || leaves > usable / 4 - 2) {
      throw Malformed.file();
    }
    int page = trunk;
    if (leaves == 0) {
      Bytes.put32(first, FIRST_TRUNK, Bytes.i32(image, 0));
    } else {
      page = check(Bytes.i32(image, LEAVES + 4 * (leaves - 1)));
      Bytes.put32(store.write(trunk), LEAF_COUNT, leaves - 1);
    }
    Bytes.put32(first, FREE_PAGES, Bytes.i32(first, FREE_PAGES) - 1);
    return page;
  }

  /** All pages of the free list, ascending. */
  int[] freePages() {
    byte[] first = store.read(1);
    int count = Bytes.i32(first, FREE_PAGES);
    if (count < 0 || count >= store.pageCount()) {
      throw Malformed.file();
    }
    int[] free = new int[count];
    int n = 0;
    for (int trunk = Bytes.i32(first, FIRST_TRUNK); trunk != 0; ) {
      byte[] image = store.read(check(trunk));
      int leaves = Bytes.i32(image, LEAF_COUNT);
      if (leaves < 0 || leaves > usable / 4 - 2 || n + 1 + leaves > count) {
        throw Malformed.file();
      }
      free[n++] = trunk;
      for (int i = 0; i < leaves; i++) {
        free[n++] = check(Bytes.i32(image, LEAVES + 4 * i));
      }
      trunk = Bytes.i32(image, 0);
    }
    if (n != count) {
      throw Malformed.file();
    }
    Arrays.sort(free);
    return free;
  }

  /** Takes one certain page off the free list. */
  void takeFree(int wanted) {
    byte[] first = store.write(1);
    int before = 0;
    int trunk = Bytes.i32(first, FIRST_TRUNK);
    for (int left = store.pageCount(); trunk != 0; left--) {
      byte[] image = store.read(check(trunk));
      int leaves = Bytes.i32(image, LEAF_COUNT);
      if (left == 0 || leaves < 0 || leaves > usable / 4 - 2) {
        throw Malformed.file();
      }
      boolean found = trunk == wanted;
      if (found) {
        unlinkTrunk(before, trunk);
      }
      for (int i = 0; i < leaves && !found; i++) {
        if (Bytes.i32(image, LEAVES + 4 * i) == wanted) {
          image = store.write(trunk);
          Bytes.put32(image, LEAVES + 4 * i, Bytes.i32(image, LEAVES + 4 * (leaves - 1)));
          Bytes.put32(image, LEAF_COUNT, leaves - 1);
          found = true;
        }
      }
      if (found) {
        Bytes.put32(first, FREE_PAGES, Bytes.i32(first, FREE_PAGES) - 1);
        return;
      }
      before = trunk;
      trunk = Bytes.i32(image, 0);
    }
    throw Malformed.file();
  }

  /**
   * Takes a trunk out of the list; its last leaf, if it has any, becomes the trunk of the others.
   */
  private void unlinkTrunk(int before, int trunk) {
    byte[] image = store.read(trunk);
    int leaves = Bytes.i32(image, LEAF_COUNT);
    int next = Bytes.i32(image, 0);
    if (leaves > 0) {
      int heir = check(Bytes.i32(image, LEAVES + 4 * (leaves - 1)));
      byte[] to = store.write(heir);
      Bytes.put32(to, 0, next);
      Bytes.put32(to, LEAF_COUNT, leaves - 1);
      System.arraycopy(image, LEAVES, to, LEAVES, 4 * (leaves - 1));
      next = heir;
    }
    if (before == 0) {
      Bytes.put32(store.write(1), FIRST_TRUNK, next);
    } else {
      Bytes.put32(store.write(before), 0, next);
    }
  }

  /** Puts a page on the free list. */
  void free(int page) {
    check(page);
    byte[] first = store.write(1);
    int count = Bytes.i32(first, FREE_PAGES);
    int trunk = Bytes.i32(first, FIRST_TRUNK);
    map.put(page, PointerMap.FREE, 0);
    Bytes.put32(first, FREE_PAGES, count + 1);
    if (count != 0) {
      check(trunk);
      int leaves = Bytes.i32(store.read(trunk), LEAF_COUNT);
      if (leaves < 0 || leaves > usable / 4 - 2) {
        throw Malformed.file();
      }
      // Old readers of the format misread a trunk whose last six slots are in use.
      if (leaves < usable / 4 - 8) {
        byte[] image = store.write(trunk);
        Bytes.put32(image, LEAF_COUNT, leaves + 1);
        Bytes.put32(image, LEAVES + 4 * leaves, page);
        if (store.wipesFreedPages()) {
          Arrays.fill(store.write(page), 0, usable, (byte) 0);
        }
        return;
      }
    }
    byte[] image = store.write(page);
    Arrays.fill(image, 0, usable, (byte) 0);
    Bytes.put32(image, 0, count == 0 ? 0 : trunk);
    Bytes.put32(image, LEAF_COUNT, 0);
    Bytes.put32(first, FIRST_TRUNK, page);
  }

  /** A page number from the file that can be a page of a tree or of the free list. */
  int check(int page) {
    if (page < 2 || page > store.pageCount()) {
      throw Malformed.file();
    }
    return page;
  }
}
