package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Register;

/** All rows of the input, in order; equal ones stay in the order they came. */
final class SortOperator extends Operator {

  private final Frame frame;
  private final Operator input;
  private final Node[] keys;
  private final SortedRows rows;
  private final Register[] keyValues;
  private boolean filled;

  SortOperator(Frame frame, Operator input, Node[] keys, RowOrder order, StoredColumns stored) {
    this.frame = frame;
    this.input = input;
    this.keys = keys;
    this.rows = new SortedRows(frame, order, stored);
    this.keyValues = Registers.create(keys.length);
  }

  @Override
  public void open() {
    filled = false;
    rows.clear();
    input.open();
  }

  @Override
  public boolean next() {
    if (!filled) {
      fill();
    }
    return rows.next();
  }

  private void fill() {
    while (input.next()) {
      for (int i = 0; i < keys.length; i++) {
        keys[i].evalInto(frame, keyValues[i]);
      }
      rows.add(keyValues);
    }
    input.close();
    rows.finish();
    filled = true;
  }

  @Override
  public void close() {
    input.close();
    rows.clear();
  }
}
