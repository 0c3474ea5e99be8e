package dev.turso.exec.operator;

import dev.turso.btree.TableCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.exec.expression.RowVector;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a rowid table in the order of their rowids or against it, all of them or those between
 * two bounds, filtered.
 */
final class TableScanOperator extends Operator {

  private final Frame frame;
  private final TablePlace place;
  private final @Nullable Node lower;
  private final boolean lowerExclusive;
  private final @Nullable Node upper;
  private final boolean upperExclusive;
  private final boolean backward;
  private final @Nullable Node filter;
  private final RowSource row;
  private final RowidRange range = new RowidRange();
  private final Register bound = new Register();
  private final TableRows rows;
  private final FilteredRows filtered;
  private @Nullable TableCursor cursor;
  private boolean started;

  /** All rows. */
  TableScanOperator(Frame frame, TablePlace place, boolean backward, @Nullable Node filter) {
    this(frame, place, null, false, null, false, backward, filter);
  }

  TableScanOperator(
      Frame frame,
      TablePlace place,
      @Nullable Node lower,
      boolean lowerExclusive,
      @Nullable Node upper,
      boolean upperExclusive,
      boolean backward,
      @Nullable Node filter) {
    this.frame = frame;
    this.place = place;
    this.lower = lower;
    this.lowerExclusive = lowerExclusive;
    this.upper = upper;
    this.upperExclusive = upperExclusive;
    this.backward = backward;
    this.filter = filter;
    this.row = frame.rows[place.source];
    this.rows = new TableRows(frame, row);
    this.filtered = new FilteredRows(frame, rows, filter);
  }

  @Override
  public void open() {
    TableCursor c = place.cursor(frame, cursor);
    cursor = c;
    row.absent = false;
    row.batch = null;
    started = false;
    range.all();
    if (lower != null) {
      lower.evalInto(frame, bound);
      range.atLeast(bound, lowerExclusive);
    }
    if (upper != null) {
      upper.evalInto(frame, bound);
      range.atMost(bound, upperExclusive);
    }
    if (!backward) {
      rows.open(c, range.low, range.high);
    }
  }

  @Override
  public boolean next() {
    if (range.empty) {
      return false;
    }
    if (backward) {
      return nextBackward();
    }
    while (rows.next()) {
      if (filter == null || filter.truth(frame) == 1) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int nextRows() {
    return backward || range.empty ? super.nextRows() : filtered.nextRows();
  }

  @Override
  public void show(int i) {
    filtered.show(i);
  }

  @Override
  public @Nullable RowVector vector() {
    return filtered.vector();
  }

  private boolean nextBackward() {
    TableCursor c = cursor;
    assert c != null;
    while (started ? c.previous() : toLast(c)) {
      started = true;
      long rowid = c.rowid();
      if (rowid < range.low) {
        return false;
      }
      frame.tick();
      row.rowid = rowid;
      c.read(row.record);
      if (filter == null || filter.truth(frame) == 1) {
        return true;
      }
    }
    return false;
  }

  private boolean toLast(TableCursor c) {
    return upper == null ? c.last() : c.seekAtMost(range.high);
  }

  @Override
  public void close() {}
}
