package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;

/** UNION ALL: the rows of one input after another, brought to the same slots. */
final class ConcatenationOperator extends Operator {

  private final Frame frame;
  private final Operator[] inputs;
  private final Node[][] columns;
  private final int[] slots;
  private int current;

  /**
   * @param columns of each input, the nodes of its columns
   * @param slots where the columns of the result are
   */
  ConcatenationOperator(Frame frame, Operator[] inputs, Node[][] columns, int[] slots) {
    this.frame = frame;
    this.inputs = inputs;
    this.columns = columns;
    this.slots = slots;
  }

  @Override
  public void open() {
    current = 0;
    inputs[0].open();
  }

  @Override
  public boolean next() {
    while (!inputs[current].next()) {
      inputs[current].close();
      if (current + 1 == inputs.length) {
        return false;
      }
      inputs[++current].open();
    }
    Node[] row = columns[current];
    for (int i = 0; i < slots.length; i++) {
      row[i].evalInto(frame, frame.slots[slots[i]]);
    }
    return true;
  }

  @Override
  public void close() {
    for (Operator each : inputs) {
      each.close();
    }
  }
}
