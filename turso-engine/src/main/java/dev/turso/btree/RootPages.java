package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.pager.PageStore;

/**
 * Keeps the roots of an auto-vacuum database together at its beginning, and moves pages so that
 * they can be.
 */
final class RootPages {

  private final PageAllocator pages;
  private final PageStore store;

  RootPages(PageAllocator pages) {
    this.pages = pages;
    this.store = pages.store;
  }

  /** The page after the last root, its content moved away, as the next root. */
  int open() {
    int root = largest();
    do {
      root++;
    } while (root == PageAllocator.lockPage(store) || PointerMap.mapPageOf(store, root) == root);
    if (root > store.pageCount()) {
      int appended = pages.append();
      if (appended != root) {
        throw Malformed.file();
      }
    } else if (pages.map.kind(root) == PointerMap.FREE) {
      pages.takeFree(root);
    } else {
      relocate(root, pages.allocate());
    }
    Bytes.put32(store.write(1), PointerMap.LARGEST_ROOT, root);
    return root;
  }

  /** Frees an emptied root; the last root moves into its place and its number is returned, or 0. */
  int close(int root) {
    int last = largest();
    if (root > last) {
      throw Malformed.file();
    }
    int moved = 0;
    if (root != last) {
      moved = last;
      relocate(last, root);
    }
    pages.free(last);
    do {
      last--;
    } while (last == PageAllocator.lockPage(store) || PointerMap.mapPageOf(store, last) == last);
    Bytes.put32(store.write(1), PointerMap.LARGEST_ROOT, last);
    return moved;
  }

  private int largest() {
    return Bytes.i32(store.read(1), PointerMap.LARGEST_ROOT);
  }

  /** Moves a page of whatever kind to another number, and whoever points to it with it. */
  void relocate(int from, int to) {
    int kind = pages.map.kind(from);
    int parent = pages.map.parent(from);
    if (kind == PointerMap.FREE || from < 3) {
      throw Malformed.file();
    }
    byte[] image = store.write(to);
    System.arraycopy(store.read(from), 0, image, 0, store.pageSize());
    if (kind == PointerMap.NODE || kind == PointerMap.ROOT) {
      new Balancer(pages).adopt(to, image, 0);
    } else {
      int next = Bytes.i32(image, 0);
      if (next != 0) {
        pages.map.put(pages.check(next), PointerMap.NEXT_OVERFLOW, to);
      }
    }
    if (kind != PointerMap.ROOT) {
      repoint(parent, from, to, kind);
    }
    pages.map.put(to, kind, parent);
  }

  private void repoint(int parent, int from, int to, int kind) {
    byte[] image = store.write(parent);
    if (kind == PointerMap.NEXT_OVERFLOW) {
      if (Bytes.i32(image, 0) != from) {
        throw Malformed.file();
      }
      Bytes.put32(image, 0, to);
      return;
    }
    int header = BTreePage.header(parent);
    int type = image[header];
    int usable = store.usableSize();
    int count = BTreePage.cellCount(image, header);
    int floor = header + BTreePage.headerSize(type) + 2 * count;
    for (int i = 0; i < count; i++) {
      int at = Cells.at(image, header, i, usable);
      if (kind == PointerMap.FIRST_OVERFLOW) {
        int length = Cells.length(image, at, type, usable, floor);
        if (Cells.overflow(image, at, length, type, usable) == from) {
          Bytes.put32(image, at + length - 4, to);
          return;
        }
      } else if (Bytes.i32(image, at) == from) {
        Bytes.put32(image, at, to);
        return;
      }
    }
    int right = header + BTreePage.RIGHT_CHILD;
    if (kind != PointerMap.NODE || Bytes.i32(image, right) != from) {
      throw Malformed.file();
    }
    Bytes.put32(image, right, to);
  }
}
