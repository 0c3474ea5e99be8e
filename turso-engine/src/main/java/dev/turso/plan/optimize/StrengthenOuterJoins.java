package dev.turso.plan.optimize;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.PlanRewriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An outer join whose padded rows a condition above throws away need not pad: LEFT and RIGHT become
 * INNER, FULL becomes the one that is left.
 */
final class StrengthenOuterJoins implements Rule {

  @Override
  public String name() {
    return "strengthen outer joins";
  }

  @Override
  public boolean concerns(Features features) {
    return features.outerJoins;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return new PlanRewriter() {
      @Override
      public LogicalPlan filter(LogicalPlan.Filter node) {
        List<BoundExpression> conjuncts = Conjuncts.of(node.predicate());
        LogicalPlan input = strengthen(node.input(), conjuncts);
        return super.filter(
            input == node.input() ? node : new LogicalPlan.Filter(input, node.predicate()));
      }
    }.rewrite(plan);
  }

  private static LogicalPlan strengthen(LogicalPlan plan, List<BoundExpression> conjuncts) {
    if (plan instanceof LogicalPlan.Filter filter) {
      LogicalPlan input = strengthen(filter.input(), conjuncts);
      return input == filter.input() ? plan : new LogicalPlan.Filter(input, filter.predicate());
    }
    if (!(plan instanceof LogicalPlan.Join join) || join.kind().isFilter()) {
      return plan;
    }
    LogicalJoinKind kind = join.kind();
    if (kind.padsLeft() && rejectsNulls(conjuncts, join.left())) {
      kind = kind == LogicalJoinKind.FULL ? LogicalJoinKind.LEFT : LogicalJoinKind.INNER;
    }
    if (kind.padsRight() && rejectsNulls(conjuncts, join.right())) {
      kind = kind == LogicalJoinKind.FULL ? LogicalJoinKind.RIGHT : LogicalJoinKind.INNER;
    }
    List<BoundExpression> below = conjuncts;
    if (kind == LogicalJoinKind.INNER && join.condition() != null) {
      below = new ArrayList<>(conjuncts);
      below.addAll(Conjuncts.of(join.condition()));
    }
    LogicalPlan left = kind.padsLeft() ? join.left() : strengthen(join.left(), below);
    LogicalPlan right = kind.padsRight() ? join.right() : strengthen(join.right(), below);
    return kind == join.kind() && left == join.left() && right == join.right()
        ? join
        : new LogicalPlan.Join(left, right, kind, join.condition());
  }

  /** Whether some conjunct cannot be true where all columns of a plan are NULL. */
  private static boolean rejectsNulls(List<BoundExpression> conjuncts, LogicalPlan plan) {
    Set<BoundColumn> columns = new HashSet<>(plan.columns());
    for (BoundExpression each : conjuncts) {
      if (NullRejection.isNeverTrue(each, columns)) {
        return true;
      }
    }
    return false;
  }
}
