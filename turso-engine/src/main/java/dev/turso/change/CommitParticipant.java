package dev.turso.change;

/**
 * Takes part in transactions before they commit: maintains what is derived from rows, in the same
 * transaction.
 *
 * <p>Every state that a participant keeps across calls in one transaction must follow marks: {@link
 * #rollbackTo} names the mark that everything after is forgotten from. Pages need no care; the pager
 * restores them.
 */
public interface CommitParticipant extends ChangeInterest {

  /**
   * Maintains the changes between two marks. Called before a read of a maintained table, before DDL
   * and at COMMIT, never twice for the same changes unless they were rolled back in between.
   */
  void maintain(TransactionView transaction, ChangeSet changes, long from, long to);

  /**
   * A statement or savepoint was rolled back: changes from this mark on never happened. Or a commit
   * failed, and the transaction goes on as it was before {@link #beforeCommit}: the mark is then the
   * end, and what that call wrote is undone.
   */
  default void rollbackTo(long mark) {}

  /**
   * The transaction is about to write its commit: the last chance to refuse by throwing. Called for
   * every commit, also of a transaction without recorded changes; again when a commit is tried again
   * that failed, after {@link #rollbackTo}.
   */
  default void beforeCommit(TransactionView transaction, ChangeSet changes) {}

  /**
   * An INSERT, UPDATE or DELETE is about to end that is a transaction of its own, whether or not it
   * changed rows. Only participants of the session alone are told.
   */
  default void statementEnds() {}

  /**
   * The transaction ended, on its thread: after a commit, when the next writer may have begun, or
   * before its pages are rolled back.
   *
   * @param transaction the number of its {@linkplain ChangeSet#transaction change set}, 0 if it had none
   */
  default void afterTransaction(long transaction, boolean committed) {}

  /**
   * A commit that had given up its turn turned out to be lost, as the disk failed; what was written on
   * top of it will be lost, too. The next writer may have begun.
   */
  default void commitLost(long transaction) {
    afterTransaction(transaction, false);
  }
}
