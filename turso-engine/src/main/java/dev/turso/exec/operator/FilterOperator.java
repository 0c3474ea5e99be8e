package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;

/** The rows of the input for which a condition is true. */
final class FilterOperator extends Operator {

  private final Frame frame;
  private final Operator input;
  private final Node condition;

  FilterOperator(Frame frame, Operator input, Node condition) {
    this.frame = frame;
    this.input = input;
    this.condition = condition;
  }

  @Override
  public void open() {
    input.open();
  }

  @Override
  public boolean next() {
    while (input.next()) {
      if (condition.truth(frame) == 1) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    input.close();
  }
}
