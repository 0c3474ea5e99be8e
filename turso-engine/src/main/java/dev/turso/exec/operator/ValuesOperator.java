package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;

/** Rows written out as expressions; each is computed into slots when its turn comes. */
final class ValuesOperator extends Operator {

  private final Frame frame;
  private final Node[][] rows;
  private final int[] slots;
  private int at;

  ValuesOperator(Frame frame, Node[][] rows, int[] slots) {
    this.frame = frame;
    this.rows = rows;
    this.slots = slots;
  }

  @Override
  public void open() {
    at = 0;
  }

  @Override
  public boolean next() {
    if (at == rows.length) {
      return false;
    }
    Node[] row = rows[at++];
    for (int i = 0; i < slots.length; i++) {
      row[i].evalInto(frame, frame.slots[slots[i]]);
    }
    return true;
  }

  @Override
  public void close() {}
}
