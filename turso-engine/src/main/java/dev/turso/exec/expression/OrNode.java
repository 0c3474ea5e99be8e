package dev.turso.exec.expression;

/** {@code a OR b}. */
final class OrNode extends ConditionNode {

  private final Node left;
  private final Node right;

  OrNode(Node left, Node right) {
    this.left = left;
    this.right = right;
  }

  @Override
  public int truth(Frame f) {
    int l = left.truth(f);
    if (l == 1) {
      return 1;
    }
    int r = right.truth(f);
    return r == 1 ? 1 : l == UNKNOWN ? UNKNOWN : r;
  }
}
