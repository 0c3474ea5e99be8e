package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** {@code x BETWEEN low AND high}, x computed once. */
final class BetweenNode extends ConditionNode {

  private final Node operand;
  private final Node low;
  private final Node high;
  private final ComparedPair lowPair;
  private final ComparedPair highPair;

  BetweenNode(Node operand, Node low, Node high, ComparedPair lowPair, ComparedPair highPair) {
    this.operand = operand;
    this.low = low;
    this.high = high;
    this.lowPair = lowPair;
    this.highPair = highPair;
  }

  @Override
  public int truth(Frame f) {
    int tag = operand.eval(f);
    long bits = f.bits;
    byte[] ref = f.ref;
    int above = side(tag, bits, ref, low, lowPair, ComparedPair.GREATER, f);
    if (above == 0) {
      return 0;
    }
    int below = side(tag, bits, ref, high, highPair, ComparedPair.LESS, f);
    return below == 0 ? 0 : above == 1 && below == 1 ? 1 : UNKNOWN;
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
