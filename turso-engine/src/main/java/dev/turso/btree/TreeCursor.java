package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.format.PayloadRest;
import dev.turso.format.RecordReader;
import dev.turso.format.Varint;
import dev.turso.pager.PageStore;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The path from the root of a tree to a cell, and the cell's payload.
 *
 * <p>The page at the end of the path is unpacked into fields, so that moving within it touches
 * nothing else. {@link #seen} is the store's change count at which the path was last known to be
 * right. When the count has moved, the path still holds if every image on it is the one the store
 * would return and none is of a page that this transaction has written; otherwise the cursor
 * remembers its key and seeks again.
 */
abstract sealed class TreeCursor permits TableCursor, IndexCursor {

  /** No tree is deeper: a path that is, runs in a circle. */
  static final int MAX_DEPTH = 20;

  /** On no row. */
  static final int NOWHERE = 0;

  /** On the {@link #slot}th cell of the page. */
  static final int ON_ROW = 1;

  /** Between two cells: the row was deleted, and {@link #slot} is the one that followed it. */
  static final int IN_GAP = 2;

  /** The path is lost; the row may still be there, at the key remembered. */
  static final int LOST = 3;

  /** The path is lost and the row is known to be gone. */
  static final int LOST_GAP = 4;

  private static final byte[] NOTHING = new byte[0];

  final PageStore store;
  final int root;
  final int usable;
  final boolean table;

  /** The most payload that a cell keeps on its page. */
  final int maxLocal;

  final int[] numbers = new int[MAX_DEPTH];
  final byte[][] images = new byte[MAX_DEPTH][];
  final int[] slots = new int[MAX_DEPTH];
  final int[] counts = new int[MAX_DEPTH];
  private final boolean[] writtens = new boolean[MAX_DEPTH];

  /** Index of the page at the end of the path, or -1 without a path. */
  int level = -1;

  long seen;
  int state;

  /** Pages entered in one direction: more than there are means that the tree is none. */
  private int entered;

  byte[] page = NOTHING;
  int kind;
  int count;
  int slot;
  int pointers;
  boolean written;

  /**
   * No more bytes of the page are free than this, or -1 if unknown: finding out walks all its free
   * blocks, which took half the time of a DELETE that leaves every other row.
   */
  private int freeAtMost;

  /** Whether the fields below describe the current cell. */
  boolean parsed;

  int payloadAt;
  int payloadSize;
  int local;

  /** The payload in one piece, where it is not a slice of the page. */
  private byte[] whole = NOTHING;

  private boolean assembled;
  private final PayloadRest rest = this::assemble;

  private @Nullable PageAllocator pages;
  private @Nullable Balancer balancer;
  private @Nullable CellWriter cells;

  TreeCursor(PageStore store, int root, boolean table) {
    this.store = store;
    this.root = root;
    this.usable = store.usableSize();
    this.table = table;
    this.maxLocal = BTreePage.maxLocal(table ? BTreePage.LEAF_TABLE : BTreePage.LEAF_INDEX, usable);
  }

  /** Whether nothing was written to the store since the cursor moved. */
  public boolean isCurrent() {
    return store.changeCount() == seen;
  }

  // ---- the path

  /** Starts a new path at the root. */
  final void enterRoot() {
    level = -1;
    entered = 0;
    seen = store.changeCount();
    enter(root);
  }

  /** Extends the path by a page, which becomes the current one. */
  final void enter(int number) {
    if (level >= 0) {
      slots[level] = slot;
    }
    int next = level + 1;
    if (next == MAX_DEPTH || ++entered > store.pageCount() + 1 || number < 1) {
      level = -1;
      throw Malformed.file();
    }
    byte[] image = store.read(number);
    int header = BTreePage.header(number);
    int type = image[header];
    int cells = BTreePage.cellCount(image, header);
    int first = header + BTreePage.headerSize(type);
    if ((type & ~8) != (table ? BTreePage.INTERIOR_TABLE : BTreePage.INTERIOR_INDEX)
        || first + 2 * cells > usable
        || cells == 0 && next > 0) {
      level = -1;
      throw Malformed.file();
    }
    level = next;
    numbers[next] = number;
    images[next] = image;
    counts[next] = cells;
    writtens[next] = store.isWritten(number);
    slot = 0;
    unpack();
  }

  /** Shortens the path by a page; {@link #slot} is the child slot that led to it. */
  final void leave() {
    level--;
    slot = slots[level];
    unpack();
  }

  private void unpack() {
    page = images[level];
    int header = BTreePage.header(numbers[level]);
    kind = page[header];
    count = counts[level];
    pointers = header + BTreePage.headerSize(kind);
    written = writtens[level];
    freeAtMost = -1;
    parsed = false;
  }

  final boolean leaf() {
    return (kind & 8) != 0;
  }

  /** Where a cell of the current page starts. */
  final int cellAt(int index) {
    int at = Bytes.u16(page, pointers + 2 * index);
    if (at < pointers + 2 * count || at > usable - 4) {
      throw Malformed.file();
    }
    return at;
  }

  /** The child left of a cell of the current page, or its right-most child. */
  final int childAt(int index) {
    return Bytes.i32(page, index == count ? pointers - 4 : cellAt(index));
  }

  final void descendFirst() {
    while (!leaf()) {
      slot = 0;
      enter(childAt(0));
    }
    slot = 0;
  }

  final void descendLast() {
    while (!leaf()) {
      slot = count;
      enter(childAt(count));
    }
    slot = count - 1;
  }

  /** A scan that turns round may enter as many pages again. */
  final void turn() {
    entered = 0;
  }

  /** Whether nothing of the tree comes after the current page. */
  final boolean onRightEdge() {
    for (int i = 0; i < level; i++) {
      if (slots[i] != counts[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the path still leads where it did, after the store has changed. */
  final boolean pathHolds() {
    if (level < 0) {
      return false;
    }
    for (int i = 0; i <= level; i++) {
      if (writtens[i] || store.isWritten(numbers[i]) || store.read(numbers[i]) != images[i]) {
        return false;
      }
    }
    seen = store.changeCount();
    return true;
  }

  // ---- the payload

  /** Checks the payload of the current cell, which starts at an offset and claims a size. */
  final void parsePayload(int at, long size) {
    if (size < 0 || size > Integer.MAX_VALUE - 64) {
      throw Malformed.file();
    }
    payloadSize = (int) size;
    payloadAt = at;
    local = (int) size;
    int end = at + local;
    if (size > maxLocal) {
      local = BTreePage.local(kind, usable, (int) size);
      end = at + local + (local < size ? 4 : 0);
      OverflowChain.checkSize(store, (int) size);
    }
    if (end > usable) {
      throw Malformed.file();
    }
    assembled = false;
    parsed = true;
  }

  /** Reads a varint whose bytes nobody has vouched for. */
  final long varint(int at) {
    return at <= usable - Varint.MAX_LENGTH ? Varint.read(page, at) : Varint.read(page, at, usable);
  }

  /** Makes sure that there is a row and its cell is parsed. */
  abstract void parse();

  final boolean isSlice() {
    return local == payloadSize && !written;
  }

  /** The payload in an array of its own. */
  private byte[] assemble() {
    if (!assembled) {
      byte[] to = Arrays.copyOfRange(page, payloadAt, payloadAt + payloadSize);
      if (local < payloadSize) {
        int first = Bytes.i32(page, payloadAt + local);
        OverflowChain.read(store, first, to, local, payloadSize - local);
      }
      whole = to;
      assembled = true;
    }
    return whole;
  }

  /** The array that holds the row's record, at {@link #payloadOffset()}. */
  public final byte[] array() {
    parse();
    return isSlice() ? page : assemble();
  }

  /** Where the row's record starts in {@link #array()}. */
  public final int payloadOffset() {
    parse();
    return isSlice() ? payloadAt : 0;
  }

  /** The length of the row's record in bytes. */
  public final int payloadLength() {
    parse();
    return payloadSize;
  }

  /** How many bytes the row's record has. */
  public final int payloadSize() {
    parse();
    return payloadSize;
  }

  /**
   * Points a reader at the row's record. Overflow pages are read only if a column needs them, which
   * must be before the cursor moves or the row changes.
   */
  public final void read(RecordReader reader) {
    parse();
    if (isSlice()) {
      reader.reset(page, payloadAt, payloadSize);
    } else if (written || local == payloadSize) {
      reader.reset(assemble(), 0, payloadSize);
    } else {
      reader.reset(page, payloadAt, payloadSize, local, rest);
    }
  }

  // ---- changes

  final PageAllocator pages() {
    if (pages == null) {
      pages = new PageAllocator(store);
    }
    return pages;
  }

  final CellWriter cells() {
    if (cells == null) {
      cells = new CellWriter(pages());
    }
    return cells;
  }

  final Balancer balancer() {
    if (balancer == null) {
      balancer = new Balancer(pages());
    }
    return balancer;
  }

  /** Makes the current page writable. */
  final byte[] edit() {
    int number = numbers[level];
    page = store.write(number);
    images[level] = page;
    writtens[level] = true;
    written = true;
    parsed = false;
    return page;
  }

  /** The current page has gained or lost cells. */
  final void edited(int cells) {
    count = cells;
    counts[level] = cells;
    seen = store.changeCount();
  }

  final int header() {
    return BTreePage.header(numbers[level]);
  }

  /** Frees the overflow pages of the current cell, which is parsed. */
  final void freeOverflow() {
    if (local < payloadSize) {
      OverflowChain.free(pages(), Bytes.i32(page, payloadAt + local), payloadSize - local);
    }
  }

  /** Removes the current cell, whose length is given, from its page; returns the page. */
  final byte[] removeCell(int length) {
    PageEditor.remove(edit(), header(), usable, slot, length);
    edited(count - 1);
    if (freeAtMost >= 0) {
      freeAtMost += PageEditor.space(length) + 2;
    }
    return page;
  }

  /** Whether the current page, which has lost a cell, should be taken apart. */
  final boolean shouldMerge() {
    return level > 0 && (count == 0 || isSparse() && balancer().canMerge(numbers, slots, level));
  }

  private boolean isSparse() {
    if (freeAtMost < 0 || 3 * freeAtMost > 2 * usable) {
      freeAtMost = PageEditor.free(page, header(), usable);
    }
    return 3 * freeAtMost > 2 * usable;
  }

  /** Forgets the path; the key remembered leads back. */
  final void lose(int newState) {
    state = newState;
    level = -1;
    parsed = false;
    seen = store.changeCount();
  }

  /** All cells of the tree that are rows: of the leaves, and in an index tree of all pages. */
  final long countCells() {
    level = -1;
    state = NOWHERE;
    enterRoot();
    descendFirst();
    long sum = 0;
    while (true) {
      sum += count;
      while (level > 0 && slots[level - 1] == counts[level - 1]) {
        leave();
        sum += table ? 0 : count;
      }
      if (level == 0) {
        level = -1;
        return sum;
      }
      leave();
      slot++;
      enter(childAt(slot));
      while (!leaf()) {
        slot = 0;
        enter(childAt(0));
      }
    }
  }
}
