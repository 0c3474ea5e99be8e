package dev.turso.session;

import dev.turso.change.ChangeCursor;
import dev.turso.change.Operation;
import dev.turso.change.Origin;
import dev.turso.change.RowChange;
import dev.turso.format.Bytes;
import dev.turso.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries of a {@link ChangeLog} in order: those in memory where they are, those in the file through
 * a window that moves along. More may be recorded meanwhile.
 */
final class ChangeLogCursor implements ChangeCursor, RowChange {

  private static final int WINDOW = 1 << 16;
  private static final Operation[] OPERATIONS = Operation.values();
  private static final Origin[] ORIGINS = Origin.values();

  private final ChangeLog log;
  private final long limit;
  private long next;

  private byte[] window = {};
  private long windowStart;
  private int windowLength;

  /** The array with the current entry, and where it starts there. */
  private byte[] buffer = {};

  private int at;

  /** The current entry's table, once it was asked for. */
  private @Nullable Table table;

  ChangeLogCursor(ChangeLog log, long from, long limit) {
    this.log = log;
    this.next = from;
    this.limit = limit;
  }

  @Override
  public boolean next() {
    if (next >= limit) {
      return false;
    }
    if (next >= log.base()) {
      buffer = log.tail();
      at = (int) (next - log.base());
    } else {
      require(ChangeLog.HEADER);
      require(length());
    }
    next += length();
    table = null;
    return true;
  }

  private int length() {
    return ChangeLog.HEADER + Math.max(beforeLength(), 0) + Math.max(afterLength(), 0);
  }

  /** Has so many bytes from {@link #next} on in the window. */
  private void require(int length) {
    if (next < windowStart || next + length > windowStart + windowLength) {
      long left = Math.min(log.base() - next, Math.max(WINDOW, length));
      // A new one each time: whoever maintains something may keep slices of the old.
      window = new byte[(int) left];
      log.spilled().readFully(next, window, (int) left);
      windowStart = next;
      windowLength = (int) left;
    }
    buffer = window;
    at = (int) (next - windowStart);
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
    Table known = table;
    if (known == null) {
      known = log.table(Bytes.i32(buffer, at));
      table = known;
    }
    return known;
  }

  @Override
  public Operation operation() {
    return OPERATIONS[buffer[at + 4]];
  }

  @Override
  public Origin origin() {
    return ORIGINS[buffer[at + 5]];
  }

  @Override
  public boolean rowidChosen() {
    return buffer[at + 6] != 0;
  }

  @Override
  public long rowidBefore() {
    return Bytes.i64(buffer, at + 8);
  }

  @Override
  public long rowidAfter() {
    return Bytes.i64(buffer, at + 16);
  }

  @Override
  public byte[] buffer() {
    return buffer;
  }

  @Override
  public int beforeOffset() {
    return at + ChangeLog.HEADER;
  }

  @Override
  public int beforeLength() {
    return Bytes.i32(buffer, at + ChangeLog.BEFORE_LENGTH);
  }

  @Override
  public int afterOffset() {
    return at + ChangeLog.HEADER + Math.max(beforeLength(), 0);
  }

  @Override
  public int afterLength() {
    return Bytes.i32(buffer, at + ChangeLog.AFTER_LENGTH);
  }
}
