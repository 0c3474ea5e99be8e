package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import java.util.List;

/** Whether conditions that hold imply the condition of a partial index. Stateless. */
final class Implication {

  private Implication() {}

  static boolean implied(BoundExpression predicate, List<Conjunct> holding) {
    if (predicate instanceof BoundExpression.And and) {
      return implied(and.left(), holding) && implied(and.right(), holding);
    }
    for (Conjunct each : holding) {
      if (implies(each.expression, predicate)) {
        return true;
      }
    }
    return false;
  }

  private static boolean implies(BoundExpression holding, BoundExpression wanted) {
    if (holding.equals(wanted)) {
      return true;
    }
    if (wanted instanceof BoundExpression.Or or) {
      return implies(holding, or.left()) || implies(holding, or.right());
    }
    return wanted instanceof BoundExpression.IsNull isNull
        && isNull.negated()
        && isTrueOnlyWithout(holding, isNull.operand());
  }

  /** Whether the condition cannot be true while the operand is NULL. */
  private static boolean isTrueOnlyWithout(BoundExpression e, BoundExpression operand) {
    if (e instanceof BoundExpression.Comparison c) {
      return !c.operator().isNullSafe() && (c.left().equals(operand) || c.right().equals(operand));
    }
    if (e instanceof BoundExpression.InList in) {
      return !in.negated() && in.operand().equals(operand);
    }
    return e instanceof BoundExpression.InSubquery in
        && !in.negated()
        && in.operands().contains(operand);
  }
}
