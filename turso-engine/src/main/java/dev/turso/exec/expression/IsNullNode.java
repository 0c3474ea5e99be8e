package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** {@code a IS NULL}, {@code a IS NOT NULL}. */
final class IsNullNode extends ConditionNode {

  private final Node operand;
  private final boolean negated;

  IsNullNode(Node operand, boolean negated) {
    this.operand = operand;
    this.negated = negated;
  }

  @Override
  public int truth(Frame f) {
    return (operand.eval(f) == Tag.NULL) != negated ? 1 : 0;
  }
}
