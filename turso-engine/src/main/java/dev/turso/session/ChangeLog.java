package dev.turso.session;

import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeInterest;
import dev.turso.change.ChangeRecorder;
import dev.turso.change.ChangeSet;
import dev.turso.change.LoggedRows;
import dev.turso.change.Operation;
import dev.turso.change.Origin;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.format.Bytes;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change set of one transaction in one database, as a run of entries.
 *
 * <pre>
 *   entry: 4 table number  1 operation  1 origin  1 rowid chosen  1 zero
 *          8 rowid before  8 rowid after  4 length before (-1 none)  4 length after (-1 none)
 *          record before, record after
 *
 *   0 ─────────────── base ──────────────── end      a mark is an offset from 0
 *     in a temporary       in one array
 *     file
 * </pre>
 *
 * <p>The array goes to the file whole, when it has reached its limit, and a new one takes its place: who
 * reads a change from an array may go on while more are recorded. No entry lies in both.
 */
final class ChangeLog implements ChangeSet, ChangeRecorder {

  static final int HEADER = 32;
  static final int BEFORE_LENGTH = 24;
  static final int AFTER_LENGTH = 28;

  private static final int SMALLEST = 256;
  private static final int LONGEST_ENTRY = Integer.MAX_VALUE - 1024;

  private final SharedDatabase shared;
  private @Nullable ChangeInterest own;
  private final long interest;
  private final long transaction;
  private final int limit;
  private final List<Table> tables = new ArrayList<>();
  private byte[] tail = {};
  private int used;
  private long base;
  private long count;
  private int lastTable = -1;
  private @Nullable SpilledChanges spilled;
  private @Nullable LoggedRows logged;

  /**
   * @param own what the session itself wants, beyond what the database's readers want
   */
  ChangeLog(SharedDatabase shared, @Nullable ChangeInterest own) {
    this.shared = shared;
    this.own = own;
    this.interest = shared.interest();
    this.transaction = shared.nextTransaction();
    this.limit = shared.changesInMemory();
  }

  /** The session itself wants other tables from now on. */
  void own(@Nullable ChangeInterest interest) {
    own = interest;
  }

  @Override
  public boolean records(Table table) {
    return shared.wants(table) || own != null && own.wants(table);
  }

  @Override
  public void inserted(
      Table table,
      Origin origin,
      boolean rowidChosen,
      long rowid,
      byte[] record,
      int off,
      int len) {
    int at = header(table, Operation.INSERT, origin, rowidChosen, 0, rowid, -1, len);
    System.arraycopy(record, off, tail, at, len);
  }

  @Override
  public void deleted(Table table, Origin origin, long rowid, byte[] record, int off, int len) {
    int at = header(table, Operation.DELETE, origin, false, rowid, 0, len, -1);
    System.arraycopy(record, off, tail, at, len);
  }

  @Override
  public void updated(
      Table table,
      Origin origin,
      long rowidBefore,
      byte[] before,
      int beforeOff,
      int beforeLen,
      long rowidAfter,
      byte[] after,
      int afterOff,
      int afterLen) {
    int at =
        header(
            table, Operation.UPDATE, origin, false, rowidBefore, rowidAfter, beforeLen, afterLen);
    System.arraycopy(before, beforeOff, tail, at, beforeLen);
    System.arraycopy(after, afterOff, tail, at + beforeLen, afterLen);
  }

  private int header(
      Table table,
      Operation operation,
      Origin origin,
      boolean chosen,
      long before,
      long after,
      int beforeLength,
      int afterLength) {
    int start = reserve((long) HEADER + Math.max(beforeLength, 0) + Math.max(afterLength, 0));
    Bytes.put32(tail, start, number(table));
    tail[start + 4] = (byte) operation.ordinal();
    tail[start + 5] = (byte) origin.ordinal();
    tail[start + 6] = (byte) (chosen ? 1 : 0);
    tail[start + 7] = 0;
    Bytes.put64(tail, start + 8, before);
    Bytes.put64(tail, start + 16, after);
    Bytes.put32(tail, start + BEFORE_LENGTH, beforeLength);
    Bytes.put32(tail, start + AFTER_LENGTH, afterLength);
    count++;
    return start + HEADER;
  }

  /** Makes room for an entry, and returns where it starts in the array. */
  private int reserve(long length) {
    if (length > LONGEST_ENTRY) {
      throw new SqlException(ResultCode.TOOBIG, "string or blob too big");
    }
    if (used > 0 && used + length > limit) {
      spill();
    }
    if (tail.length - used < length) {
      long doubled = Math.min(Math.max(SMALLEST, tail.length * 2L), limit);
      tail = Arrays.copyOf(tail, (int) Math.max(doubled, used + length));
    }
    int start = used;
    used += (int) length;
    return start;
  }

  private void spill() {
    SpilledChanges file = spilled;
    if (file == null) {
      file = new SpilledChanges(shared.openTemporary());
      spilled = file;
    }
    file.write(base, tail, used);
    base += used;
    used = 0;
    tail = new byte[Math.min(tail.length, limit)];
  }

  private int number(Table table) {
    if (lastTable >= 0 && tables.get(lastTable) == table) {
      return lastTable;
    }
    for (int i = tables.size() - 1; i >= 0; i--) {
      if (tables.get(i) == table) {
        lastTable = i;
        return i;
      }
    }
    tables.add(table);
    lastTable = tables.size() - 1;
    return lastTable;
  }

  Table table(int number) {
    return tables.get(number);
  }

  @Override
  public long mark() {
    return base + used;
  }

  @Override
  public long size() {
    return count;
  }

  @Override
  public long interest() {
    return interest;
  }

  @Override
  public long transaction() {
    return transaction;
  }

  @Override
  public @Nullable LoggedRows logged() {
    return logged;
  }

  @Override
  public void logged(LoggedRows rows) {
    logged = rows;
  }

  /** How many bytes of changes participants are to be given at a time. */
  int stepBytes() {
    return limit / 4;
  }

  /** Forgets everything after a mark. */
  void truncateTo(long mark) {
    ChangeCursor cursor = cursor(mark, mark());
    while (cursor.next()) {
      count--;
    }
    if (mark >= base) {
      used = (int) (mark - base);
    } else {
      base = mark;
      used = 0;
    }
  }

  /** Gives up the file at once: nobody will read these changes any more. */
  void discard() {
    SpilledChanges file = spilled;
    if (file != null) {
      file.close();
      spilled = null;
    }
  }

  // ---- for cursors ----

  /** Where the part in memory starts. */
  long base() {
    return base;
  }

  byte[] tail() {
    return tail;
  }

  SpilledChanges spilled() {
    SpilledChanges file = spilled;
    if (file == null) {
      throw new IllegalStateException("the changes are discarded");
    }
    return file;
  }

  @Override
  public ChangeCursor cursor(long from, long to) {
    return new ChangeLogCursor(this, from, to);
  }
}
