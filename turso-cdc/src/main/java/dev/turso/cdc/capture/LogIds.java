package dev.turso.cdc.capture;

import dev.turso.btree.TableCursor;
import dev.turso.change.TransactionView;
import org.jspecify.annotations.Nullable;

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
final class LogIds implements LogIdSource {

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

  /** The transaction that ids are given in. */
  private @Nullable TransactionView writing;

  private final LogSequence sequence = new LogSequence(LogTable.NAME);

  /** Before the first id of a transaction. */
  void begin(TransactionView transaction, TableCursor log) {
    writing = transaction;
    if (open) {
      return;
    }
    long largest = log.last() ? log.rowid() : 0;
    reserve = sequence.stored(transaction);
    boolean ours = reserve == committedReserve;
    last = Math.max(largest, ours ? committed : Math.max(reserve, 0));
    open = true;
  }

  @Override
  public long peek() {
    return last + 1;
  }

  @Override
  public long next() {
    long id = last + 1;
    if (id > reserve) {
      if (writing == null) {
        throw new IllegalStateException("no transaction takes ids");
      }
      reserve = id + BLOCK - 1;
      sequence.store(writing, reserve);
    }
    last = id;
    return id;
  }

  /** All ids of the transaction are given out, and it commits. */
  void commit() {
    committing = open;
  }

  /** A statement, a savepoint, a commit or all was undone: what is reserved is read again. */
  void undone() {
    committing = false;
    open = false;
    writing = null;
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
