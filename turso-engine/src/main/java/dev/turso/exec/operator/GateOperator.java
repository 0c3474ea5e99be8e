package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;

/** The input, or nothing where a condition that does not depend on it is not true. */
final class GateOperator extends Operator {

  private final Frame frame;
  private final Operator input;
  private final Node condition;
  private boolean open;

  GateOperator(Frame frame, Operator input, Node condition) {
    this.frame = frame;
    this.input = input;
    this.condition = condition;
  }

  @Override
  public void open() {
    open = condition.truth(frame) == 1;
    if (open) {
      input.open();
    }
  }

  @Override
  public boolean next() {
    return open && input.next();
  }

  @Override
  public void close() {
    input.close();
  }
}
