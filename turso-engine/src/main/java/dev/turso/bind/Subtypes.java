package dev.turso.bind;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.AffinityApplied;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.BoundExpression.FunctionCall;
import dev.turso.plan.logical.ExpressionChildren;

/** Keeps subtypes (that a text is JSON) from leaving the query that made them. */
final class Subtypes {

  private Subtypes() {}

  /** The value without a subtype: the expression itself where it can have none. */
  static BoundExpression without(BoundExpression value) {
    return mayHaveOne(value) ? new AffinityApplied(value, value.affinity()) : value;
  }

  private static boolean mayHaveOne(BoundExpression e) {
    if (e instanceof FunctionCall call) {
      return call.function().signature().name().startsWith("json");
    }
    if (e instanceof ColumnReference reference) {
      return reference.column().origin() == null && reference.column().name().startsWith("json");
    }
    if (e instanceof BoundExpression.Case
        || e instanceof BoundExpression.Coalesce
        || e instanceof BoundExpression.UnaryPlus
        || e instanceof BoundExpression.Collate) {
      for (BoundExpression each : ExpressionChildren.of(e)) {
        if (mayHaveOne(each)) {
          return true;
        }
      }
    }
    return false;
  }
}
