package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.format.Varint;
import dev.turso.pager.PageStore;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Brings a tree back into shape after a page has become too full or too empty.
 *
 * <p>The content of the page, its pending cell included, is taken apart together with that of
 * siblings, one that has room if the page overflows and up to two if it is to be merged, and with
 * the cells of the parent between them; it is dealt out anew over as many pages as it needs, and
 * the parent gets the new dividing cells. If they do not fit there, or the parent has become too
 * empty, the same happens one level up; a root that overflows gets a child and so a level more, a
 * root left with one child takes its place.
 *
 * <pre>
 *            parent:  … d1 … d2 …                      … e1 … e2 … e3 …
 *                   /     |      \         ─────►     /     |     |     \
 *                 left   page   right               p1     p2     p3     p4
 * </pre>
 *
 * In a table tree a divider between leaves is a copy of the rowid to its left; everywhere else it
 * is a cell of its own that goes down into the sequence when its page does and another comes up.
 *
 * <p>The path it works on is the cursor's: page numbers and child slots from the root to the page.
 * Afterwards the path means nothing.
 */
final class Balancer {

  /** Pages that are dealt out together. */
  private static final int SIBLINGS = 3;

  private final PageAllocator pages;
  private final PageStore store;
  private final int usable;

  Balancer(PageAllocator pages) {
    this.pages = pages;
    this.store = pages.store;
    this.usable = store.usableSize();
  }

  /** The content of a page, taken apart. */
  CellList contentOf(int page) {
    int header = BTreePage.header(page);
    byte[] image = stable(page);
    checkKind(image[header]);
    return new CellList().load(image, header, usable);
  }

  /** The page's image as it is now, whatever is written to the page later. */
  private byte[] stable(int page) {
    byte[] image = store.read(page);
    return store.isWritten(page) ? image.clone() : image;
  }

  private static void checkKind(int kind) {
    if ((kind & ~8) != BTreePage.INTERIOR_INDEX && (kind & ~8) != BTreePage.INTERIOR_TABLE) {
      throw Malformed.file();
    }
  }

  /**
   * Whether the page and a sibling would fit into one page, or the page is empty: whether taking it
   * apart would save a page.
   */
  boolean canMerge(int[] path, int[] slots, int level) {
    int page = path[level];
    byte[] image = store.read(page);
    if (BTreePage.cellCount(image, 0) == 0) {
      return true;
    }
    int used = used(page);
    int parent = path[level - 1];
    byte[] above = store.read(parent);
    int header = BTreePage.header(parent);
    int slot = slots[level - 1];
    int count = BTreePage.cellCount(above, header);
    int divider = BTreePage.isTable(image[0]) && BTreePage.isLeaf(image[0]) ? 0 : usable / 4;
    int room = usable - BTreePage.headerSize(image[0]) - divider;
    return slot > 0 && used + used(child(above, header, slot - 1)) <= room
        || slot < count && used + used(child(above, header, slot + 1)) <= room;
  }

  private int child(byte[] image, int header, int slot) {
    return pages.check(Cells.child(image, header, slot, usable));
  }

  private int used(int page) {
    byte[] image = store.read(page);
    checkKind(image[0]);
    return usable - BTreePage.headerSize(image[0]) - PageEditor.free(image, 0, usable);
  }

  /**
   * Stores the content of the page at a level of the path.
   *
   * @param appending whether what made it too full came after everything in the tree: then pages to
   *     the left are left full
   */
  void balance(int[] path, int[] slots, int level, CellList content, boolean appending) {
    int at = level;
    CellList cells = content;
    while (cells != null) {
      int kind = store.read(path[at])[BTreePage.header(path[at])];
      if (at > 0) {
        cells = deal(path, slots, at, kind, cells, appending);
        at--;
      } else if (cells.size == 0 && !BTreePage.isLeaf(kind)) {
        collapseRoot(path[0], cells.rightChild);
        return;
      } else if (cells.weight() <= room(path[0], kind)) {
        rewrite(path[0], kind, cells, 0, cells.size, cells.rightChild);
        return;
      } else {
        path[1] = deepen(path[0], kind);
        slots[0] = 0;
        at = 1;
      }
    }
  }

  /**
   * Whether a page that overflows should share with this sibling rather than split alone. Only the
   * header is looked at: pages far from the one at hand are not in any cache, and touching all
   * cells of two of them at each overflow tripled the cost of inserts in random order.
   */
  private boolean hasGap(int page) {
    byte[] image = store.read(page);
    int end = BTreePage.headerSize(image[0]) + 2 * BTreePage.cellCount(image, 0);
    return BTreePage.contentStart(image, 0) - end > usable / 3;
  }

  private int room(int page, int kind) {
    return usable - BTreePage.header(page) - BTreePage.headerSize(kind);
  }

  private void rewrite(int page, int kind, CellList cells, int from, int to, int right) {
    byte[] image = store.write(page);
    int header = BTreePage.header(page);
    cells.write(image, header, kind, usable, from, to, right);
    adopt(page, image, header);
  }

  /** Tells the pointer map who the parent of the page's children and overflow chains is. */
  void adopt(int page, byte[] image, int header) {
    if (!pages.map.kept()) {
      return;
    }
    int kind = image[header];
    int count = BTreePage.cellCount(image, header);
    for (int i = 0; i < count; i++) {
      int at = Cells.at(image, header, i, usable);
      int floor = header + BTreePage.headerSize(kind) + 2 * count;
      int length = Cells.length(image, at, kind, usable, floor);
      int overflow = Cells.overflow(image, at, length, kind, usable);
      if (overflow != 0) {
        pages.map.put(pages.check(overflow), PointerMap.FIRST_OVERFLOW, page);
      }
    }
    for (int i = 0; i <= count && !BTreePage.isLeaf(kind); i++) {
      pages.map.put(child(image, header, i), PointerMap.NODE, page);
    }
  }

  /** Makes the root an empty interior page over one new child and returns the child. */
  private int deepen(int root, int kind) {
    int child = pages.allocate();
    PageEditor.clear(store.write(child), 0, kind, usable);
    byte[] image = store.write(root);
    int header = BTreePage.header(root);
    PageEditor.clear(image, header, kind & ~8, usable);
    Bytes.put32(image, header + BTreePage.RIGHT_CHILD, child);
    pages.map.put(child, PointerMap.NODE, root);
    return child;
  }

  /**
   * The root has one child: it becomes the child, if it has the room, which page 1 may not have.
   */
  private void collapseRoot(int root, int child) {
    pages.check(child);
    CellList cells = contentOf(child);
    int kind = store.read(child)[0];
    if (cells.weight() <= room(root, kind)) {
      rewrite(root, kind, cells, 0, cells.size, cells.rightChild);
      pages.free(child);
    } else {
      rewrite(root, kind & ~8, new CellList(), 0, 0, child);
    }
  }

  /** Makes the content of a page that is not yet stored the root's, through a child if need be. */
  void replaceRoot(int root, byte[] top) {
    CellList cells = new CellList().load(top, 0, usable);
    int kind = top[0];
    if (cells.weight() <= room(root, kind)) {
      rewrite(root, kind, cells, 0, cells.size, cells.rightChild);
      return;
    }
    int child = pages.allocate();
    rewrite(child, kind, cells, 0, cells.size, cells.rightChild);
    rewrite(root, kind & ~8, new CellList(), 0, 0, child);
  }

  /**
   * Deals out a page and its siblings; the content of the parent if that needs the same, or null.
   */
  private @Nullable CellList deal(
      int[] path, int[] slots, int level, int kind, CellList content, boolean appending) {
    int parent = path[level - 1];
    int header = BTreePage.header(parent);
    byte[] above = stable(parent);
    int count = BTreePage.cellCount(above, header);
    int slot = slots[level - 1];
    int start = Math.max(0, slot == count ? slot - SIBLINGS + 1 : slot - 1);
    int end = Math.min(count, start + SIBLINGS - 1);
    if (content.weight() > room(2, kind)) {
      start = slot > 0 && hasGap(child(above, header, slot - 1)) ? slot - 1 : slot;
      boolean right = start == slot && slot < count && hasGap(child(above, header, slot + 1));
      end = right ? slot + 1 : slot;
    }
    int[] old = new int[end - start + 1];
    for (int i = start; i <= end; i++) {
      old[i - start] = child(above, header, i);
    }
    if (old[slot - start] != path[level]) {
      throw Malformed.file();
    }
    CellList all = gather(above, header, start, old, slot - start, kind, content);
    boolean copies = kind == BTreePage.LEAF_TABLE;
    int[] ends = partition(all, room(2, kind), copies, appending);
    int[] numbers = take(old, ends.length);
    CellList dividers = new CellList();
    int from = 0;
    for (int i = 0; i < ends.length; i++) {
      boolean last = i == ends.length - 1;
      int to = ends[i];
      int right = last || BTreePage.isLeaf(kind) ? all.rightChild : all.child(to);
      rewrite(numbers[i], kind, all, from, to, right);
      if (!last) {
        divide(dividers, all, kind, copies ? to - 1 : to, numbers[i]);
        from = copies ? to : to + 1;
      }
    }
    return replaceDividers(parent, start, old.length - 1, dividers, numbers[numbers.length - 1]);
  }

  /** All cells of the siblings, with the dividers that are cells of their own. */
  private CellList gather(
      byte[] above, int header, int start, int[] old, int own, int kind, CellList content) {
    CellList all = new CellList();
    int parentKind = above[header];
    int parentFloor =
        header + BTreePage.headerSize(parentKind) + 2 * BTreePage.cellCount(above, header);
    for (int i = 0; i < old.length; i++) {
      CellList part = content;
      if (i != own) {
        part = contentOf(old[i]);
        if (store.read(old[i])[0] != kind) {
          throw Malformed.file();
        }
      }
      all.addAll(part);
      if (i < old.length - 1 && kind != BTreePage.LEAF_TABLE) {
        int at = Cells.at(above, header, start + i, usable);
        int length = Cells.length(above, at, parentKind, usable, parentFloor);
        if (BTreePage.isLeaf(kind)) {
          all.add(above, at + 4, length - 4);
        } else {
          byte[] cell = Arrays.copyOfRange(above, at, at + length);
          Bytes.put32(cell, 0, part.rightChild);
          all.add(cell, 0, length);
        }
      }
    }
    return all;
  }

  /**
   * Where the pages end, as indices of the cells after them. Where dividers are no copies, the cell
   * at each end but the last is the divider.
   */
  private static int[] partition(CellList cells, int room, boolean copies, boolean appending) {
    int[] ends = new int[8];
    int[] loads = new int[8];
    int n = 0;
    int load = 0;
    for (int i = 0; i < cells.size; i++) {
      int weight = cells.weight(i);
      if (load + weight > room) {
        if (load == 0) {
          throw Malformed.file();
        }
        if (n + 2 > ends.length) {
          ends = Arrays.copyOf(ends, 2 * n);
          loads = Arrays.copyOf(loads, 2 * n);
        }
        ends[n] = i;
        loads[n++] = load;
        load = copies ? weight : 0;
      } else {
        load += weight;
      }
    }
    ends[n] = cells.size;
    loads[n++] = load;
    even(cells, ends, loads, n, room, copies, appending);
    return Arrays.copyOf(ends, n);
  }

  /** Moves cells to the right until each page is about as full as its left neighbour. */
  private static void even(
      CellList cells, int[] ends, int[] loads, int n, int room, boolean copies, boolean appending) {
    for (int i = n - 1; i > 0; i--) {
      int left = ends[i - 1] - 1;
      while (true) {
        int arriving = cells.weight(copies ? left : left + 1);
        int leaving = cells.weight(left);
        boolean enough =
            loads[i] > 0 && (appending || loads[i] + arriving > loads[i - 1] - leaving);
        if (enough || loads[i] + arriving > room || loads[i - 1] == leaving) {
          break;
        }
        loads[i] += arriving;
        loads[i - 1] -= leaving;
        ends[i - 1] = left--;
      }
    }
  }

  /** As many page numbers as needed, ascending: the old ones, then new ones; surplus ones freed. */
  private int[] take(int[] old, int n) {
    int[] numbers = Arrays.copyOf(old, n);
    for (int i = old.length; i < n; i++) {
      numbers[i] = pages.allocate();
    }
    if (n < old.length) {
      int[] sorted = old.clone();
      Arrays.sort(sorted);
      numbers = Arrays.copyOf(sorted, n);
      for (int i = n; i < sorted.length; i++) {
        pages.free(sorted[i]);
      }
    }
    Arrays.sort(numbers);
    return numbers;
  }

  private void divide(CellList dividers, CellList all, int kind, int index, int left) {
    byte[] source = all.sources[index];
    int offset = all.offsets[index];
    int length = all.lengths[index];
    byte[] cell;
    if (kind == BTreePage.LEAF_TABLE) {
      long rowid = Cells.rowid(source, offset, kind, source.length);
      cell = new byte[4 + Varint.lengthOf(rowid)];
      Varint.write(cell, 4, rowid);
    } else if (kind == BTreePage.LEAF_INDEX) {
      cell = new byte[4 + length];
      System.arraycopy(source, offset, cell, 4, length);
    } else {
      cell = Arrays.copyOfRange(source, offset, offset + length);
    }
    Bytes.put32(cell, 0, left);
    dividers.add(cell, 0, cell.length);
  }

  /**
   * Puts new dividers in the place of {@code n} old ones, and {@code right} as the child after
   * them. Returns null, or the content of the parent if that no longer fits or is now too empty.
   */
  private @Nullable CellList replaceDividers(
      int parent, int start, int n, CellList dividers, int right) {
    int header = BTreePage.header(parent);
    byte[] image = store.write(parent);
    for (int i = 0; i < n; i++) {
      int kind = image[header];
      int floor = header + BTreePage.headerSize(kind) + 2 * BTreePage.cellCount(image, header);
      int at = Cells.at(image, header, start, usable);
      PageEditor.remove(image, header, usable, start, Cells.length(image, at, kind, usable, floor));
    }
    Cells.setChild(image, header, start, usable, right);
    int free = PageEditor.free(image, header, usable);
    if (dividers.weight() > free) {
      CellList cells = contentOf(parent);
      for (int i = 0; i < dividers.size; i++) {
        cells.insert(start + i, dividers.sources[i], dividers.offsets[i], dividers.lengths[i]);
      }
      return cells;
    }
    for (int i = 0; i < dividers.size; i++) {
      PageEditor.insert(
          image,
          header,
          usable,
          start + i,
          dividers.sources[i],
          dividers.offsets[i],
          dividers.lengths[i]);
    }
    adopt(parent, image, header);
    boolean empty = BTreePage.cellCount(image, header) == 0;
    return empty || dividers.size < n && isSparse(image, header) ? contentOf(parent) : null;
  }

  /** Whether less than a third of the page is in use. */
  boolean isSparse(byte[] image, int header) {
    return 3 * PageEditor.free(image, header, usable) > 2 * usable;
  }
}
