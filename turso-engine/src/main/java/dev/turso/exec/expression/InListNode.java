package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** {@code x IN (a, b, c)} where the list is short or not constant: one comparison after another. */
final class InListNode extends ConditionNode {

  private final Node operand;
  private final Node[] list;
  private final ComparedPair pair;
  private final boolean negated;

  InListNode(Node operand, Node[] list, ComparedPair pair, boolean negated) {
    this.operand = operand;
    this.list = list;
    this.pair = pair;
    this.negated = negated;
  }

  @Override
  public int truth(Frame f) {
    if (list.length == 0) {
      return negated ? 1 : 0;
    }
    int tag = operand.eval(f);
    if (tag == Tag.NULL) {
      return UNKNOWN;
    }
    long bits = f.bits;
    byte[] ref = f.ref;
    boolean unknown = false;
    for (Node each : list) {
      int other = each.eval(f);
      if (other == Tag.NULL) {
        unknown = true;
      } else if (pair.compare(tag, bits, ref, other, f.bits, f.ref) == 0) {
        return negated ? 0 : 1;
      }
    }
    return unknown ? UNKNOWN : negated ? 1 : 0;
  }
}
