package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.format.Varint;
import dev.turso.pager.PageStore;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one tree and how full they are, one after another: a page before its children, a
 * cell's overflow pages before the child the cell points to. Reads only; for one thread.
 *
 * @see <a href="https://www.sqlite.org/dbstat.html">The DBSTAT virtual table</a>
 */
public final class PageWalk {

  private static final int MAX_DEPTH = 64;

  private final PageStore store;
  private final int usable;
  private final Deque<Open> open = new ArrayDeque<>();
  private boolean started;
  private final int root;

  /** A page whose cells are being gone through. */
  private static final class Open {
    final byte[] image;
    final int header;
    final int kind;
    final int cells;
    final String path;
    int cell;

    /** The overflow pages of the present cell that are left: the next one, and bytes in them. */
    int overflow;

    long left;
    int overflows;
    boolean overflowKnown;

    Open(byte[] image, int header, String path) {
      this.image = image;
      this.header = header;
      this.kind = image[header];
      this.cells = BTreePage.cellCount(image, header);
      this.path = path;
    }
  }

  /**
   * A page.
   *
   * @param path which way leads to it from the root: {@code /}, {@code /000/}, {@code /000+000001}
   * @param kind one of {@link BTreePage}'s, 0 for an overflow page
   * @param payload bytes of records on this page
   * @param unused bytes that nothing occupies
   * @param largest the size of the largest record that has a cell here, its overflow included
   */
  public record Use(
      String path, int page, int kind, int cells, long payload, long unused, long largest) {}

  public PageWalk(PageStore store, int root) {
    this.store = store;
    this.usable = store.usableSize();
    this.root = root;
  }

  /** The next page, or null after the last. */
  public @Nullable Use next() {
    if (!started) {
      started = true;
      return enter(root, "/");
    }
    while (!open.isEmpty()) {
      Open top = open.peek();
      Use overflow = overflow(top);
      if (overflow != null) {
        return overflow;
      }
      int cell = top.cell++;
      top.overflowKnown = false;
      if (cell > top.cells || cell == top.cells && BTreePage.isLeaf(top.kind)) {
        open.pop();
      } else if (!BTreePage.isLeaf(top.kind)) {
        int child =
            cell == top.cells
                ? Bytes.i32(top.image, top.header + BTreePage.RIGHT_CHILD)
                : Bytes.i32(top.image, at(top, cell));
        return enter(child, top.path + String.format("%03x/", cell));
      }
    }
    return null;
  }

  private Use enter(int page, String path) {
    if (page < 1 || page > store.pageCount() || open.size() > MAX_DEPTH) {
      throw Malformed.file();
    }
    Open entered = new Open(store.read(page), BTreePage.header(page), path);
    int pointers = entered.header + BTreePage.headerSize(entered.kind);
    if (pointers + 2 * entered.cells > usable) {
      throw Malformed.file();
    }
    open.push(entered);
    long payload = 0;
    long largest = 0;
    if (entered.kind != BTreePage.INTERIOR_TABLE) {
      for (int i = 0; i < entered.cells; i++) {
        long size = payload(entered, i);
        payload += BTreePage.local(entered.kind, usable, (int) size);
        largest = Math.max(largest, size);
      }
    }
    return new Use(
        path, page, entered.kind, entered.cells, payload, unused(entered, pointers), largest);
  }

  private long unused(Open page, int pointers) {
    long unused = BTreePage.contentStart(page.image, page.header) - pointers - 2L * page.cells;
    unused += page.image[page.header + BTreePage.FRAGMENTED_BYTES] & 0xff;
    int block = Bytes.u16(page.image, page.header + BTreePage.FIRST_FREE_BLOCK);
    while (block != 0) {
      if (block > usable - 4) {
        throw Malformed.file();
      }
      unused += Bytes.u16(page.image, block + 2);
      int next = Bytes.u16(page.image, block);
      if (next != 0 && next <= block) {
        throw Malformed.file();
      }
      block = next;
    }
    return unused;
  }

  private int at(Open page, int cell) {
    int pointers = page.header + BTreePage.headerSize(page.kind);
    int at = Bytes.u16(page.image, pointers + 2 * cell);
    if (at < pointers || at > usable - 4) {
      throw Malformed.file();
    }
    return at;
  }

  private long payload(Open page, int cell) {
    int at = at(page, cell) + (BTreePage.isLeaf(page.kind) ? 0 : 4);
    long size = Varint.read(page.image, at, usable);
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw Malformed.file();
    }
    return size;
  }

  private @Nullable Use overflow(Open page) {
    if (page.kind == BTreePage.INTERIOR_TABLE || page.cell >= page.cells) {
      return null;
    }
    if (!page.overflowKnown) {
      findOverflow(page);
    }
    if (page.left <= 0) {
      return null;
    }
    int number = page.overflow;
    if (number < 1 || number > store.pageCount()) {
      throw Malformed.file();
    }
    long here = Math.min(page.left, usable - 4L);
    page.left -= here;
    page.overflow = Bytes.i32(store.read(number), 0);
    String path = page.path + String.format("%03x+%06x", page.cell, page.overflows++);
    return new Use(path, number, 0, 0, here, usable - 4L - here, 0);
  }

  private void findOverflow(Open page) {
    long size = payload(page, page.cell);
    int local = BTreePage.local(page.kind, usable, (int) size);
    page.overflowKnown = true;
    page.overflows = 0;
    page.left = size - local;
    if (page.left > 0) {
      int at = at(page, page.cell) + (BTreePage.isLeaf(page.kind) ? 0 : 4);
      at += Varint.length(page.image, at);
      if (page.kind == BTreePage.LEAF_TABLE) {
        at += Varint.length(page.image, at);
      }
      if (at + local > usable - 4) {
        throw Malformed.file();
      }
      page.overflow = Bytes.i32(page.image, at + local);
    }
  }
}
