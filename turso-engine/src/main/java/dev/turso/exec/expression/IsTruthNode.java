package dev.turso.exec.expression;

/** {@code a IS TRUE}, {@code a IS FALSE} and their negations: never NULL. */
final class IsTruthNode extends ConditionNode {

  private final Node operand;
  private final int wanted;
  private final boolean negated;

  IsTruthNode(Node operand, boolean wanted, boolean negated) {
    this.operand = operand;
    this.wanted = wanted ? 1 : 0;
    this.negated = negated;
  }

  @Override
  public int truth(Frame f) {
    return (operand.truth(f) == wanted) != negated ? 1 : 0;
  }
}
