package dev.turso.plan.logical;

/**
 * One method for each kind of expression. Used where an expression is walked on the way to every
 * statement's first row: a virtual call needs no bootstrap, unlike a pattern switch.
 */
public interface ExpressionVisitor<R> {

  R constant(BoundExpression.Constant node);

  R parameter(BoundExpression.Parameter node);

  R columnReference(BoundExpression.ColumnReference node);

  R arithmetic(BoundExpression.Arithmetic node);

  R concat(BoundExpression.Concat node);

  R negate(BoundExpression.Negate node);

  R bitNot(BoundExpression.BitNot node);

  R unaryPlus(BoundExpression.UnaryPlus node);

  R collate(BoundExpression.Collate node);

  R comparison(BoundExpression.Comparison node);

  R rowComparison(BoundExpression.RowComparison node);

  R and(BoundExpression.And node);

  R or(BoundExpression.Or node);

  R not(BoundExpression.Not node);

  R isNull(BoundExpression.IsNull node);

  R isTruth(BoundExpression.IsTruth node);

  R between(BoundExpression.Between node);

  R caseOf(BoundExpression.Case node);

  R cast(BoundExpression.Cast node);

  R coalesce(BoundExpression.Coalesce node);

  R functionCall(BoundExpression.FunctionCall node);

  R inList(BoundExpression.InList node);

  R inSubquery(BoundExpression.InSubquery node);

  R exists(BoundExpression.Exists node);

  R scalarSubquery(BoundExpression.ScalarSubquery node);

  R raise(BoundExpression.Raise node);

  R affinityApplied(BoundExpression.AffinityApplied node);
}
