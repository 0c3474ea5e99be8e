package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.KeyComparator;
import dev.turso.format.Malformed;
import dev.turso.pager.PageStore;

/**
 * Creates, empties and drops the trees of one database.
 *
 * <p>Stateless but for the store; one transaction, one thread at a time.
 */
public final class BTrees {

  private final PageStore store;

  public BTrees(PageStore store) {
    this.store = store;
  }

  /** Creates an empty table tree, keyed by rowid, and returns its root page. */
  public int createTable() {
    return create(BTreePage.LEAF_TABLE);
  }

  /** Creates an empty index tree, also for a WITHOUT ROWID table, and returns its root page. */
  public int createIndex() {
    return create(BTreePage.LEAF_INDEX);
  }

  private int create(int kind) {
    PageAllocator pages = new PageAllocator(store);
    int root = pages.map.kept() ? new RootPages(pages).open() : pages.allocate();
    PageEditor.clear(store.write(root), 0, kind, store.usableSize());
    pages.map.put(root, PointerMap.ROOT, 0);
    return root;
  }

  /**
   * Frees all pages of a tree, its root too. In an auto-vacuum database the last root may move into
   * the gap: returns the former number of the root that is now {@code root}, or 0 if none moved.
   */
  public int drop(int root) {
    PageAllocator pages = new PageAllocator(store);
    clear(root);
    if (pages.map.kept()) {
      return new RootPages(pages).close(root);
    }
    pages.free(root);
    return 0;
  }

  /** Removes all entries of a tree and returns how many there were. */
  public long clear(int root) {
    PageAllocator pages = new PageAllocator(store);
    int header = BTreePage.header(root);
    int kind = store.read(root)[header] | 8;
    if (kind != BTreePage.LEAF_TABLE && kind != BTreePage.LEAF_INDEX) {
      throw Malformed.file();
    }
    long rows = new Clearing(pages, kind).clear(root, 0);
    PageEditor.clear(store.write(root), header, kind, store.usableSize());
    return rows;
  }

  /** Copies all rows of a table tree of another store, in order, to an empty tree of this one. */
  public void copyTable(PageStore from, int fromRoot, int toRoot, Runnable progress) {
    TreeBuilder to = TreeBuilder.table(store, toRoot);
    TableCursor cursor = new TableCursor(from, fromRoot);
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      progress.run();
      to.add(cursor.rowid(), cursor.array(), cursor.payloadOffset(), cursor.payloadLength());
    }
    to.finish();
  }

  /**
   * Copies all entries of an index tree of another store, in order, to an empty tree of this one.
   */
  public void copyIndex(PageStore from, int fromRoot, int toRoot, Runnable progress) {
    TreeBuilder to = TreeBuilder.index(store, toRoot);
    IndexCursor cursor = new IndexCursor(from, fromRoot, KeyComparator.binary(0));
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      progress.run();
      to.add(cursor.array(), cursor.payloadOffset(), cursor.payloadLength());
    }
    to.finish();
  }
}
