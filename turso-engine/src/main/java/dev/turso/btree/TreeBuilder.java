package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.format.Varint;
import dev.turso.pager.PageStore;
import java.util.Arrays;

/**
 * Fills an empty tree from the bottom up with entries that come in order: for CREATE INDEX and
 * VACUUM, several times as fast as inserting them, and every page but the last of a level is full.
 *
 * <p>One page of each level is open. A cell that the open leaf has no room for closes it: the
 * leaf's last key goes up to the open page above, which may close in turn, and a new leaf begins
 * with the cell. A page gets its number when it closes, so that no page is allocated in vain.
 * {@link #finish} closes what is open; the top-most page's content becomes the root's. The caller
 * vouches for the order and for distinct keys. Not thread-safe.
 */
public final class TreeBuilder {

  private final PageStore store;
  private final PageAllocator pages;
  private final Balancer balancer;
  private final CellWriter writer;
  private final int root;
  private final boolean table;
  private final int usable;

  /** The open page of each level, leaves first. */
  private byte[][] images = new byte[4][];

  private int levels;

  private TreeBuilder(PageStore store, int root, boolean table) {
    this.store = store;
    this.pages = new PageAllocator(store);
    this.balancer = new Balancer(pages);
    this.writer = new CellWriter(pages);
    this.root = root;
    this.table = table;
    this.usable = store.usableSize();
    begin(0);
  }

  /** A builder of the table tree whose empty root is given. */
  public static TreeBuilder table(PageStore store, int root) {
    return new TreeBuilder(store, root, true);
  }

  /** A builder of the index tree, or WITHOUT ROWID table, whose empty root is given. */
  public static TreeBuilder index(PageStore store, int root) {
    return new TreeBuilder(store, root, false);
  }

  /** Appends a row, whose rowid is greater than all before. */
  public void add(long rowid, byte[] record, int offset, int length) {
    int size = writer.row(rowid, record, offset, length);
    if (!append(0, writer.cell, 0, size)) {
      closeLeaf();
      append(0, writer.cell, 0, size);
    }
  }

  /** Appends an index entry, whose key comes after all before. */
  public void add(byte[] record, int offset, int length) {
    int size = writer.entry(record, offset, length);
    if (!append(0, writer.cell, 0, size)) {
      closeLeaf();
      append(0, writer.cell, 0, size);
    }
  }

  private boolean append(int level, byte[] cell, int offset, int length) {
    byte[] image = images[level];
    return PageEditor.insert(image, 0, usable, BTreePage.cellCount(image, 0), cell, offset, length);
  }

  private void begin(int level) {
    if (level == images.length) {
      images = Arrays.copyOf(images, 2 * level);
    }
    if (level == levels) {
      images[level] = new byte[store.pageSize()];
      levels++;
    }
    int kind = table ? BTreePage.LEAF_TABLE : BTreePage.LEAF_INDEX;
    PageEditor.clear(images[level], 0, level == 0 ? kind : kind & ~8, usable);
  }

  private void closeLeaf() {
    byte[] image = images[0];
    int last = BTreePage.cellCount(image, 0) - 1;
    int at = Cells.at(image, 0, last, usable);
    byte[] divider;
    if (table) {
      long rowid = Cells.rowid(image, at, BTreePage.LEAF_TABLE, usable);
      divider = new byte[4 + Varint.lengthOf(rowid)];
      Varint.write(divider, 4, rowid);
    } else {
      int length = Cells.length(image, at, BTreePage.LEAF_INDEX, usable, 0);
      divider = new byte[4 + length];
      System.arraycopy(image, at, divider, 4, length);
      PageEditor.remove(image, 0, usable, last, length);
    }
    Bytes.put32(divider, 0, close(0));
    begin(0);
    raise(1, divider);
  }

  /** The open page of a level is complete: stores it and returns its number. */
  private int close(int level) {
    int number = pages.allocate();
    byte[] image = store.write(number);
    System.arraycopy(images[level], 0, image, 0, usable);
    balancer.adopt(number, image, 0);
    return number;
  }

  /** Adds a divider, whose left child is complete, to the open page of a level. */
  private void raise(int level, byte[] divider) {
    if (level == levels) {
      begin(level);
    }
    if (append(level, divider, 0, divider.length)) {
      return;
    }
    byte[] image = images[level];
    int last = BTreePage.cellCount(image, 0) - 1;
    int at = Cells.at(image, 0, last, usable);
    int length = Cells.length(image, at, image[0], usable, 0);
    byte[] up = Arrays.copyOfRange(image, at, at + length);
    PageEditor.remove(image, 0, usable, last, length);
    Bytes.put32(image, BTreePage.RIGHT_CHILD, Bytes.i32(up, 0));
    Bytes.put32(up, 0, close(level));
    begin(level);
    append(level, divider, 0, divider.length);
    raise(level + 1, up);
  }

  /** Closes the open pages and puts the top-most one in the root's place. */
  public void finish() {
    byte[] old = store.read(root);
    int header = BTreePage.header(root);
    if (BTreePage.cellCount(old, header) != 0 || !BTreePage.isLeaf(old[header])) {
      throw Malformed.file();
    }
    for (int level = 0; level < levels - 1; level++) {
      Bytes.put32(images[level + 1], BTreePage.RIGHT_CHILD, close(level));
    }
    balancer.replaceRoot(root, images[levels - 1]);
  }
}
