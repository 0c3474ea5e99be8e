package dev.turso.exec.operator;

import dev.turso.btree.TableCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import org.jspecify.annotations.Nullable;

/** All rows of a rowid table, in the order of their rowids or against it, filtered. */
final class TableScanOperator extends Operator {

  private final Frame frame;
  private final TablePlace place;
  private final boolean backward;
  private final @Nullable Node filter;
  private final RowSource row;
  private @Nullable TableCursor cursor;
  private boolean started;

  TableScanOperator(Frame frame, TablePlace place, boolean backward, @Nullable Node filter) {
    this.frame = frame;
    this.place = place;
    this.backward = backward;
    this.filter = filter;
    this.row = frame.rows[place.source];
  }

  @Override
  public void open() {
    cursor = place.cursor(frame, cursor);
    row.absent = false;
    started = false;
  }

  @Override
  public boolean next() {
    TableCursor c = cursor;
    assert c != null;
    while (move(c)) {
      frame.tick();
      row.rowid = c.rowid();
      c.read(row.record);
      if (filter == null || filter.truth(frame) == 1) {
        return true;
      }
    }
    return false;
  }

  private boolean move(TableCursor c) {
    if (started) {
      return backward ? c.previous() : c.next();
    }
    started = true;
    return backward ? c.last() : c.first();
  }

  @Override
  public void close() {}
}
