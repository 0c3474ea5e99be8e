package dev.turso.btree;

import dev.turso.error.DatabaseException;
import dev.turso.format.Bytes;
import dev.turso.pager.PageStore;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The page level of {@code PRAGMA integrity_check}: each page is used exactly once, each tree is
 * one, the free list and the pointer map say what is. Messages are SQLite's, word for word.
 *
 * <p>Whether indexes and rows agree is not seen from here. Finds damage, never throws for it, and
 * ends in time proportional to the file. For one thread; reads only.
 */
public final class IntegrityCheck {

  private static final int CORRUPT = 11;

  final PageStore store;
  final int usable;
  private final int[] roots;
  private final long[] entries;
  private final boolean partial;
  private final int maxErrors;
  private final List<String> messages = new ArrayList<>();
  private final BitSet used = new BitSet();
  private final boolean mapped;
  private final PointerMap map;

  private IntegrityCheck(PageStore store, int[] roots, int maxErrors, boolean partial) {
    this.store = store;
    this.usable = store.usableSize();
    this.roots = roots.clone();
    this.entries = new long[roots.length];
    this.maxErrors = maxErrors;
    this.partial = partial;
    this.map = new PointerMap(store);
    this.mapped = store.pageCount() > 0 && map.kept();
  }

  /**
   * A check of the whole file.
   *
   * @param roots the root of every tree, the schema table's 1 included; 0 is passed over
   * @param maxErrors stop after so many messages, at least 1
   */
  public static IntegrityCheck ofDatabase(PageStore store, int[] roots, int maxErrors) {
    return new IntegrityCheck(store, roots, maxErrors, false);
  }

  /** A check of some trees only: neither the free list nor whether every page is used. */
  public static IntegrityCheck ofTrees(PageStore store, int[] roots, int maxErrors) {
    return new IntegrityCheck(store, roots, maxErrors, true);
  }

  /** Runs the check; nothing found is an empty list. */
  public List<String> run() {
    used.set(PageAllocator.lockPage(store));
    if (!partial) {
      checkFreeList();
      checkLargestRoot();
    }
    for (int i = 0; i < roots.length && !full(); i++) {
      if (roots[i] != 0) {
        if (mapped && roots[i] > 1 && !partial) {
          checkMap("", roots[i], PointerMap.ROOT, 0);
        }
        TreeCheck check = new TreeCheck(this, roots[i]);
        check.run();
        entries[i] = check.entries();
      }
    }
    if (!partial) {
      checkAllUsed();
    }
    return List.copyOf(messages);
  }

  /** How many rows or index entries the {@code i}th tree has; after {@link #run}. */
  public long entries(int i) {
    return entries[i];
  }

  private void checkFreeList() {
    byte[] first = store.read(1);
    int trunk = Bytes.i32(first, PageAllocator.FIRST_TRUNK);
    int expected = Bytes.i32(first, PageAllocator.FREE_PAGES);
    checkChain("Freelist: ", true, trunk, expected);
  }

  private void checkLargestRoot() {
    byte[] first = store.read(1);
    if (mapped) {
      int largest = 0;
      for (int root : roots) {
        largest = Math.max(largest, root);
      }
      int claimed = Bytes.i32(first, PointerMap.LARGEST_ROOT);
      if (largest != claimed) {
        report("max rootpage (" + largest + ") disagrees with header (" + unsigned(claimed) + ")");
      }
    } else if (Bytes.i32(first, PointerMap.INCREMENTAL) != 0) {
      report("incremental_vacuum enabled with a max rootpage of zero");
    }
  }

  private void checkAllUsed() {
    for (int page = 1; page <= store.pageCount() && !full(); page++) {
      boolean isMap = mapped && PointerMap.mapPageOf(store, page) == page;
      if (!used.get(page) && !isMap) {
        report("Page " + page + ": never used");
      } else if (used.get(page) && isMap) {
        report("Page " + page + ": pointer map referenced");
      }
    }
  }

  /**
   * Follows the trunks of the free list, or an overflow chain.
   *
   * @param expected how many pages there should be
   */
  void checkChain(String where, boolean freeList, int first, int expected) {
    int errors = messages.size();
    int left = expected;
    int page = first;
    while (page != 0 && !full() && use(where, page)) {
      left--;
      byte[] image;
      try {
        image = store.read(page);
      } catch (DatabaseException e) {
        report(where + "failed to get page " + unsigned(page));
        break;
      }
      if (freeList) {
        left -= checkTrunk(where, page, image);
      } else if (mapped && left != 0) {
        checkMap(where, Bytes.i32(image, 0), PointerMap.NEXT_OVERFLOW, page);
      }
      page = Bytes.i32(image, 0);
    }
    if (left != 0 && errors == messages.size()) {
      String what = freeList ? "size" : "overflow list length";
      String is = unsigned(expected - left);
      report(where + what + " is " + is + " but should be " + unsigned(expected));
    }
  }

  /** Checks the leaves of a trunk and returns how many pages it accounts for beside itself. */
  private int checkTrunk(String where, int page, byte[] image) {
    if (mapped) {
      checkMap(where, page, PointerMap.FREE, 0);
    }
    int leaves = Bytes.i32(image, 4);
    if (leaves < 0 || leaves > usable / 4 - 2) {
      report(where + "freelist leaf count too big on page " + page);
      return 1;
    }
    for (int i = 0; i < leaves; i++) {
      int leaf = Bytes.i32(image, 8 + 4 * i);
      if (mapped) {
        checkMap(where, leaf, PointerMap.FREE, 0);
      }
      use(where, leaf);
    }
    return leaves;
  }

  /** Notes that a page is used; false and a message if it does not exist or already was. */
  boolean use(String where, int page) {
    if (page < 1 || page > store.pageCount()) {
      report(where + "invalid page number " + unsigned(page));
      return false;
    }
    if (used.get(page)) {
      report(where + "2nd reference to page " + page);
      return false;
    }
    used.set(page);
    return true;
  }

  boolean mapped() {
    return mapped;
  }

  void checkMap(String where, int page, int kind, int parent) {
    int isKind;
    int isParent;
    try {
      isKind = map.kind(page);
      isParent = map.parent(page);
    } catch (DatabaseException e) {
      report(where + "Failed to read ptrmap key=" + unsigned(page));
      return;
    }
    if (isKind != kind || isParent != parent) {
      String expected = "(" + kind + "," + unsigned(parent) + ")";
      String got = "(" + isKind + "," + unsigned(isParent) + ")";
      report(where + "Bad ptr map entry key=" + page + " expected=" + expected + " got=" + got);
    }
  }

  /** Whether there are as many messages as were asked for. */
  boolean full() {
    return messages.size() >= maxErrors;
  }

  void report(String message) {
    if (!full()) {
      messages.add(message);
    }
  }

  static String unsigned(int n) {
    return Integer.toUnsignedString(n);
  }

  static String initError() {
    return "btreeInitPage() returns error code " + CORRUPT;
  }
}
