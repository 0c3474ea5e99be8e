package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans the joins that a join block does not take apart: RIGHT, FULL, semi and anti joins. */
final class OuterJoinPlanner {

  private final PhysicalPlanner planner;

  OuterJoinPlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  Planned plan(LogicalPlan.Join join) {
    Planned left = planner.relation(join.left(), Wanted.NOTHING);
    Planned right = planner.relation(join.right(), Wanted.NOTHING);
    BitSet leftColumns = ids(join.left().columns());
    BitSet rightColumns = ids(join.right().columns());
    List<Conjunct> conjuncts = new ArrayList<>();
    if (join.condition() != null) {
      Conjunct.split(join.condition(), conjuncts);
    }
    List<PhysicalPlan.HashJoin.Key> keys = new ArrayList<>();
    List<BoundExpression> rest = new ArrayList<>();
    for (Conjunct each : conjuncts) {
      PhysicalPlan.HashJoin.Key key = key(each, leftColumns, rightColumns);
      if (key != null) {
        keys.add(key);
      } else {
        rest.add(each.expression);
      }
    }
    PhysicalPlan plan =
        new PhysicalPlan.HashJoin(
            left.plan(),
            right.plan(),
            join.kind(),
            keys,
            rest,
            planner.usedOf(join.left().columns()),
            planner.usedOf(join.right().columns()),
            planner.isConstant(join.right()));
    return Planned.unordered(
        plan, left.rows() + right.rows(), left.cost() + right.cost() + left.rows());
  }

  private static BitSet ids(List<BoundColumn> columns) {
    BitSet ids = new BitSet();
    for (BoundColumn each : columns) {
      ids.set(each.id());
    }
    return ids;
  }

  private static PhysicalPlan.HashJoin.@Nullable Key key(
      Conjunct conjunct, BitSet left, BitSet right) {
    if (!(conjunct.expression instanceof BoundExpression.Comparison c)
        || c.operator() != ComparisonOperator.EQUAL && c.operator() != ComparisonOperator.IS) {
      return null;
    }
    boolean nullsEqual = c.operator() == ComparisonOperator.IS;
    if (isOver(c.left(), left) && isOver(c.right(), right)) {
      return new PhysicalPlan.HashJoin.Key(
          c.left(), c.right(), c.operandAffinity(), c.collation(), nullsEqual);
    }
    if (isOver(c.right(), left) && isOver(c.left(), right)) {
      return new PhysicalPlan.HashJoin.Key(
          c.right(), c.left(), c.operandAffinity(), c.collation(), nullsEqual);
    }
    return null;
  }

  private static boolean isOver(BoundExpression expression, BitSet columns) {
    BitSet own = new Conjunct(expression).columns;
    if (own.isEmpty()) {
      return false;
    }
    own.andNot(columns);
    return own.isEmpty();
  }
}
