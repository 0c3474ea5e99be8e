package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** {@code (a, b) < (c, d)} and its kin: the first pair that differs decides. */
final class RowCompareNode extends ConditionNode {

  private final Node[] lefts;
  private final Node[] rights;
  private final ComparedPair[] pairs;
  private final int wanted;
  private final boolean nullsEqual;

  /**
   * @param wanted which signs are true, of {@link ComparedPair}
   * @param nullsEqual IS and IS NOT: NULL equals NULL
   */
  RowCompareNode(
      int wanted, boolean nullsEqual, Node[] lefts, Node[] rights, ComparedPair[] pairs) {
    this.wanted = wanted;
    this.nullsEqual = nullsEqual;
    this.lefts = lefts;
    this.rights = rights;
    this.pairs = pairs;
  }

  @Override
  public int truth(Frame f) {
    boolean equalityOnly =
        (wanted & ComparedPair.LESS) != 0 == ((wanted & ComparedPair.GREATER) != 0);
    boolean unknown = false;
    for (int i = 0; i < lefts.length; i++) {
      int tagA = lefts[i].eval(f);
      long bitsA = f.bits;
      byte[] refA = f.ref;
      int tagB = rights[i].eval(f);
      int order;
      if (tagA == Tag.NULL || tagB == Tag.NULL) {
        if (!nullsEqual) {
          if (!equalityOnly) {
            return UNKNOWN;
          }
          unknown = true;
          continue;
        }
        order = tagA == tagB ? 0 : tagA == Tag.NULL ? -1 : 1;
      } else {
        order = pairs[i].compare(tagA, bitsA, refA, tagB, f.bits, f.ref);
      }
      if (order != 0) {
        return ComparedPair.holds(wanted, order);
      }
    }
    return unknown ? UNKNOWN : ComparedPair.holds(wanted, 0);
  }
}
