package dev.turso.session;

import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeInterest;
import dev.turso.change.ChangeRecorder;
import dev.turso.change.ChangeSet;
import dev.turso.change.Operation;
import dev.turso.change.Origin;
import dev.turso.change.RowChange;
import dev.turso.format.Bytes;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change set of one transaction in one database, as entries in one growing array.
 *
 * <pre>
 *   entry: 4 table number  1 operation  1 origin  1 rowid chosen  1 zero
 *          8 rowid before  8 rowid after  4 length before (-1 none)  4 length after (-1 none)
 *          record before, record after
 * </pre>
 */
final class ChangeLog implements ChangeSet, ChangeRecorder {

  private static final int HEADER = 32;
  private static final Operation[] OPERATIONS = Operation.values();
  private static final Origin[] ORIGINS = Origin.values();

  private final SharedDatabase shared;
  private @Nullable ChangeInterest own;
  private final long interest;
  private final List<Table> tables = new ArrayList<>();
  private byte[] log = {};
  private int end;
  private long count;
  private int lastTable = -1;

  /**
   * @param own what the session itself wants, beyond what the database's readers want
   */
  ChangeLog(SharedDatabase shared, @Nullable ChangeInterest own) {
    this.shared = shared;
    this.own = own;
    this.interest = shared.interest();
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
    System.arraycopy(record, off, log, at, len);
  }

  @Override
  public void deleted(Table table, Origin origin, long rowid, byte[] record, int off, int len) {
    int at = header(table, Operation.DELETE, origin, false, rowid, 0, len, -1);
    System.arraycopy(record, off, log, at, len);
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
    System.arraycopy(before, beforeOff, log, at, beforeLen);
    System.arraycopy(after, afterOff, log, at + beforeLen, afterLen);
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
    int body = Math.max(beforeLength, 0) + Math.max(afterLength, 0);
    if (log.length - end < HEADER + body) {
      log = Arrays.copyOf(log, Math.max(Math.max(1024, log.length * 2), end + HEADER + body));
    }
    Bytes.put32(log, end, number(table));
    log[end + 4] = (byte) operation.ordinal();
    log[end + 5] = (byte) origin.ordinal();
    log[end + 6] = (byte) (chosen ? 1 : 0);
    log[end + 7] = 0;
    Bytes.put64(log, end + 8, before);
    Bytes.put64(log, end + 16, after);
    Bytes.put32(log, end + 24, beforeLength);
    Bytes.put32(log, end + 28, afterLength);
    int at = end + HEADER;
    end = at + body;
    count++;
    return at;
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

  @Override
  public long mark() {
    return end;
  }

  @Override
  public long size() {
    return count;
  }

  @Override
  public long interest() {
    return interest;
  }

  /** Forgets everything after a mark. */
  void truncateTo(long mark) {
    int at = (int) mark;
    while (at < end) {
      int before = Bytes.i32(log, at + 24);
      int after = Bytes.i32(log, at + 28);
      at += HEADER + Math.max(before, 0) + Math.max(after, 0);
      count--;
    }
    end = (int) mark;
  }

  @Override
  public ChangeCursor cursor(long from, long to) {
    return new Cursor((int) from, (int) to);
  }

  private final class Cursor implements ChangeCursor, RowChange {
    private int at = -1;
    private int next;
    private final int limit;

    Cursor(int from, int limit) {
      this.next = from;
      this.limit = limit;
    }

    @Override
    public boolean next() {
      if (next >= limit) {
        return false;
      }
      at = next;
      next = at + HEADER + Math.max(beforeLength(), 0) + Math.max(afterLength(), 0);
      return true;
    }

    @Override
    public RowChange change() {
      return this;
    }

    @Override
    public long position() {
      return next;
    }

    @Override
    public Table table() {
      return tables.get(Bytes.i32(log, at));
    }

    @Override
    public Operation operation() {
      return OPERATIONS[log[at + 4]];
    }

    @Override
    public Origin origin() {
      return ORIGINS[log[at + 5]];
    }

    @Override
    public boolean rowidChosen() {
      return log[at + 6] != 0;
    }

    @Override
    public long rowidBefore() {
      return Bytes.i64(log, at + 8);
    }

    @Override
    public long rowidAfter() {
      return Bytes.i64(log, at + 16);
    }

    @Override
    public byte[] buffer() {
      return log;
    }

    @Override
    public int beforeOffset() {
      return at + HEADER;
    }

    @Override
    public int beforeLength() {
      return Bytes.i32(log, at + 24);
    }

    @Override
    public int afterOffset() {
      return at + HEADER + Math.max(beforeLength(), 0);
    }

    @Override
    public int afterLength() {
      return Bytes.i32(log, at + 28);
    }
  }
}
