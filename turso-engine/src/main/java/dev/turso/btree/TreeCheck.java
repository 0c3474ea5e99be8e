package dev.turso.btree;

import dev.turso.error.DatabaseException;
import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.format.Varint;
import java.util.Arrays;

/**
 * One tree in an {@link IntegrityCheck}: from the root down, on each page from the last cell to the
 * first.
 */
final class TreeCheck {

  /** Far beyond any real tree, near enough for the stack. */
  private static final int MAX_DEPTH = 200;

  private final IntegrityCheck check;
  private final int root;
  private final int usable;
  private long entries;

  /** The least rowid of the page checked last. */
  private long least;

  TreeCheck(IntegrityCheck check, int root) {
    this.check = check;
    this.root = root;
    this.usable = check.usable;
  }

  void run() {
    page("", root, 0, Long.MAX_VALUE, 0);
  }

  long entries() {
    return entries;
  }

  /**
   * Checks a page and what is below it.
   *
   * @param where what the message says that points to the page
   * @param cell the cell that points to the page, which SQLite names again where it means the
   * page's
   *     right-most child
   * @param most the largest rowid that a table's page may hold
   * @return the height of the tree from the page, 0 for a leaf or if it cannot be told
   */
  private int page(String where, int page, int cell, long most, int depth) {
    least = most;
    if (page == 0 || check.full() || !check.use(where, page)) {
      return 0;
    }
    String here = "Tree " + IntegrityCheck.unsigned(root) + " page " + page;
    byte[] image;
    try {
      image = check.store.read(page);
    } catch (DatabaseException e) {
      check.report(here + ": unable to get the page. error code=" + e.code().code());
      return 0;
    }
    int header = BTreePage.header(page);
    if (!isPage(image, header) || depth > MAX_DEPTH) {
      check.report(here + ": " + IntegrityCheck.initError());
      return 0;
    }
    if (!freeSpaceAddsUp(image, header)) {
      check.report(here + ": free space corruption");
      return 0;
    }
    int kind = image[header];
    if (BTreePage.isLeaf(kind) || !BTreePage.isTable(kind)) {
      entries += BTreePage.cellCount(image, header);
    }
    return cells(here, page, cell, image, header, most, depth) + 1;
  }

  private boolean isPage(byte[] image, int header) {
    int kind = image[header];
    return (kind == BTreePage.INTERIOR_INDEX
            || kind == BTreePage.INTERIOR_TABLE
            || kind == BTreePage.LEAF_INDEX
            || kind == BTreePage.LEAF_TABLE)
        && BTreePage.cellCount(image, header) <= (usable - 8) / 6;
  }

  private boolean freeSpaceAddsUp(byte[] image, int header) {
    if (BTreePage.contentStart(image, header) > usable) {
      return false;
    }
    int block = Bytes.u16(image, header + BTreePage.FIRST_FREE_BLOCK);
    if (block != 0 && block < BTreePage.contentStart(image, header)) {
      return false;
    }
    try {
      PageEditor.free(image, header, usable);
      return true;
    } catch (DatabaseException e) {
      return false;
    }
  }

  private int cells(
      String here, int page, int cell, byte[] image, int header, long most, int depth) {
    int kind = image[header];
    int count = BTreePage.cellCount(image, header);
    boolean leaf = BTreePage.isLeaf(kind);
    int height = -1;
    long bound = most;
    boolean mayEqual = true;
    if (!leaf) {
      int child = Bytes.i32(image, header + BTreePage.RIGHT_CHILD);
      String where = here + (check.mapped() ? " right child: " : " cell " + cell + ": ");
      if (check.mapped()) {
        check.checkMap(where, child, PointerMap.NODE, page);
      }
      height = page(where, child, cell, bound, depth + 1);
      bound = least;
      mayEqual = false;
    }
    long[] spans = new long[count];
    boolean whole = true;
    for (int i = count - 1; i >= 0 && !check.full(); i--) {
      // Where there is a pointer map SQLite goes on naming the right child on interior pages.
      String where = !leaf && check.mapped() ? here + " right child: " : here + " cell " + i + ": ";
      int at = Bytes.u16(image, header + BTreePage.headerSize(kind) + 2 * i);
      int length = length(where, image, header, kind, at);
      if (length == 0) {
        whole = false;
        continue;
      }
      spans[i] = (long) at << 32 | at + PageEditor.space(length) - 1;
      if (BTreePage.isTable(kind)) {
        long rowid = Cells.rowid(image, at, kind, usable);
        if (mayEqual ? rowid > bound : rowid >= bound) {
          check.report(where + "Rowid " + rowid + " out of order");
        }
        bound = rowid;
        mayEqual = false;
      }
      overflow(where, page, image, at, length, kind);
      if (!leaf) {
        int child = Bytes.i32(image, at);
        if (check.mapped()) {
          check.checkMap(where, child, PointerMap.NODE, page);
        }
        int childHeight = page(where, child, i, bound, depth + 1);
        bound = least;
        if (childHeight != height) {
          check.report(where + "Child page depth differs");
          height = childHeight;
        }
      }
    }
    least = bound;
    if (whole && !check.full()) {
      coverage(page, image, header, spans);
    }
    return height;
  }

  /** The length of a cell, or 0 and a message. */
  private int length(String where, byte[] image, int header, int kind, int at) {
    int start = BTreePage.contentStart(image, header);
    if (at < start || at > usable - 4) {
      check.report(where + "Offset " + at + " out of range " + start + ".." + (usable - 4));
      return 0;
    }
    try {
      int length = Cells.length(image, at, kind, usable, 0);
      if (at + PageEditor.space(length) > usable) {
        throw Malformed.file();
      }
      if (hasBadRecord(image, kind, at)) {
        check.report(where + "Bad cell header size");
        return 0;
      }
      return length;
    } catch (DatabaseException e) {
      check.report(where + "Extends off end of page");
      return 0;
    }
  }

  /** Whether the record of a cell that fits its page begins with a header size of 0 or 1. */
  private boolean hasBadRecord(byte[] image, int kind, int at) {
    if (kind == BTreePage.INTERIOR_TABLE) {
      return false;
    }
    int p = BTreePage.isLeaf(kind) ? at : at + 4;
    p += Varint.length(image, p);
    if (kind == BTreePage.LEAF_TABLE) {
      p += Varint.length(image, p);
    }
    int size = Cells.payloadSize(image, at, kind, usable);
    int header = image[p];
    return header == 0 && size > 0 || header == 1 && size > (kind == BTreePage.LEAF_TABLE ? 0 : 2);
  }

  private void overflow(String where, int page, byte[] image, int at, int length, int kind) {
    if (kind == BTreePage.INTERIOR_TABLE) {
      return;
    }
    int size = Cells.payloadSize(image, at, kind, usable);
    int local = BTreePage.local(kind, usable, size);
    if (local == size) {
      return;
    }
    int first = Bytes.i32(image, at + length - 4);
    if (check.mapped()) {
      check.checkMap(where, first, PointerMap.FIRST_OVERFLOW, page);
    }
    check.checkChain(where, false, first, (int) ((size - local + usable - 5L) / (usable - 4)));
  }

  /** Cells and free blocks must not overlap, and leave as many bytes over as the header says. */
  private void coverage(int page, byte[] image, int header, long[] cells) {
    long[] spans = cells;
    int n = cells.length;
    int block = Bytes.u16(image, header + BTreePage.FIRST_FREE_BLOCK);
    while (block > 0) {
      if (n == spans.length) {
        spans = Arrays.copyOf(spans, 2 * n + 4);
      }
      spans[n++] = (long) block << 32 | block + Bytes.u16(image, block + 2) - 1;
      block = Bytes.u16(image, block);
    }
    Arrays.sort(spans, 0, n);
    int before = BTreePage.contentStart(image, header) - 1;
    int unused = 0;
    for (int i = 0; i < n; i++) {
      int at = (int) (spans[i] >>> 32);
      if (before >= at) {
        check.report("Multiple uses for byte " + at + " of page " + page);
        if (i < n - 1) {
          return;
        }
        break;
      }
      unused += at - before - 1;
      before = (int) spans[i];
    }
    unused += usable - before - 1;
    int claimed = image[header + BTreePage.FRAGMENTED_BYTES] & 0xff;
    if (unused != claimed) {
      check.report(
          "Fragmentation of " + unused + " bytes reported as " + claimed + " on page " + page);
    }
  }
}
