package dev.turso.cdc.retention;

import dev.turso.btree.TableCursor;
import dev.turso.change.TransactionView;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes the rows of the log have, as one transaction finds them. What was counted is kept in
 * {@code turso_cdc_settings} as {@code FIRST LAST BYTES}: the ids of the rows that the number is of. So
 * only newer rows have to be looked at, whichever process wrote them; if the first row is another one
 * now, all of them. Not safe for use by several threads.
 */
final class LogSize {

  private static final String SETTING = "size";

  /** Rowid and lengths in a cell of a table's leaf, and its pointer. */
  private static final int OVERHEAD = 10;

  private final TransactionView transaction;
  private final TableCursor cursor;
  private @Nullable String stored;
  private long bytes;

  private LogSize(TransactionView transaction, int root) {
    this.transaction = transaction;
    this.cursor = new TableCursor(transaction.store(), root);
  }

  /** Counts the log. */
  static LogSize of(TransactionView transaction, int root) {
    LogSize size = new LogSize(transaction, root);
    size.count();
    return size;
  }

  /** What was counted is not to be relied on any more. */
  static void forget(TransactionView transaction) {
    RetentionSweep.set(transaction, SETTING, null);
  }

  /** The bytes of the row that a cursor of the log is on. */
  static long ofRow(TableCursor row) {
    return (long) row.payloadSize() + OVERHEAD;
  }

  long bytes() {
    return bytes;
  }

  private void count() {
    if (!cursor.first()) {
      return;
    }
    long first = cursor.rowid();
    boolean on = true;
    stored = RetentionSweep.setting(transaction, SETTING);
    long[] known = stored == null ? null : parse(stored);
    if (known != null && known[0] == first && cursor.seek(known[1])) {
      bytes = known[2];
      on = cursor.next();
    } else {
      cursor.first();
    }
    while (on) {
      bytes += ofRow(cursor);
      on = cursor.next();
    }
  }

  private static long @Nullable [] parse(String text) {
    String[] parts = text.split(" ");
    try {
      return new long[] {
        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])
      };
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      // Of another release: counted anew.
      return null;
    }
  }

  /** Keeps the number, after rows of so many bytes were removed. */
  void store(long removed) {
    bytes -= removed;
    String now = null;
    if (cursor.first()) {
      long first = cursor.rowid();
      cursor.last();
      now = first + " " + cursor.rowid() + " " + bytes;
    }
    if (now == null || !now.equals(stored)) {
      RetentionSweep.set(transaction, SETTING, now);
    }
  }
}
