package dev.turso.exec.expression;

import dev.turso.plan.logical.BoundExpression;

/** Makes nodes of subqueries; what a subquery runs on is above this package. */
public interface SubqueryCompiler {

  Node scalar(BoundExpression.ScalarSubquery subquery);

  Node exists(BoundExpression.Exists subquery);

  Node in(BoundExpression.InSubquery subquery, Node[] operands);
}
