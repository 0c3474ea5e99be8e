package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** {@code a IS b}: equality that takes NULL for a value. */
final class IsNode extends ConditionNode {

  private final Node left;
  private final Node right;
  private final ComparedPair pair;
  private final boolean negated;

  IsNode(Node left, Node right, ComparedPair pair, boolean negated) {
    this.left = left;
    this.right = right;
    this.pair = pair;
    this.negated = negated;
  }

  @Override
  public int truth(Frame f) {
    int tagA = left.eval(f);
    long bitsA = f.bits;
    byte[] refA = f.ref;
    int tagB = right.eval(f);
    boolean same =
        tagA == Tag.NULL || tagB == Tag.NULL
            ? tagA == tagB
            : pair.compare(tagA, bitsA, refA, tagB, f.bits, f.ref) == 0;
    return same != negated ? 1 : 0;
  }
}
