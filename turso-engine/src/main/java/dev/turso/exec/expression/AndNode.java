package dev.turso.exec.expression;

import java.util.List;

/** {@code a AND b}. */
final class AndNode extends ConditionNode {

  private final Node left;
  private final Node right;

  AndNode(Node left, Node right) {
    this.left = left;
    this.right = right;
  }

  @Override
  public void conjuncts(List<Node> into) {
    left.conjuncts(into);
    right.conjuncts(into);
  }

  @Override
  public int truth(Frame f) {
    int l = left.truth(f);
    if (l == 0) {
      return 0;
    }
    int r = right.truth(f);
    return r == 0 ? 0 : l == UNKNOWN ? UNKNOWN : r;
  }
}
