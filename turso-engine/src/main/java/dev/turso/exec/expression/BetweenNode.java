package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** {@code x BETWEEN low AND high}, x computed once. */
final class BetweenNode extends ConditionNode {

  private final Node operand;
  private final Node low;
  private final Node high;
  private final ComparedPair lowPair;
  private final ComparedPair highPair;
  private final boolean negated;

  BetweenNode(
      Node operand,
      Node low,
      Node high,
      ComparedPair lowPair,
      ComparedPair highPair,
      boolean negated) {
    this.operand = operand;
    this.low = low;
    this.high = high;
    this.lowPair = lowPair;
    this.highPair = highPair;
    this.negated = negated;
  }

  @Override
  public int truth(Frame f) {
    int tag = operand.eval(f);
    long bits = f.bits;
    byte[] ref = f.ref;
    int above = side(tag, bits, ref, low, lowPair, ComparedPair.GREATER, f);
    if (above != 0) {
      int below = side(tag, bits, ref, high, highPair, ComparedPair.LESS, f);
      above = below == 0 ? 0 : above | below;
    }
    return above == UNKNOWN || above > 1 ? UNKNOWN : negated ? 1 - above : above;
  }

  private static int side(
      int tag, long bits, byte[] ref, Node bound, ComparedPair pair, int sign, Frame f) {
    int boundTag = bound.eval(f);
    if (tag == Tag.NULL || boundTag == Tag.NULL) {
      return UNKNOWN;
    }
    int order = pair.compare(tag, bits, ref, boundTag, f.bits, f.ref);
    return ComparedPair.holds(sign | ComparedPair.EQUAL, order);
  }
}
