package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Whether rows that come in one order are in another. Stateless. */
final class Orders {

  private Orders() {}

  /**
   * Whether the wanted order holds of rows that come in the order they have.
   *
   * @param fixed columns that have one value throughout
   */
  static boolean satisfies(List<SortKey> has, boolean unique, List<SortKey> wanted, BitSet fixed) {
    int at = 0;
    List<BoundExpression> settled = new ArrayList<>();
    for (SortKey key : wanted) {
      if (isFixed(key.expression(), fixed) || settled.contains(key.expression())) {
        continue;
      }
      while (at < has.size() && isFixed(has.get(at).expression(), fixed)) {
        at++;
      }
      if (at == has.size()) {
        return unique;
      }
      if (!agree(has.get(at), key)) {
        return false;
      }
      settled.add(key.expression());
      at++;
    }
    return true;
  }

  private static boolean isFixed(BoundExpression expression, BitSet fixed) {
    return expression instanceof BoundExpression.Constant
        || expression instanceof BoundExpression.ColumnReference reference
            && fixed.get(reference.column().id());
  }

  private static boolean agree(SortKey has, SortKey wanted) {
    return has.descending() == wanted.descending()
        && (has.nullsFirst() == wanted.nullsFirst() || !nullable(wanted.expression()))
        && has.collation().name().equals(wanted.collation().name())
        && has.expression().equals(wanted.expression());
  }

  private static boolean nullable(BoundExpression expression) {
    return !(expression instanceof BoundExpression.ColumnReference reference)
        || reference.column().nullable();
  }
}
