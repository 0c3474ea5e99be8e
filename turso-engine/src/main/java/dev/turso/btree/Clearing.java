package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.pager.PageStore;

/** Frees all pages below a page of one tree. */
final class Clearing {

  private final PageAllocator pages;
  private final PageStore store;
  private final int usable;

  /** The kind of the tree's leaves. */
  private final int leafKind;

  /** Pages seen: more than there are means that the tree is none. */
  private int seen;

  Clearing(PageAllocator pages, int leafKind) {
    this.pages = pages;
    this.store = pages.store;
    this.usable = store.usableSize();
    this.leafKind = leafKind;
  }

  /** Frees the children and overflow chains of a page and returns how many entries it led to. */
  long clear(int page, int depth) {
    byte[] image = store.read(page);
    int header = BTreePage.header(page);
    int kind = image[header];
    int count = BTreePage.cellCount(image, header);
    if (depth == TreeCursor.MAX_DEPTH || ++seen > store.pageCount() || (kind | 8) != leafKind) {
      throw Malformed.file();
    }
    int floor = header + BTreePage.headerSize(kind) + 2 * count;
    long rows = BTreePage.isLeaf(kind) || !BTreePage.isTable(kind) ? count : 0;
    for (int i = 0; i < count && kind != BTreePage.INTERIOR_TABLE; i++) {
      int at = Cells.at(image, header, i, usable);
      int length = Cells.length(image, at, kind, usable, floor);
      if (Cells.overflow(image, at, length, kind, usable) != 0) {
        int size = Cells.payloadSize(image, at, kind, usable);
        OverflowChain.checkSize(store, size);
        OverflowChain.free(
            pages, Bytes.i32(image, at + length - 4), size - BTreePage.local(kind, usable, size));
      }
    }
    for (int i = 0; i <= count && !BTreePage.isLeaf(kind); i++) {
      int child = pages.check(Cells.child(image, header, i, usable));
      rows += clear(child, depth + 1);
      pages.free(child);
    }
    return rows;
  }
}
