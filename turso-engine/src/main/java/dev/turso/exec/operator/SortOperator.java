package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Register;

/** All rows of the input, in order; equal ones stay in the order they came. */
final class SortOperator extends Operator {

  private final Frame frame;
  private final Operator input;
  private final Node[] keys;
  private final RowOrder order;
  private final StoredColumns stored;
  private final Register[] keyValues;
  private final RowBuffer rows = new RowBuffer();
  private int[] sorted = {};
  private int at;
  private boolean filled;

  SortOperator(Frame frame, Operator input, Node[] keys, RowOrder order, StoredColumns stored) {
    this.frame = frame;
    this.input = input;
    this.keys = keys;
    this.order = order;
    this.stored = stored;
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
    if (at == sorted.length) {
      return false;
    }
    rows.read(sorted[at++], frame.rows[stored.source].record);
    return true;
  }

  private void fill() {
    while (input.next()) {
      for (int i = 0; i < keys.length; i++) {
        keys[i].evalInto(frame, keyValues[i]);
      }
      rows.add(stored.pack(frame, keyValues));
    }
    input.close();
    sorted = new RowSorter(rows, order).sort();
    at = 0;
    filled = true;
  }

  @Override
  public void close() {
    input.close();
    rows.clear();
    sorted = new int[0];
  }
}
