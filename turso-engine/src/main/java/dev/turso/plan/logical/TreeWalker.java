package dev.turso.plan.logical;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Visits every node of expressions and plans, subqueries included; each plan object once.
 *
 * <p>Subclasses override the kinds they look at and call {@code super} to go on below. The results of
 * visiting have no meaning.
 */
public abstract class TreeWalker implements ExpressionVisitor<Boolean>, PlanVisitor<Boolean> {

  private final Map<LogicalPlan, Boolean> seen = new IdentityHashMap<>();

  public void walk(BoundExpression expression) {
    expression.accept(this);
  }

  public final void walk(LogicalPlan plan) {
    if (seen.put(plan, true) == null) {
      plan.accept(this);
    }
  }

  public final void walkNullable(@Nullable BoundExpression expression) {
    if (expression != null) {
      walk(expression);
    }
  }

  public final void walkAll(List<? extends @Nullable BoundExpression> expressions) {
    for (BoundExpression each : expressions) {
      walkNullable(each);
    }
  }

  /** A query inside an expression. */
  protected void subplan(LogicalPlan plan) {
    walk(plan);
  }

  private void branches(List<BoundExpression.Branch> branches) {
    for (BoundExpression.Branch each : branches) {
      walk(each.test());
      walk(each.result());
    }
  }

  private void keys(List<SortKey> keys) {
    for (SortKey each : keys) {
      walk(each.expression());
    }
  }

  @Override
  public Boolean constant(BoundExpression.Constant node) {
    return true;
  }

  @Override
  public Boolean parameter(BoundExpression.Parameter node) {
    return true;
  }

  @Override
  public Boolean columnReference(BoundExpression.ColumnReference node) {
    return true;
  }

  @Override
  public Boolean arithmetic(BoundExpression.Arithmetic node) {
    walk(node.left());
    walk(node.right());
    return true;
  }

  @Override
  public Boolean concat(BoundExpression.Concat node) {
    walk(node.left());
    walk(node.right());
    return true;
  }

  @Override
  public Boolean negate(BoundExpression.Negate node) {
    walk(node.operand());
    return true;
  }

  @Override
  public Boolean bitNot(BoundExpression.BitNot node) {
    walk(node.operand());
    return true;
  }

  @Override
  public Boolean unaryPlus(BoundExpression.UnaryPlus node) {
    walk(node.operand());
    return true;
  }

  @Override
  public Boolean collate(BoundExpression.Collate node) {
    walk(node.operand());
    return true;
  }

  @Override
  public Boolean comparison(BoundExpression.Comparison node) {
    walk(node.left());
    walk(node.right());
    return true;
  }

  @Override
  public Boolean rowComparison(BoundExpression.RowComparison node) {
    walkAll(node.lefts());
    walkAll(node.rights());
    return true;
  }

  @Override
  public Boolean and(BoundExpression.And node) {
    walk(node.left());
    walk(node.right());
    return true;
  }

  @Override
  public Boolean or(BoundExpression.Or node) {
    walk(node.left());
    walk(node.right());
    return true;
  }

  @Override
  public Boolean not(BoundExpression.Not node) {
    walk(node.operand());
    return true;
  }

  @Override
  public Boolean isNull(BoundExpression.IsNull node) {
    walk(node.operand());
    return true;
  }

  @Override
  public Boolean isTruth(BoundExpression.IsTruth node) {
    walk(node.operand());
    return true;
  }

  @Override
  public Boolean between(BoundExpression.Between node) {
    walk(node.operand());
    walk(node.low());
    walk(node.high());
    return true;
  }

  @Override
  public Boolean caseOf(BoundExpression.Case node) {
    walkNullable(node.base());
    branches(node.branches());
    walkNullable(node.otherwise());
    return true;
  }

  @Override
  public Boolean cast(BoundExpression.Cast node) {
    walk(node.operand());
    return true;
  }

  @Override
  public Boolean coalesce(BoundExpression.Coalesce node) {
    walkAll(node.arguments());
    return true;
  }

  @Override
  public Boolean functionCall(BoundExpression.FunctionCall node) {
    walkAll(node.arguments());
    return true;
  }

  @Override
  public Boolean inList(BoundExpression.InList node) {
    walk(node.operand());
    walkAll(node.list());
    return true;
  }

  @Override
  public Boolean inSubquery(BoundExpression.InSubquery node) {
    walkAll(node.operands());
    subplan(node.plan());
    return true;
  }

  @Override
  public Boolean exists(BoundExpression.Exists node) {
    subplan(node.plan());
    return true;
  }

  @Override
  public Boolean scalarSubquery(BoundExpression.ScalarSubquery node) {
    subplan(node.plan());
    return true;
  }

  @Override
  public Boolean raise(BoundExpression.Raise node) {
    walkNullable(node.message());
    return true;
  }

  @Override
  public Boolean affinityApplied(BoundExpression.AffinityApplied node) {
    walk(node.operand());
    return true;
  }

  @Override
  public Boolean scan(LogicalPlan.Scan node) {
    for (LogicalPlan.Computed each : node.computed()) {
      walk(each.expression());
    }
    return true;
  }

  @Override
  public Boolean tableFunction(LogicalPlan.TableFunction node) {
    walkAll(node.arguments());
    return true;
  }

  @Override
  public Boolean values(LogicalPlan.Values node) {
    for (List<BoundExpression> row : node.rows()) {
      walkAll(row);
    }
    return true;
  }

  @Override
  public Boolean singleRow(LogicalPlan.SingleRow node) {
    return true;
  }

  @Override
  public Boolean filter(LogicalPlan.Filter node) {
    walk(node.input());
    walk(node.predicate());
    return true;
  }

  @Override
  public Boolean project(LogicalPlan.Project node) {
    walk(node.input());
    walkAll(node.expressions());
    return true;
  }

  @Override
  public Boolean join(LogicalPlan.Join node) {
    walk(node.left());
    walk(node.right());
    walkNullable(node.condition());
    return true;
  }

  @Override
  public Boolean aggregate(LogicalPlan.Aggregate node) {
    walk(node.input());
    for (LogicalPlan.GroupKey each : node.keys()) {
      walk(each.expression());
    }
    for (AggregateCall each : node.calls()) {
      walkAll(each.arguments());
      walkNullable(each.filter());
      keys(each.orderBy());
    }
    return true;
  }

  @Override
  public Boolean distinct(LogicalPlan.Distinct node) {
    walk(node.input());
    return true;
  }

  @Override
  public Boolean sort(LogicalPlan.Sort node) {
    walk(node.input());
    keys(node.keys());
    return true;
  }

  @Override
  public Boolean limit(LogicalPlan.Limit node) {
    walk(node.input());
    walk(node.limit());
    walkNullable(node.offset());
    return true;
  }

  @Override
  public Boolean setOperation(LogicalPlan.SetOperation node) {
    walk(node.left());
    walk(node.right());
    return true;
  }

  @Override
  public Boolean window(LogicalPlan.Window node) {
    walk(node.input());
    keys(node.partitionBy());
    keys(node.orderBy());
    for (WindowCall each : node.calls()) {
      walkAll(each.arguments());
      walkNullable(each.filter());
      walkNullable(each.frame().startOffset());
      walkNullable(each.frame().endOffset());
    }
    return true;
  }

  @Override
  public Boolean recursive(LogicalPlan.Recursive node) {
    walk(node.seed());
    walk(node.step());
    keys(node.orderBy());
    walkNullable(node.limit());
    walkNullable(node.offset());
    return true;
  }

  @Override
  public Boolean recursiveReference(LogicalPlan.RecursiveReference node) {
    return true;
  }

  @Override
  public Boolean materialize(LogicalPlan.Materialize node) {
    walk(node.input());
    return true;
  }
}
