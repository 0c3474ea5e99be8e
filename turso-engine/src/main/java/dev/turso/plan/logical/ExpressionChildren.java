package dev.turso.plan.logical;

import java.util.ArrayList;
import java.util.List;

/** The operands of an expression, from left to right; what is inside subqueries is not among them. */
public final class ExpressionChildren extends TreeWalker {

  private final List<BoundExpression> children = new ArrayList<>();
  private boolean below;

  private ExpressionChildren() {}

  public static List<BoundExpression> of(BoundExpression expression) {
    if (expression instanceof BoundExpression.ColumnReference
        || expression instanceof BoundExpression.Constant) {
      return List.of();
    }
    ExpressionChildren collector = new ExpressionChildren();
    collector.walk(expression);
    return collector.children;
  }

  @Override
  public void walk(BoundExpression expression) {
    if (below) {
      children.add(expression);
    } else {
      below = true;
      expression.accept(this);
    }
  }

  @Override
  protected void subplan(LogicalPlan plan) {}
}
