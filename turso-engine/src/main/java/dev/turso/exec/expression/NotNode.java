package dev.turso.exec.expression;

/** {@code NOT a}. */
final class NotNode extends ConditionNode {

  private final Node operand;

  NotNode(Node operand) {
    this.operand = operand;
  }

  @Override
  public int truth(Frame f) {
    int t = operand.truth(f);
    return t == UNKNOWN ? UNKNOWN : 1 - t;
  }
}
