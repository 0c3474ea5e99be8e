package dev.turso.exec.expression;

import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/** {@code x IN (1, 2, 3)} with constants: a binary search in the sorted list. */
final class InSetNode extends ConditionNode {

  private final Node operand;
  private final Register[] sorted;
  private final boolean anyNull;
  private final Affinity affinity;
  private final Collation collation;
  private final boolean negated;
  private final Register a = new Register();

  /**
   * @param sorted the values other than NULL after the affinity, in order
   */
  InSetNode(
      Node operand,
      Register[] sorted,
      boolean anyNull,
      Affinity affinity,
      Collation collation,
      boolean negated) {
    this.operand = operand;
    this.sorted = sorted;
    this.anyNull = anyNull;
    this.affinity = affinity;
    this.collation = collation;
    this.negated = negated;
  }

  @Override
  public int truth(Frame f) {
    a.set(operand.eval(f), f.bits, f.ref);
    if (a.tag == Tag.NULL) {
      return UNKNOWN;
    }
    affinity.apply(a);
    int low = 0;
    int high = sorted.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int order = Comparison.compare(a, sorted[middle], collation);
      if (order == 0) {
        return negated ? 0 : 1;
      }
      if (order < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return anyNull ? UNKNOWN : negated ? 1 : 0;
  }
}
