package dev.turso.exec.operator;

import dev.turso.btree.TableCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/** The one row with a given rowid, if there is one and the filter lets it through. */
final class RowidSeekOperator extends Operator {

  private final Frame frame;
  private final TablePlace place;
  private final Node key;
  private final @Nullable Node filter;
  private final RowSource row;
  private final Register value = new Register();
  private final RowCache cache = new RowCache();
  private @Nullable TableCursor cursor;
  private boolean done;

  RowidSeekOperator(Frame frame, TablePlace place, Node key, @Nullable Node filter) {
    this.frame = frame;
    this.place = place;
    this.key = key;
    this.filter = filter;
    this.row = frame.rows[place.source];
  }

  @Override
  public void open() {
    cursor = place.cursor(frame, cursor);
    cache.open(place.store());
    row.absent = false;
    done = false;
  }

  @Override
  public boolean next() {
    if (done) {
      return false;
    }
    done = true;
    TableCursor c = cursor;
    assert c != null;
    value.tag = key.eval(frame);
    value.bits = frame.bits;
    value.ref = frame.ref;
    if (value.tag != Tag.INTEGER && !RowidRange.isRowid(value)
        || !cache.read(c, value.bits, row.record)) {
      return false;
    }
    row.rowid = value.bits;
    return filter == null || filter.truth(frame) == 1;
  }

  @Override
  public void close() {
    cache.clear();
  }
}
