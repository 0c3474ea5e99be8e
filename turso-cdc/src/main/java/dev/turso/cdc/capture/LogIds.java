package dev.turso.cdc.capture;

import dev.turso.btree.TableCursor;
import dev.turso.change.TransactionView;

/**
 * The ids of the database's own log: ever larger, never used again, and without a write of {@code
 * sqlite_sequence} in every transaction.
 *
 * <p>As for any AUTOINCREMENT table no id is used that is not above both the largest row and the number
 * in {@code sqlite_sequence}; but that number runs ahead of the rows by a block of ids which the process
 * that wrote it may give out. Whoever finds another number there than it wrote itself (another process,
 * a file opened again) starts above it with a block of its own. So ids have gaps.
 *
 * @see <a href="https://www.sqlite.org/autoinc.html">SQLite Autoincrement</a>
 */
final class LogIds {

  private static final long BLOCK = 1000;

  /** A number that no log has: whatever is stored was reserved by others. */
  private static final long OTHERS = Long.MIN_VALUE;

  /** The last id given out in a committed transaction, and the number reserved by then. */
  private long committed;

  private long committedReserve = OTHERS;

  /** Whether the open transaction is about to be committed. */
  private boolean committing;

  private long last;
  private long reserve;
  private boolean open;

  /** Before the first id of a transaction. */
  void begin(TransactionView transaction, TableCursor log) {
    if (open) {
      return;
    }
    long largest = log.last() ? log.rowid() : 0;
    reserve = LogSequence.stored(transaction, LogTable.NAME);
    boolean ours = reserve == committedReserve;
    last = Math.max(largest, ours ? committed : Math.max(reserve, 0));
    open = true;
  }

  /** The ids as one transaction takes them. */
  LogIdSource in(TransactionView transaction) {
    return new LogIdSource() {
      @Override
      public long peek() {
        return last + 1;
      }

      @Override
      public long next() {
        long id = ++last;
        if (id > reserve) {
          reserve = id + BLOCK - 1;
          LogSequence.store(transaction, LogTable.NAME, reserve);
        }
        return id;
      }
    };
  }

  /** All ids of the transaction are given out, and it commits. */
  void commit() {
    committing = open;
  }

  /** A statement, a savepoint, a commit or all was undone: what is reserved is read again. */
  void undone() {
    committing = false;
    open = false;
  }

  /** The transaction has ended: if it was to commit and was not undone, it did. */
  void ended() {
    if (committing) {
      committed = last;
      committedReserve = reserve;
    }
    undone();
  }

  /** Commits may be lost, and with them what they reserved. */
  void lost() {
    committedReserve = OTHERS;
    undone();
  }
}
