package dev.turso.exec.operator;

import dev.turso.btree.TableCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.RowSource;
import dev.turso.exec.expression.RowVector;
import dev.turso.format.RecordBatch;
import dev.turso.format.TextEncoding;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table in the order of their rowids, from one to another: one by one at first, and a
 * leaf at a time when there are many.
 *
 * <p>When something is written meanwhile, which may change the leaf, it goes on one by one.
 */
final class TableRows {

  /** A scan that ends before this many rows does not pay for decoding whole leaves. */
  private static final int ROWS_BEFORE_LEAVES = 32;

  private static final int NEVER = Integer.MIN_VALUE;

  private final Frame frame;
  private final RowSource row;
  private @Nullable TableCursor cursor;
  private @Nullable RecordBatch batch;
  private @Nullable RowVector vector;
  private long low;
  private long high;

  /** Rows given one by one, 0 before the first. */
  private int singles;

  private boolean started;

  TableRows(Frame frame, RowSource row) {
    this.frame = frame;
    this.row = row;
  }

  /** Starts before the first row of the range. */
  void open(TableCursor on, long from, long to) {
    if (on != cursor) {
      cursor = on;
      batch = null;
      vector = null;
    }
    low = from;
    high = to;
    started = false;
    singles = row.record.encoding() == TextEncoding.UTF_8 ? 0 : NEVER;
    row.batch = null;
  }

  /** Makes the next row current. */
  boolean next() {
    RecordBatch b = row.batch;
    return b == null ? nextSingle() : nextOf(b);
  }

  private boolean nextOf(RecordBatch b) {
    TableCursor c = cursor;
    assert c != null;
    frame.tick();
    int i = b.row() + 1;
    if (!c.isCurrent()) {
      return goOnSingly(c);
    }
    if (i == b.count()) {
      if (!c.nextLeaf(b)) {
        row.batch = null;
        return false;
      }
      i = 0;
    }
    long rowid = b.move(i);
    row.rowid = rowid;
    return rowid <= high;
  }

  /**
   * Moves to the rest of a leaf, or to one row.
   *
   * @return whether there is any; the rows are in {@link #vector()}, or the one row is current
   */
  boolean nextRows() {
    TableCursor c = cursor;
    assert c != null;
    if (row.batch == null) {
      if (!nextSingle()) {
        return false;
      }
      if (row.batch == null) {
        return true;
      }
      fill(row.batch);
      return true;
    }
    frame.tick();
    if (!c.isCurrent()) {
      row.rowid = row.batch.key(row.batch.count() - 1);
      return goOnSingly(c);
    }
    if (!c.nextLeaf(row.batch)) {
      row.batch = null;
      return false;
    }
    return fill(row.batch);
  }

  private boolean fill(RecordBatch b) {
    RowVector v = vector;
    if (v == null) {
      v = new RowVector(row, b);
      vector = v;
    }
    v.fill(0, high);
    return v.count() > 0;
  }

  /** The rows moved to, unless it is a single one. */
  @Nullable RowVector vector() {
    return row.batch == null ? null : vector;
  }

  private boolean goOnSingly(TableCursor c) {
    row.batch = null;
    singles = NEVER;
    return c.seekGreater(row.rowid) && arrive(c);
  }

  private boolean nextSingle() {
    TableCursor c = cursor;
    assert c != null;
    frame.tick();
    if (!started) {
      started = true;
      return (low == Long.MIN_VALUE ? c.first() : c.seekAtLeast(low)) && arrive(c);
    }
    if (singles > ROWS_BEFORE_LEAVES) {
      return startLeaves(c);
    }
    return c.next() && arrive(c);
  }

  private boolean arrive(TableCursor c) {
    singles++;
    long rowid = c.rowid();
    if (rowid > high) {
      return false;
    }
    row.rowid = rowid;
    c.read(row.record);
    return true;
  }

  private boolean startLeaves(TableCursor c) {
    RecordBatch b = batch;
    if (b == null) {
      b = c.batch();
      batch = b;
    }
    if (!c.nextLeaf(b)) {
      return false;
    }
    row.batch = b;
    long rowid = b.move(0);
    row.rowid = rowid;
    return rowid <= high;
  }
}
