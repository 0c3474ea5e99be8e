package dev.turso.exec.operator;

import dev.turso.btree.TableCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.exec.expression.RowVector;
import org.jspecify.annotations.Nullable;

/** All rows of a rowid table, in the order of their rowids or against it, filtered. */
final class TableScanOperator extends Operator {

  private final Frame frame;
  private final TablePlace place;
  private final boolean backward;
  private final @Nullable Node filter;
  private final RowSource row;
  private final TableRows rows;
  private final FilteredRows filtered;
  private @Nullable TableCursor cursor;
  private boolean started;

  TableScanOperator(Frame frame, TablePlace place, boolean backward, @Nullable Node filter) {
    this.frame = frame;
    this.place = place;
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
    if (!backward) {
      rows.open(c, Long.MIN_VALUE, Long.MAX_VALUE);
    }
  }

  @Override
  public boolean next() {
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
    return backward ? super.nextRows() : filtered.nextRows();
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
    while (started ? c.previous() : c.last()) {
      started = true;
      frame.tick();
      row.rowid = c.rowid();
      c.read(row.record);
      if (filter == null || filter.truth(frame) == 1) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {}
}
