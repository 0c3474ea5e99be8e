package dev.turso.exec.operator;

import dev.turso.btree.TableCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/** The rows whose rowids are in a list of values, in the order of the rowids, filtered. */
final class RowidInOperator extends Operator {

  private final Frame frame;
  private final TablePlace place;
  private final ValueList values;
  private final boolean backward;
  private final @Nullable Node filter;
  private final RowSource row;
  private final Register value = new Register();
  private @Nullable TableCursor cursor;
  private int at;

  RowidInOperator(
      Frame frame, TablePlace place, ValueList values, boolean backward, @Nullable Node filter) {
    this.frame = frame;
    this.place = place;
    this.values = values;
    this.backward = backward;
    this.filter = filter;
    this.row = frame.rows[place.source];
  }

  @Override
  public void open() {
    cursor = place.cursor(frame, cursor);
    row.absent = false;
    values.fill(frame, Affinity.NUMERIC, Collation.BINARY);
    at = backward ? values.size() - 1 : 0;
  }

  @Override
  public boolean next() {
    TableCursor c = cursor;
    assert c != null;
    while (backward ? at >= 0 : at < values.size()) {
      value.copyFrom(values.get(backward ? at-- : at++));
      if (RowidRange.isRowid(value) && c.seek(value.bits)) {
        row.rowid = value.bits;
        c.read(row.record);
        if (filter == null || filter.truth(frame) == 1) {
          return true;
        }
      }
      frame.tick();
    }
    return false;
  }

  @Override
  public void close() {}
}
