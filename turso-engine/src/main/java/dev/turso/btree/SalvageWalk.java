package dev.turso.btree;

import dev.turso.error.DatabaseException;
import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.format.Malformed;
import dev.turso.format.Varint;
import dev.turso.pager.PageStore;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Walks through the trees of a damaged file and gives out every cell that can be read, passing over
 * what cannot. Visits a page once, so it ends whatever the pages say. For one thread; reads only.
 */
public final class SalvageWalk {

  private static final int MAX_DEPTH = 64;

  private final PageStore store;
  private final int usable;
  private final BitSet visited = new BitSet();
  private long lostPages;
  private long lostCells;

  /** Takes the rows that are found. */
  @FunctionalInterface
  public interface RowSink {
    /**
     * @param rowid 0 in an index tree
     * @param record the record, in an array of its own
     */
    void row(long rowid, byte[] record);
  }

  public SalvageWalk(PageStore store) {
    this.store = store;
    this.usable = store.usableSize();
  }

  /** How many pages should have been part of a tree and are not. */
  public long lostPages() {
    return lostPages;
  }

  /** How many cells could not be read. */
  public long lostCells() {
    return lostCells;
  }

  /** Gives out the cells of a tree, in its order as far as it has one. */
  public void tree(int root, RowSink sink) {
    walk(root, sink, 0);
  }

  /** Passes over the pages of the free list, which hold what was deleted. */
  public void skipFreeList() {
    try {
      int trunk = Bytes.i32(store.read(1), DatabaseHeader.FIRST_FREE_TRUNK);
      while (trunk > 1 && trunk <= store.pageCount() && !visited.get(trunk)) {
        visited.set(trunk);
        byte[] image = store.read(trunk);
        int leaves = Math.min(Bytes.i32(image, 4), usable / 4 - 2);
        for (int i = 0; i < leaves; i++) {
          int leaf = Bytes.i32(image, 8 + 4 * i);
          if (leaf > 1 && leaf <= store.pageCount()) {
            visited.set(leaf);
          }
        }
        trunk = Bytes.i32(image, 0);
      }
    } catch (DatabaseException e) {
      lostPages++;
    }
  }

  /** The next page from a number on that was not visited and looks like a leaf with rows; 0 = none. */
  public int nextOrphan(int from) {
    for (int page = Math.max(2, from); page <= store.pageCount(); page++) {
      if (!visited.get(page) && isLeafOfTable(page)) {
        return page;
      }
    }
    return 0;
  }

  private boolean isLeafOfTable(int page) {
    try {
      byte[] image = store.read(page);
      return image[0] == BTreePage.LEAF_TABLE && BTreePage.cellCount(image, 0) > 0;
    } catch (DatabaseException e) {
      return false;
    }
  }

  private void walk(int page, RowSink sink, int depth) {
    if (page < 1 || page > store.pageCount() || visited.get(page) || depth > MAX_DEPTH) {
      lostPages++;
      return;
    }
    visited.set(page);
    byte[] image;
    try {
      image = store.read(page);
    } catch (DatabaseException e) {
      lostPages++;
      return;
    }
    int header = BTreePage.header(page);
    int kind = image[header];
    boolean known =
        kind == BTreePage.LEAF_TABLE
            || kind == BTreePage.INTERIOR_TABLE
            || kind == BTreePage.LEAF_INDEX
            || kind == BTreePage.INTERIOR_INDEX;
    if (!known) {
      lostPages++;
      return;
    }
    cells(image, header, kind, sink, depth);
  }

  private void cells(byte[] image, int header, int kind, RowSink sink, int depth) {
    int pointers = header + BTreePage.headerSize(kind);
    int claimed = BTreePage.cellCount(image, header);
    int count = Math.min(claimed, (usable - pointers) / 2);
    lostCells += claimed - count;
    for (int i = 0; i < count; i++) {
      int at = Bytes.u16(image, pointers + 2 * i);
      if (at < pointers || at > usable - 4) {
        lostCells++;
        continue;
      }
      if (!BTreePage.isLeaf(kind)) {
        walk(Bytes.i32(image, at), sink, depth + 1);
      }
      if (kind != BTreePage.INTERIOR_TABLE) {
        cell(image, at, kind, sink);
      }
    }
    if (!BTreePage.isLeaf(kind)) {
      walk(Bytes.i32(image, header + BTreePage.RIGHT_CHILD), sink, depth + 1);
    }
  }

  private void cell(byte[] image, int at, int kind, RowSink sink) {
    try {
      int p = BTreePage.isLeaf(kind) ? at : at + 4;
      long size = Varint.read(image, p, usable);
      p += Varint.length(image, p);
      long rowid = 0;
      if (kind == BTreePage.LEAF_TABLE) {
        rowid = Varint.read(image, p, usable);
        p += Varint.length(image, p);
      }
      sink.row(rowid, payload(image, p, kind, size));
    } catch (DatabaseException e) {
      lostCells++;
    }
  }

  private byte[] payload(byte[] image, int at, int kind, long size) {
    if (size <= 0 || size > (long) store.pageCount() * usable) {
      throw Malformed.file();
    }
    int local = BTreePage.local(kind, usable, (int) size);
    if (at + local + (local < size ? 4 : 0) > usable) {
      throw Malformed.file();
    }
    byte[] record = Arrays.copyOfRange(image, at, at + (int) size);
    if (local < size) {
      int first = Bytes.i32(image, at + local);
      OverflowChain.read(store, first, record, local, (int) size - local);
      markChain(first, (int) size - local);
    }
    return record;
  }

  private void markChain(int first, int length) {
    int page = first;
    for (int left = length; left > 0; left -= usable - 4) {
      visited.set(page);
      page = Bytes.i32(store.read(page), 0);
    }
  }
}
