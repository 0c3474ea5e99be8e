package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.Malformed;
import dev.turso.format.RecordReader;
import dev.turso.format.Varint;
import dev.turso.pager.PageStore;
import java.util.Arrays;

/**
 * A position in an index tree, whose entries are records in the order of a {@link KeyComparator};
 * also the rows of a WITHOUT ROWID table, of which only the first columns are key.
 *
 * <p>Moves, changes by others and the life of slices are as for {@link TableCursor}. A probe may
 * have fewer columns than the key: entries that begin with it are then equal to it. A probe's texts
 * are UTF-8 in every database. Not thread-safe.
 */
public final class IndexCursor extends TreeCursor {

  /** How an entry that equals the probe counts in a search. */
  private static final int EQUAL_STOPS = 0;

  private static final int EQUAL_IS_AFTER = 1;
  private static final int EQUAL_IS_BEFORE = -1;

  private final KeyComparator order;
  private final RecordReader keyReader;

  /** The key that a lost position had. */
  private final KeyProbe key = new KeyProbe();

  private final KeyProbe wanted = new KeyProbe();

  /** Seeks to go from the root before the last leaf is tried again. */
  private int pause;

  private int pauses;

  public IndexCursor(PageStore store, int root, KeyComparator order) {
    super(store, root, false);
    this.order = order;
    this.keyReader = new RecordReader(order.encoding());
  }

  // ---- moves

  public boolean first() {
    enterRoot();
    descendFirst();
    return arrive(0);
  }

  public boolean last() {
    enterRoot();
    descendLast();
    return arrive(count - 1);
  }

  public boolean next() {
    if (state == ON_ROW && slot + 1 < count && leaf() && store.changeCount() == seen) {
      slot++;
      parseCell();
      return true;
    }
    sync();
    switch (state) {
      case NOWHERE:
        return false;
      case LOST, LOST_GAP:
        return seekGreater(key);
      case IN_GAP:
        return slot < count ? arrive(slot) : climbNext();
      default:
        return leaf() ? slot + 1 < count ? arrive(slot + 1) : climbNext() : descendNext();
    }
  }

  private boolean descendNext() {
    slot++;
    enter(childAt(slot));
    descendFirst();
    return arrive(0);
  }

  /** From behind the last cell of a leaf to the cell above it that comes next. */
  private boolean climbNext() {
    if (onRightEdge()) {
      state = NOWHERE;
      return false;
    }
    do {
      leave();
    } while (slot == count);
    return arrive(slot);
  }

  public boolean previous() {
    sync();
    switch (state) {
      case NOWHERE:
        return false;
      case LOST, LOST_GAP:
        return seekLess(key);
      default:
        return leaf() ? stepBack() : descendPrevious();
    }
  }

  private boolean stepBack() {
    return slot > 0 ? arrive(slot - 1) : climbPrevious();
  }

  private boolean descendPrevious() {
    turn();
    enter(childAt(slot));
    descendLast();
    return arrive(count - 1);
  }

  private boolean climbPrevious() {
    int up = level - 1;
    while (up >= 0 && slots[up] == 0) {
      up--;
    }
    if (up < 0) {
      state = NOWHERE;
      return false;
    }
    while (level > up) {
      leave();
    }
    return arrive(slot - 1);
  }

  private boolean arrive(int index) {
    if (index < 0 || index >= count) {
      state = NOWHERE;
      parsed = false;
      return false;
    }
    slot = index;
    state = ON_ROW;
    parseCell();
    return true;
  }

  // ---- seeks

  /** Moves to the first entry that equals the probe. */
  public boolean seek(KeyProbe probe) {
    if (probe.count() >= order.columns()) {
      if (find(probe, EQUAL_STOPS)) {
        return arrive(slot);
      }
    } else if (seekAtLeast(probe) && compare(probe) == 0) {
      return true;
    }
    state = NOWHERE;
    return false;
  }

  /** Moves to the first entry not less than the probe. */
  public boolean seekAtLeast(KeyProbe probe) {
    find(probe, EQUAL_IS_AFTER);
    return slot < count ? arrive(slot) : climbNext();
  }

  /** Moves to the first entry greater than the probe. */
  public boolean seekGreater(KeyProbe probe) {
    find(probe, EQUAL_IS_BEFORE);
    return slot < count ? arrive(slot) : climbNext();
  }

  /** Moves to the last entry not greater than the probe. */
  public boolean seekAtMost(KeyProbe probe) {
    find(probe, EQUAL_IS_BEFORE);
    return stepBack();
  }

  /** Moves to the last entry less than the probe. */
  public boolean seekLess(KeyProbe probe) {
    find(probe, EQUAL_IS_AFTER);
    return stepBack();
  }

  /**
   * Goes to the leaf where the probe belongs and to the first cell there that comes after it; or,
   * if an equal entry stops the search, to that entry wherever it is, and returns true.
   */
  private boolean find(KeyProbe probe, int equal) {
    state = NOWHERE;
    parsed = false;
    if (pause > 0) {
      pause--;
    } else if (level >= 0 && leaf() && (store.changeCount() == seen || pathHolds())) {
      if (leafCovers(probe)) {
        pauses = 0;
        return search(probe, equal);
      }
      pauses = Math.min(pauses + 1, 8);
      pause = pauses;
    }
    enterRoot();
    while (!search(probe, equal)) {
      if (leaf()) {
        return false;
      }
      enter(childAt(slot));
    }
    return true;
  }

  private boolean leafCovers(KeyProbe probe) {
    if (count == 0) {
      return true;
    }
    int last = compareAt(count - 1, probe);
    if (last <= 0 && !onRightEdge()) {
      return false;
    }
    // Where the probe is a prefix, entries equal to it may begin in an earlier leaf.
    return last < 0 || compareAt(0, probe) < 0;
  }

  /** Finds the first cell of the page that comes after the probe. */
  private boolean search(KeyProbe probe, int equal) {
    int low = 0;
    int high = count;
    if (high > 0 && leaf() && onRightEdge()) {
      int c = compareAt(high - 1, probe);
      if (c < 0) {
        slot = high;
        return false;
      }
    }
    while (low < high) {
      // The middle that SQLite takes: where a damaged page is out of order we find the same place.
      int middle = low + high - 1 >>> 1;
      int c = compareAt(middle, probe);
      if (c == 0) {
        if (equal == EQUAL_STOPS) {
          slot = middle;
          return true;
        }
        c = equal;
      }
      if (c < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    slot = low;
    return false;
  }

  private int compareAt(int index, KeyProbe probe) {
    int at = cellAt(index) + (leaf() ? 0 : 4);
    if (at < usable) {
      int size = page[at];
      if (size >= 0 && size <= maxLocal && at + 1 + size <= usable) {
        return order.compare(page, at + 1, size, probe);
      }
    }
    return compareLong(at, probe);
  }

  private int compareLong(int at, KeyProbe probe) {
    long size = varint(at);
    parsePayload(at + Varint.length(page, at), size);
    parsed = false;
    if (local == payloadSize) {
      return order.compare(page, payloadAt, local, probe);
    }
    byte[] whole = Arrays.copyOfRange(page, payloadAt, payloadAt + payloadSize);
    int first = Bytes.i32(page, payloadAt + local);
    OverflowChain.read(store, first, whole, local, payloadSize - local);
    return order.compare(whole, 0, payloadSize, probe);
  }

  /** The sign of the entry the cursor is on against the probe: the end test of a range scan. */
  public int compare(KeyProbe probe) {
    parse();
    return isSlice()
        ? order.compare(page, payloadAt, payloadSize, probe)
        : order.compare(array(), 0, payloadSize, probe);
  }

  // ---- the entry

  /** Whether the cursor is on an entry. */
  public boolean onRow() {
    sync();
    if (state == LOST) {
      if (find(key, EQUAL_STOPS)) {
        arrive(slot);
      } else {
        state = IN_GAP;
      }
    }
    return state == ON_ROW;
  }

  /** The entry's last column as the rowid that an index on a rowid table ends with. */
  public long rowid() {
    return lastColumn(array(), payloadOffset(), payloadSize);
  }

  private static long lastColumn(byte[] record, int offset, int length) {
    int headerSize = length == 0 ? 0 : record[offset];
    if (headerSize < 0) {
      headerSize = (int) Math.min(Varint.read(record, offset, offset + length), length);
    }
    if (headerSize < 2 || headerSize > length) {
      throw Malformed.file();
    }
    int type = record[offset + headerSize - 1];
    int end = offset + length;
    switch (type) {
      case 1:
        return record[end - 1];
      case 2:
        return Bytes.i16(record, end - 2);
      case 3:
        return length < 5 ? malformed() : Bytes.i24(record, end - 3);
      case 4:
        return length < 6 ? malformed() : Bytes.i32(record, end - 4);
      case 5:
        return length < 8 ? malformed() : Bytes.i48(record, end - 6);
      case 6:
        return length < 10 ? malformed() : Bytes.i64(record, end - 8);
      case 8, 9:
        return type - 8;
      default:
        return malformed();
    }
  }

  private static long malformed() {
    throw Malformed.file();
  }

  @Override
  void parse() {
    if (state != ON_ROW || store.changeCount() != seen) {
      if (!onRow()) {
        throw new IllegalStateException("the cursor is on no row");
      }
    }
    if (!parsed) {
      parseCell();
    }
  }

  private void parseCell() {
    int start = cellAt(slot) + (leaf() ? 0 : 4);
    long size = start < usable ? page[start] : -1;
    if (size >= 0) {
      parsePayload(start + 1, size);
    } else {
      size = varint(start);
      parsePayload(start + Varint.length(page, start), size);
    }
    if (written) {
      array();
    } else if (local < payloadSize) {
      // A key that reaches into overflow pages is read now: they may be other keys' later.
      remember();
    }
  }

  /** Keeps the key of the current entry. */
  private void remember() {
    read(keyReader);
    key.load(keyReader, order.columns());
  }

  private void sync() {
    if (store.changeCount() == seen || state == NOWHERE || level >= 0 && pathHolds()) {
      return;
    }
    if (state == ON_ROW) {
      seen = store.changeCount();
      remember();
      lose(LOST);
    } else if (state == IN_GAP) {
      lose(LOST_GAP);
    }
  }

  // ---- changes

  /** Inserts an entry, or replaces the one with an equal key; the cursor is then on it. */
  public void insert(byte[] record, int offset, int length) {
    keyReader.reset(record, offset, length);
    wanted.load(keyReader, order.columns());
    boolean exists = find(wanted, EQUAL_STOPS);
    if (exists) {
      arrive(slot);
      int old = cellLength();
      int child = leaf() ? 0 : childAt(slot);
      freeOverflow();
      int size =
          leaf()
              ? cells().entry(record, offset, length)
              : cells().divider(child, record, offset, length);
      if (old == size) {
        System.arraycopy(cells().cell, 0, edit(), cellAt(slot), size);
        edited(count);
        settle(size);
      } else {
        removeCell(old);
        add(size, false);
      }
    } else {
      add(cells().entry(record, offset, length), slot == count && onRightEdge());
    }
    if (state == LOST) {
      keyReader.reset(Arrays.copyOfRange(record, offset, offset + length), 0, length);
      key.load(keyReader, order.columns());
    }
  }

  /** The length of the current cell, which is parsed. */
  private int cellLength() {
    return payloadAt + local + (local < payloadSize ? 4 : 0) - cellAt(slot);
  }

  /** Puts the cell just built before the current one. */
  private void add(int size, boolean appending) {
    byte[] image = edit();
    if (PageEditor.insert(image, header(), usable, slot, cells().cell, 0, size)) {
      edited(count + 1);
      settle(size);
      return;
    }
    if (appending && level > 0 && appendLeaf(size)) {
      settle(size);
      return;
    }
    CellList content = balancer().contentOf(numbers[level]);
    content.insert(slot, cells().cell, 0, size);
    balancer().balance(numbers, slots, level, content, appending);
    lose(LOST);
  }

  private void settle(int size) {
    if (pages().map.kept()) {
      int first = Cells.overflow(cells().cell, 0, size, kind, usable);
      if (first != 0) {
        pages().map.put(first, PointerMap.FIRST_OVERFLOW, numbers[level]);
      }
      seen = store.changeCount();
    }
    arrive(slot);
  }

  /**
   * Starts a new right-most leaf with the cell, if the parent has room for one divider more: the
   * last cell of the leaf that is full.
   */
  private boolean appendLeaf(int size) {
    int last = count - 1;
    int at = cellAt(last);
    int length = Cells.length(page, at, kind, usable, pointers + 2 * count);
    byte[] divider = new byte[4 + length];
    Bytes.put32(divider, 0, numbers[level]);
    System.arraycopy(page, at, divider, 4, length);
    int parent = numbers[level - 1];
    int header = BTreePage.header(parent);
    byte[] above = store.write(parent);
    if (count < 2
        || !PageEditor.insert(
            above, header, usable, counts[level - 1], divider, 0, divider.length)) {
      return false;
    }
    PageEditor.remove(page, 0, usable, last, length);
    int leaf = pages().allocate();
    byte[] image = store.write(leaf);
    PageEditor.clear(image, 0, BTreePage.LEAF_INDEX, usable);
    PageEditor.insert(image, 0, usable, 0, cells().cell, 0, size);
    Bytes.put32(above, header + BTreePage.RIGHT_CHILD, leaf);
    pages().map.put(leaf, PointerMap.NODE, parent);
    balancer().adopt(parent, above, header);
    leave();
    edit();
    edited(count + 1);
    slot = count;
    turn();
    enter(leaf);
    seen = store.changeCount();
    return true;
  }

  /** Deletes the entry the cursor is on; {@link #next} then goes to the one that followed it. */
  public void delete() {
    parse();
    remember();
    if (!leaf()) {
      deleteInterior();
      lose(LOST_GAP);
      return;
    }
    removeCurrent();
    state = IN_GAP;
    if (shouldMerge()) {
      merge();
      lose(LOST_GAP);
    }
  }

  private void removeCurrent() {
    int size = cellLength();
    freeOverflow();
    removeCell(size);
  }

  private void merge() {
    balancer().balance(numbers, slots, level, balancer().contentOf(numbers[level]), false);
  }

  /**
   * Deletes an entry that divides two children: its predecessor, which is in a leaf, leaves there
   * and takes its place. The leaf is brought into shape in between, so that at each step the tree
   * is one; that may move the entry, even down into a leaf.
   */
  private void deleteInterior() {
    int at = level;
    enter(childAt(slot));
    descendLast();
    int start = cellAt(slot);
    int size = Cells.length(page, start, kind, usable, pointers + 2 * count);
    byte[] moved = new byte[4 + size];
    System.arraycopy(page, start, moved, 4, size);
    removeCell(size);
    if (shouldMerge()) {
      merge();
      enterRoot();
      while (!search(key, EQUAL_STOPS)) {
        if (leaf()) {
          throw Malformed.file();
        }
        enter(childAt(slot));
      }
    } else {
      while (level > at) {
        leave();
      }
    }
    state = ON_ROW;
    parseCell();
    if (leaf()) {
      reinsert(moved);
    } else {
      exchange(moved);
    }
  }

  /** Replaces the current interior cell by another that keeps its child. */
  private void exchange(byte[] moved) {
    int old = cellLength();
    Bytes.put32(moved, 0, childAt(slot));
    freeOverflow();
    byte[] image = removeCell(old);
    if (PageEditor.insert(image, header(), usable, slot, moved, 0, moved.length)) {
      balancer().adopt(numbers[level], image, header());
      return;
    }
    CellList content = balancer().contentOf(numbers[level]);
    content.insert(slot, moved, 0, moved.length);
    balancer().balance(numbers, slots, level, content, false);
  }

  /** The entry to delete has sunk into a leaf: it goes, and its predecessor comes back. */
  private void reinsert(byte[] moved) {
    removeCurrent();
    // The slot that is free now is where the predecessor belongs: nothing is between the two.
    int size = moved.length - 4;
    byte[] image = edit();
    if (PageEditor.insert(image, header(), usable, slot, moved, 4, size)) {
      edited(count + 1);
      balancer().adopt(numbers[level], image, header());
      return;
    }
    CellList content = balancer().contentOf(numbers[level]);
    content.insert(slot, moved, 4, size);
    balancer().balance(numbers, slots, level, content, false);
  }

  /** The number of entries, from the cell counts of the pages. The cursor's position is lost. */
  public long count() {
    return countCells();
  }
}
