package dev.turso.btree;

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
    throw new UnsupportedOperationException();
  }

  /** Creates an empty index tree, also for a WITHOUT ROWID table, and returns its root page. */
  public int createIndex() {
    throw new UnsupportedOperationException();
  }

  /**
   * Frees all pages of a tree, its root too. In an auto-vacuum database the last root may move into
   * the gap: returns the former number of the root that is now {@code root}, or 0 if none moved.
   */
  public int drop(int root) {
    throw new UnsupportedOperationException();
  }

  /** Removes all entries of a tree and returns how many there were. */
  public long clear(int root) {
    throw new UnsupportedOperationException();
  }
}
