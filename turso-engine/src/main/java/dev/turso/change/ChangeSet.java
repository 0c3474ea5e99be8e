package dev.turso.change;

import org.jspecify.annotations.Nullable;

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

  /**
   * A number that no other transaction in this database has while it is open. Who keeps something for
   * the transaction that writes compares it: another one may write while a commit becomes durable.
   */
  long transaction();

  /** Where a durable log has this transaction, or null; known from its commit on. */
  default @Nullable LoggedRows logged() {
    return null;
  }

  /** Says where a durable log has this transaction: its writer does, before the commit. */
  default void logged(LoggedRows rows) {}

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
