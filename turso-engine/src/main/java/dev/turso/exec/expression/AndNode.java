package dev.turso.exec.expression;

/** {@code a AND b}. */
final class AndNode extends ConditionNode {

  private final Node left;
  private final Node right;

  AndNode(Node left, Node right) {
    this.left = left;
    this.right = right;
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
