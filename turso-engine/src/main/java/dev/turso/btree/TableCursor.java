package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.format.RecordBatch;
import dev.turso.format.Varint;
import dev.turso.pager.PageStore;

/**
 * A position in a table tree, whose rows are records keyed by rowid.
 *
 * <p>A move returns whether it found a row; after {@code false} the cursor is on none. The tree may
 * be changed through other cursors meanwhile: this one finds its place again, and if its row has
 * gone, {@link #next} goes to the first row after it and {@link #previous} to the last before it.
 * The row's record is a slice of an array whose content never changes; nothing is allocated per row
 * unless the row overflows its page or this transaction has written the page. Not thread-safe.
 */
public final class TableCursor extends TreeCursor {

  long rowid;

  /** The rowid that a lost position had. */
  private long key;

  /**
   * Whether {@link #floor} and {@link #ceiling} are those of the current leaf: the rowids left and
   * right of it in the pages above, which bound what the leaf can hold, however its rows change.
   */
  private boolean rangeKnown;

  /** Rowids of the leaf are greater; {@link Long#MIN_VALUE} if nothing is to its left. */
  private long floor;

  /** Rowids of the leaf are not greater; {@link Long#MAX_VALUE} if nothing is to its right. */
  private long ceiling;

  private final LeafRows leafRows = new LeafRows(this);

  public TableCursor(PageStore store, int root) {
    super(store, root, true);
  }

  // ---- moves

  public boolean first() {
    enterRoot();
    rangeKnown = false;
    descendFirst();
    return arrive(0);
  }

  public boolean last() {
    if (!(inStep() && onRightEdge())) {
      enterRoot();
      rangeKnown = false;
      descendLast();
    }
    return arrive(count - 1);
  }

  public boolean next() {
    if (state != ON_ROW || store.changeCount() != seen) {
      return nextFromElsewhere();
    }
    if (slot + 1 < count) {
      slot++;
      parsed = false;
      if (written) {
        parse();
      }
      return true;
    }
    return nextLeaf();
  }

  private boolean nextFromElsewhere() {
    sync();
    switch (state) {
      case NOWHERE:
        return false;
      case ON_ROW:
        return slot + 1 < count ? arrive(slot + 1) : nextLeaf();
      case IN_GAP:
        return slot < count ? arrive(slot) : nextLeaf();
      default:
        return key != Long.MAX_VALUE && seekAtLeast(key + 1);
    }
  }

  private boolean nextLeaf() {
    if (onRightEdge()) {
      state = NOWHERE;
      return false;
    }
    do {
      leave();
    } while (slot == count);
    slot++;
    enter(childAt(slot));
    descendFirst();
    rangeKnown = false;
    return arrive(0);
  }

  public boolean previous() {
    sync();
    switch (state) {
      case NOWHERE:
        return false;
      case LOST, LOST_GAP:
        return key != Long.MIN_VALUE && seekAtMost(key - 1);
      default:
        return slot > 0 ? arrive(slot - 1) : previousLeaf();
    }
  }

  private boolean previousLeaf() {
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
    slot--;
    turn();
    enter(childAt(slot));
    descendLast();
    rangeKnown = false;
    return arrive(count - 1);
  }

  /** Puts the cursor on a cell of its leaf, or nowhere if there is none. */
  private boolean arrive(int index) {
    leafRows.forget();
    parsed = false;
    if (index < 0 || index >= count) {
      state = NOWHERE;
      return false;
    }
    slot = index;
    state = ON_ROW;
    if (written) {
      parse();
    }
    return true;
  }

  // ---- a leaf at a time

  /**
   * Goes to the next row and takes it with all that follow it on its leaf; the cursor is then on the
   * last of them. False if there is no next row. The rows hold as long as {@link #isCurrent}.
   */
  public boolean nextLeaf(RecordBatch batch) {
    leafRows.comeBack();
    return next() && leafRows.fill(batch);
  }

  /** A batch of rows as {@link #nextLeaf(RecordBatch)} takes them. */
  public RecordBatch batch() {
    return new RecordBatch(leafRows);
  }

  // ---- seeks

  /** Moves to the row with exactly this rowid. */
  public boolean seek(long rowid) {
    if (find(rowid)) {
      return arrive(slot);
    }
    state = NOWHERE;
    return false;
  }

  /** Moves to the first row whose rowid is at least this. */
  public boolean seekAtLeast(long rowid) {
    find(rowid);
    if (slot < count) {
      return arrive(slot);
    }
    return count == 0 ? arrive(-1) : nextLeaf();
  }

  /** Moves to the first row whose rowid is greater than this. */
  public boolean seekGreater(long rowid) {
    if (rowid == Long.MAX_VALUE) {
      return arrive(-1);
    }
    return seekAtLeast(rowid + 1);
  }

  /** Moves to the last row whose rowid is at most this. */
  public boolean seekAtMost(long rowid) {
    if (find(rowid)) {
      return arrive(slot);
    }
    return slot > 0 ? arrive(slot - 1) : previousLeaf();
  }

  /** Moves to the last row whose rowid is less than this. */
  public boolean seekLess(long rowid) {
    if (rowid == Long.MIN_VALUE) {
      return arrive(-1);
    }
    return seekAtMost(rowid - 1);
  }

  /**
   * Goes to the leaf where a rowid belongs and to the first cell there that is not less; true if
   * that cell is it.
   */
  private boolean find(long wanted) {
    state = NOWHERE;
    if (!inStep() || !leafCovers(wanted)) {
      descend(wanted);
    }
    return findInLeaf(wanted);
  }

  /** Whether the path can be used as it is. */
  private boolean inStep() {
    return level >= 0 && (store.changeCount() == seen || pathHolds());
  }

  private boolean leafCovers(long wanted) {
    if (!rangeKnown) {
      learnRange();
    }
    return wanted <= ceiling && (wanted > floor || floor == Long.MIN_VALUE);
  }

  private void learnRange() {
    floor = Long.MIN_VALUE;
    ceiling = Long.MAX_VALUE;
    boolean hasFloor = false;
    boolean hasCeiling = false;
    for (int i = level - 1; i >= 0; i--) {
      if (!hasFloor && slots[i] > 0) {
        floor = keyAbove(i, slots[i] - 1);
        hasFloor = true;
      }
      if (!hasCeiling && slots[i] < counts[i]) {
        ceiling = keyAbove(i, slots[i]);
        hasCeiling = true;
      }
    }
    rangeKnown = true;
  }

  /** A rowid of an interior page of the path. */
  private long keyAbove(int depth, int index) {
    byte[] image = images[depth];
    int at = Cells.at(image, BTreePage.header(numbers[depth]), index, usable);
    return Cells.rowid(image, at, BTreePage.INTERIOR_TABLE, usable);
  }

  private void descend(long wanted) {
    floor = Long.MIN_VALUE;
    ceiling = Long.MAX_VALUE;
    enterRoot();
    while (!leaf()) {
      slot = childSlot(wanted);
      enter(childAt(slot));
    }
    rangeKnown = true;
  }

  /**
   * The first cell of an interior page whose rowid is at least the one wanted, or the count;
   * narrows the range to that child's.
   */
  private int childSlot(long wanted) {
    if (count == 0) {
      return 0;
    }
    int high = count - 1;
    long highKey = interiorKey(high);
    if (wanted > highKey) {
      floor = highKey;
      return count;
    }
    int low = 0;
    long lowKey = interiorKey(0);
    if (wanted <= lowKey) {
      ceiling = lowKey;
      return 0;
    }
    for (int step = 0; high - low > 1; step++) {
      int middle = guess(step, wanted, low, lowKey, high, high, highKey);
      long middleKey = interiorKey(middle);
      if (middleKey <= lowKey || middleKey >= highKey && high < count) {
        throw Malformed.file();
      }
      if (middleKey < wanted) {
        low = middle;
        lowKey = middleKey;
      } else {
        high = middle;
        highKey = middleKey;
      }
    }
    floor = lowKey;
    ceiling = highKey;
    return high;
  }

  private boolean findInLeaf(long wanted) {
    slot = 0;
    if (count == 0) {
      return false;
    }
    int low = -1;
    int high = count;
    long lowKey = floor;
    long highKey = ceiling;
    if (highKey == Long.MAX_VALUE) {
      high = count - 1;
      highKey = leafKey(high);
      if (wanted > highKey) {
        slot = count;
        return false;
      }
    }
    if (lowKey == Long.MIN_VALUE) {
      low = 0;
      lowKey = leafKey(0);
      if (wanted <= lowKey) {
        return wanted == lowKey;
      }
    }
    boolean found = high < count && highKey == wanted;
    for (int step = 0; high - low > 1 && !found; step++) {
      int middle = guess(step, wanted, low, lowKey, high, Math.min(high, count - 1), highKey);
      long middleKey = leafKey(middle);
      if (middleKey < wanted) {
        low = middle;
        lowKey = middleKey;
      } else {
        high = middle;
        highKey = middleKey;
        found = middleKey == wanted;
      }
    }
    slot = high;
    return found;
  }

  /**
   * Where between two cells to look next: by proportion three times, since rowids are mostly dense,
   * then in the middle, so that the search ends soon whatever they are.
   *
   * @param top the cell that {@code highKey} belongs to, as far as proportion goes
   */
  private static int guess(
      int step, long wanted, int low, long lowKey, int high, int top, long highKey) {
    if (step >= 3) {
      return low + high >>> 1;
    }
    double share = (double) (wanted - lowKey) / (double) (highKey - lowKey);
    int middle = low + (int) (share * (top - low) + 0.5);
    return Math.min(Math.max(middle, low + 1), high - 1);
  }

  private long interiorKey(int index) {
    return varint(cellAt(index) + 4);
  }

  private long leafKey(int index) {
    int at = cellAt(index);
    while (page[at] < 0) {
      if (++at >= usable - 1) {
        throw Malformed.file();
      }
    }
    return varint(at + 1);
  }

  // ---- the row

  /** Whether the cursor is on a row. */
  public boolean onRow() {
    sync();
    if (state == LOST) {
      restore();
    }
    return state == ON_ROW;
  }

  public long rowid() {
    parse();
    return rowid;
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

  void parseCell() {
    byte[] from = page;
    int at = cellAt(slot);
    if (at <= usable - 2 * Varint.MAX_LENGTH) {
      int size = from[at++];
      if (size < 0) {
        int low = from[at++];
        size = (size & 0x7f) << 7 | low;
        if (low < 0) {
          parseWideCell(at - 2);
          return;
        }
      }
      long value = from[at++];
      if (value < 0) {
        int low;
        value &= 0x7f;
        int last = at + 7;
        do {
          low = from[at++];
          value = value << 7 | low & 0x7f;
        } while (low < 0 && at < last);
        if (low < 0) {
          value = value << 8 | from[at++] & 0xff;
        }
      }
      rowid = value;
      parsePayload(at, size);
    } else {
      parseWideCell(at);
    }
  }

  private void parseWideCell(int start) {
    long size = varint(start);
    int at = start + Varint.length(page, start);
    rowid = varint(at);
    parsePayload(at + Varint.length(page, at), size);
  }

  /** Notices that the store has changed and whether the path still holds. */
  private void sync() {
    if (store.changeCount() == seen || state == NOWHERE || level >= 0 && pathHolds()) {
      return;
    }
    if (state == ON_ROW) {
      if (!parsed && !written) {
        parseCell();
      }
      key = rowid;
      lose(LOST);
    } else if (state == IN_GAP) {
      lose(LOST_GAP);
    }
  }

  private void restore() {
    if (find(key)) {
      arrive(slot);
    } else {
      state = IN_GAP;
    }
  }

  // ---- changes

  /** Inserts a row, or replaces the one with this rowid; the cursor is then on it. */
  public void insert(long rowid, byte[] record, int offset, int length) {
    boolean exists = find(rowid);
    if (exists) {
      arrive(slot);
      parse();
      int old = payloadAt + local + (local < payloadSize ? 4 : 0) - cellAt(slot);
      freeOverflow();
      int size = cells().row(rowid, record, offset, length);
      replace(old, size, rowid);
    } else {
      add(cells().row(rowid, record, offset, length), rowid);
    }
  }

  private void add(int size, long rowid) {
    byte[] image = edit();
    if (!PageEditor.insert(image, header(), usable, slot, cells().cell, 0, size)) {
      split(size, rowid);
      return;
    }
    edited(count + 1);
    settle(size, rowid);
  }

  private void replace(int old, int size, long rowid) {
    if (old == size) {
      System.arraycopy(cells().cell, 0, edit(), cellAt(slot), size);
      edited(count);
    } else {
      byte[] image = removeCell(old);
      if (!PageEditor.insert(image, header(), usable, slot, cells().cell, 0, size)) {
        split(size, rowid);
        return;
      }
      edited(count + 1);
      if (old > size && shouldMerge()) {
        balance(balancer().contentOf(numbers[level]), rowid, false);
        return;
      }
    }
    settle(size, rowid);
  }

  /** The cell just built is in place: the cursor is on it, and reads it when it is asked for. */
  private void settle(int size, long rowid) {
    state = ON_ROW;
    if (pages().map.kept()) {
      int first = Cells.overflow(cells().cell, 0, size, BTreePage.LEAF_TABLE, usable);
      if (first != 0) {
        pages().map.put(first, PointerMap.FIRST_OVERFLOW, numbers[level]);
        seen = store.changeCount();
      }
    }
    parsed = false;
    this.rowid = rowid;
  }

  private void split(int size, long rowid) {
    boolean appending = slot == count && onRightEdge();
    if (appending && level > 0 && appendLeaf(size, rowid)) {
      settle(size, rowid);
      return;
    }
    CellList content = balancer().contentOf(numbers[level]);
    content.insert(slot, cells().cell, 0, size);
    balance(content, rowid, appending);
  }

  private void balance(CellList content, long rowid, boolean appending) {
    balancer().balance(numbers, slots, level, content, appending);
    key = rowid;
    lose(LOST);
  }

  /** Starts a new right-most leaf with the cell, if the parent has room for one divider more. */
  private boolean appendLeaf(int size, long rowid) {
    int parent = numbers[level - 1];
    int header = BTreePage.header(parent);
    byte[] divider = new byte[4 + Varint.MAX_LENGTH];
    Bytes.put32(divider, 0, numbers[level]);
    int length = Varint.write(divider, 4, leafKey(count - 1));
    byte[] above = store.write(parent);
    if (!PageEditor.insert(above, header, usable, counts[level - 1], divider, 0, length)) {
      return false;
    }
    int leaf = pages().allocate();
    byte[] image = store.write(leaf);
    PageEditor.clear(image, 0, BTreePage.LEAF_TABLE, usable);
    PageEditor.insert(image, 0, usable, 0, cells().cell, 0, size);
    Bytes.put32(above, header + BTreePage.RIGHT_CHILD, leaf);
    pages().map.put(leaf, PointerMap.NODE, parent);
    leave();
    edit();
    edited(count + 1);
    slot = count;
    turn();
    enter(leaf);
    rangeKnown = false;
    seen = store.changeCount();
    return true;
  }

  /** Deletes the row the cursor is on; {@link #next} then goes to the row that followed it. */
  public void delete() {
    parse();
    key = rowid;
    int size = payloadAt + local + (local < payloadSize ? 4 : 0) - cellAt(slot);
    freeOverflow();
    removeCell(size);
    state = IN_GAP;
    if (shouldMerge()) {
      balancer().balance(numbers, slots, level, balancer().contentOf(numbers[level]), false);
      lose(LOST_GAP);
    }
  }

  /** The number of rows, from the cell counts of the leaves. The cursor's position is lost. */
  public long count() {
    rangeKnown = false;
    return countCells();
  }
}
