package dev.turso.change;

/**
 * The row changes of one transaction in one database file, in the order in which they were written.
 *
 * <p>Used by the transaction's thread until it commits; immutable after that.
 */
public interface ChangeSet {

  /** The end: the mark after the newest change. */
  long mark();

  /** How many changes there are. */
  long size();

  /**
   * How many times interest had changed when the transaction began: what somebody who came later wants
   * may be missing here.
   */
  long interest();

  default boolean isEmpty() {
    return size() == 0;
  }

  /** The changes between two marks. */
  ChangeCursor cursor(long from, long to);

  /** All changes. */
  default ChangeCursor cursor() {
    return cursor(0, mark());
  }
}
