package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** {@code a < 5}: against an integer known beforehand, the commonest condition of all. */
final class CompareIntegerNode extends ConditionNode {

  private static final byte[] NO_BYTES = {};

  private final int wanted;
  private final Node left;
  private final long constant;
  private final ComparedPair pair;
  private long[] values = {};

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

  @Override
  boolean truths(Frame f, RowVector rows, boolean[] out) {
    if (values.length < rows.count()) {
      values = new long[rows.count() * 2];
    }
    if (!left.integers(f, rows, values)) {
      return false;
    }
    for (int i = 0; i < rows.count(); i++) {
      out[i] = ComparedPair.holds(wanted, Long.compare(values[i], constant)) == 1;
    }
    return true;
  }
}
