package dev.turso.plan.logical;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds expressions bottom-up; a node whose parts stay the same objects stays itself.
 *
 * <p>Subclasses override the kinds they change. What happens to subqueries is up to {@link #subplan}.
 */
public abstract class ExpressionRewriter implements ExpressionVisitor<BoundExpression> {

  /** The expression rewritten. */
  public BoundExpression rewrite(BoundExpression expression) {
    return expression.accept(this);
  }

  /** As {@link #rewrite}, with null for null. */
  public final @Nullable BoundExpression rewriteNullable(@Nullable BoundExpression expression) {
    return expression == null ? null : rewrite(expression);
  }

  /** The list rewritten: the same list where nothing changed. */
  public final List<BoundExpression> rewriteAll(List<BoundExpression> expressions) {
    List<BoundExpression> changed = null;
    for (int i = 0; i < expressions.size(); i++) {
      BoundExpression before = expressions.get(i);
      BoundExpression after = rewrite(before);
      if (after != before && changed == null) {
        changed = new ArrayList<>(expressions);
      }
      if (changed != null) {
        changed.set(i, after);
      }
    }
    return changed == null ? expressions : List.copyOf(changed);
  }

  /** The plan of a subquery, rewritten. */
  protected abstract LogicalPlan subplan(LogicalPlan plan);

  private List<BoundExpression.Branch> branches(List<BoundExpression.Branch> branches) {
    List<BoundExpression.Branch> all = new ArrayList<>();
    boolean same = true;
    for (BoundExpression.Branch each : branches) {
      BoundExpression test = rewrite(each.test());
      BoundExpression result = rewrite(each.result());
      same &= test == each.test() && result == each.result();
      all.add(new BoundExpression.Branch(test, each.testAffinity(), each.collation(), result));
    }
    return same ? branches : List.copyOf(all);
  }

  @Override
  public BoundExpression constant(BoundExpression.Constant node) {
    return node;
  }

  @Override
  public BoundExpression parameter(BoundExpression.Parameter node) {
    return node;
  }

  @Override
  public BoundExpression columnReference(BoundExpression.ColumnReference node) {
    return node;
  }

  @Override
  public BoundExpression arithmetic(BoundExpression.Arithmetic node) {
    BoundExpression left = rewrite(node.left());
    BoundExpression right = rewrite(node.right());
    return left == node.left() && right == node.right()
        ? node
        : new BoundExpression.Arithmetic(node.operator(), left, right);
  }

  @Override
  public BoundExpression concat(BoundExpression.Concat node) {
    BoundExpression left = rewrite(node.left());
    BoundExpression right = rewrite(node.right());
    return left == node.left() && right == node.right()
        ? node
        : new BoundExpression.Concat(left, right);
  }

  @Override
  public BoundExpression negate(BoundExpression.Negate node) {
    BoundExpression operand = rewrite(node.operand());
    return operand == node.operand() ? node : new BoundExpression.Negate(operand);
  }

  @Override
  public BoundExpression bitNot(BoundExpression.BitNot node) {
    BoundExpression operand = rewrite(node.operand());
    return operand == node.operand() ? node : new BoundExpression.BitNot(operand);
  }

  @Override
  public BoundExpression unaryPlus(BoundExpression.UnaryPlus node) {
    BoundExpression operand = rewrite(node.operand());
    return operand == node.operand() ? node : new BoundExpression.UnaryPlus(operand);
  }

  @Override
  public BoundExpression collate(BoundExpression.Collate node) {
    BoundExpression operand = rewrite(node.operand());
    return operand == node.operand()
        ? node
        : new BoundExpression.Collate(operand, node.collation());
  }

  @Override
  public BoundExpression comparison(BoundExpression.Comparison node) {
    BoundExpression left = rewrite(node.left());
    BoundExpression right = rewrite(node.right());
    return left == node.left() && right == node.right()
        ? node
        : new BoundExpression.Comparison(
            node.operator(), left, right, node.operandAffinity(), node.collation());
  }

  @Override
  public BoundExpression rowComparison(BoundExpression.RowComparison node) {
    List<BoundExpression> lefts = rewriteAll(node.lefts());
    List<BoundExpression> rights = rewriteAll(node.rights());
    return lefts == node.lefts() && rights == node.rights()
        ? node
        : new BoundExpression.RowComparison(
            node.operator(), lefts, rights, node.affinities(), node.collations());
  }

  @Override
  public BoundExpression and(BoundExpression.And node) {
    BoundExpression left = rewrite(node.left());
    BoundExpression right = rewrite(node.right());
    return left == node.left() && right == node.right()
        ? node
        : new BoundExpression.And(left, right);
  }

  @Override
  public BoundExpression or(BoundExpression.Or node) {
    BoundExpression left = rewrite(node.left());
    BoundExpression right = rewrite(node.right());
    return left == node.left() && right == node.right()
        ? node
        : new BoundExpression.Or(left, right);
  }

  @Override
  public BoundExpression not(BoundExpression.Not node) {
    BoundExpression operand = rewrite(node.operand());
    return operand == node.operand() ? node : new BoundExpression.Not(operand);
  }

  @Override
  public BoundExpression isNull(BoundExpression.IsNull node) {
    BoundExpression operand = rewrite(node.operand());
    return operand == node.operand() ? node : new BoundExpression.IsNull(operand, node.negated());
  }

  @Override
  public BoundExpression isTruth(BoundExpression.IsTruth node) {
    BoundExpression operand = rewrite(node.operand());
    return operand == node.operand()
        ? node
        : new BoundExpression.IsTruth(operand, node.truth(), node.negated());
  }

  @Override
  public BoundExpression between(BoundExpression.Between node) {
    BoundExpression operand = rewrite(node.operand());
    BoundExpression low = rewrite(node.low());
    BoundExpression high = rewrite(node.high());
    return operand == node.operand() && low == node.low() && high == node.high()
        ? node
        : new BoundExpression.Between(
            operand,
            low,
            high,
            node.lowAffinity(),
            node.lowCollation(),
            node.highAffinity(),
            node.highCollation());
  }

  @Override
  public BoundExpression caseOf(BoundExpression.Case node) {
    @Nullable BoundExpression base = rewriteNullable(node.base());
    List<BoundExpression.Branch> branches = branches(node.branches());
    @Nullable BoundExpression otherwise = rewriteNullable(node.otherwise());
    return base == node.base() && branches == node.branches() && otherwise == node.otherwise()
        ? node
        : new BoundExpression.Case(base, branches, otherwise);
  }

  @Override
  public BoundExpression cast(BoundExpression.Cast node) {
    BoundExpression operand = rewrite(node.operand());
    return operand == node.operand() ? node : new BoundExpression.Cast(operand, node.target());
  }

  @Override
  public BoundExpression coalesce(BoundExpression.Coalesce node) {
    List<BoundExpression> arguments = rewriteAll(node.arguments());
    return arguments == node.arguments()
        ? node
        : new BoundExpression.Coalesce(arguments, node.merged());
  }

  @Override
  public BoundExpression functionCall(BoundExpression.FunctionCall node) {
    List<BoundExpression> arguments = rewriteAll(node.arguments());
    return arguments == node.arguments()
        ? node
        : new BoundExpression.FunctionCall(
            node.function(), arguments, node.collation(), node.purpose());
  }

  @Override
  public BoundExpression inList(BoundExpression.InList node) {
    BoundExpression operand = rewrite(node.operand());
    List<BoundExpression> list = rewriteAll(node.list());
    return operand == node.operand() && list == node.list()
        ? node
        : new BoundExpression.InList(
            operand, list, node.operandAffinity(), node.collation(), node.negated());
  }

  @Override
  public BoundExpression inSubquery(BoundExpression.InSubquery node) {
    List<BoundExpression> operands = rewriteAll(node.operands());
    LogicalPlan plan = subplan(node.plan());
    return operands == node.operands() && plan == node.plan()
        ? node
        : new BoundExpression.InSubquery(
            operands, plan, node.affinities(), node.collations(), node.negated());
  }

  @Override
  public BoundExpression exists(BoundExpression.Exists node) {
    LogicalPlan plan = subplan(node.plan());
    return plan == node.plan() ? node : new BoundExpression.Exists(plan, node.negated());
  }

  @Override
  public BoundExpression scalarSubquery(BoundExpression.ScalarSubquery node) {
    LogicalPlan plan = subplan(node.plan());
    return plan == node.plan() ? node : new BoundExpression.ScalarSubquery(plan, node.column());
  }

  @Override
  public BoundExpression raise(BoundExpression.Raise node) {
    @Nullable BoundExpression message = rewriteNullable(node.message());
    return message == node.message() ? node : new BoundExpression.Raise(node.action(), message);
  }

  @Override
  public BoundExpression affinityApplied(BoundExpression.AffinityApplied node) {
    BoundExpression operand = rewrite(node.operand());
    return operand == node.operand()
        ? node
        : new BoundExpression.AffinityApplied(operand, node.affinity());
  }
}
