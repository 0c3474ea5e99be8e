package dev.turso.plan.optimize;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.BoundExpression.Comparison;
import dev.turso.plan.logical.BoundExpression.Constant;
import dev.turso.plan.logical.BoundExpression.Parameter;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.PlanRewriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From {@code a = b} and {@code a = 5} follows {@code b = 5}: it lets either table be read first, and
 * the other by its own index. Only between columns of one affinity and collation, where "equal" means
 * the same in all three.
 */
final class PropagateConstants implements Rule {

  @Override
  public String name() {
    return "propagate constants";
  }

  @Override
  public boolean concerns(Features features) {
    return features.joins;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return new PlanRewriter() {
      @Override
      public LogicalPlan filter(LogicalPlan.Filter node) {
        LogicalPlan rewritten = super.filter(node);
        return rewritten instanceof LogicalPlan.Filter filter ? extended(filter) : rewritten;
      }
    }.rewrite(plan);
  }

  private static LogicalPlan extended(LogicalPlan.Filter filter) {
    if (!(filter.input() instanceof LogicalPlan.Join)) {
      return filter;
    }
    List<BoundExpression> known = Conjuncts.of(filter.predicate());
    int given = known.size();
    collectInner(filter.input(), known);
    List<BoundExpression> added = new ArrayList<>();
    for (int round = 0; round < known.size(); round++) {
      Comparison equality = equality(known.get(round));
      if (equality != null && isConstant(equality.right())) {
        follow(equality, known, added);
      }
    }
    if (added.isEmpty()) {
      return filter;
    }
    List<BoundExpression> all = new ArrayList<>(known.subList(0, given));
    all.addAll(added);
    BoundExpression predicate = Conjuncts.join(all);
    return predicate == null ? filter : new LogicalPlan.Filter(filter.input(), predicate);
  }

  /** The conditions of the inner joins right below, which hold for every row of the filter. */
  private static void collectInner(LogicalPlan plan, List<BoundExpression> into) {
    if (plan instanceof LogicalPlan.Join join
        && (join.kind() == LogicalJoinKind.INNER || join.kind() == LogicalJoinKind.CROSS)) {
      if (join.condition() != null) {
        into.addAll(Conjuncts.of(join.condition()));
      }
      collectInner(join.left(), into);
      collectInner(join.right(), into);
    }
  }

  private static void follow(
      Comparison constant, List<BoundExpression> known, List<BoundExpression> added) {
    BoundColumn column = ((ColumnReference) constant.left()).column();
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i) instanceof Comparison c && c.operator() == ComparisonOperator.EQUAL) {
        BoundColumn other = partner(c, column);
        if (other != null
            && other.affinity() == column.affinity()
            && other.collationOrBinary() == column.collationOrBinary()
            && c.collation() == constant.collation()) {
          BoundExpression derived =
              new Comparison(
                  ComparisonOperator.EQUAL,
                  new ColumnReference(other),
                  constant.right(),
                  constant.operandAffinity(),
                  constant.collation());
          if (!known.contains(derived)) {
            known.add(derived);
            added.add(derived);
          }
        }
      }
    }
  }

  private static @Nullable BoundColumn partner(Comparison c, BoundColumn column) {
    if (c.left() instanceof ColumnReference left && c.right() instanceof ColumnReference right) {
      if (left.column().equals(column)) {
        return right.column();
      }
      if (right.column().equals(column)) {
        return left.column();
      }
    }
    return null;
  }

  /** A column's equality with something, the column on the left; or null. */
  private static @Nullable Comparison equality(BoundExpression e) {
    if (!(e instanceof Comparison c) || c.operator() != ComparisonOperator.EQUAL) {
      return null;
    }
    if (c.left() instanceof ColumnReference) {
      return c;
    }
    return c.right() instanceof ColumnReference
        ? new Comparison(c.operator(), c.right(), c.left(), c.operandAffinity(), c.collation())
        : null;
  }

  private static boolean isConstant(BoundExpression e) {
    return e instanceof Constant || e instanceof Parameter;
  }
}
