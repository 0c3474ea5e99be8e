package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** {@code a < 5}: against an integer known beforehand, the commonest condition of all. */
final class CompareIntegerNode extends ConditionNode {

  private static final byte[] NO_BYTES = {};

  private final int wanted;
  private final Node left;
  private final long constant;
  private final ComparedPair pair;

  CompareIntegerNode(int wanted, Node left, long constant, ComparedPair pair) {
    this.wanted = wanted;
    this.left = left;
    this.constant = constant;
    this.pair = pair;
  }

  @Override
  public int truth(Frame f) {
    int tag = left.eval(f);
    if (tag == Tag.NULL) {
      return UNKNOWN;
    }
    int order =
        tag == Tag.INTEGER
            ? Long.compare(f.bits, constant)
            : pair.compare(tag, f.bits, f.ref, Tag.INTEGER, constant, NO_BYTES);
    return ComparedPair.holds(wanted, order);
  }
}
