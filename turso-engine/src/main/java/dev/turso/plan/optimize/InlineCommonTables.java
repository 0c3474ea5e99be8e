package dev.turso.plan.optimize;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.PlanRewriter;
import dev.turso.plan.logical.TreeWalker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A common table that is read once is computed where it is read, so that a LIMIT above stops it. One
 * that is read within a subquery stays: the subquery may run many times.
 */
final class InlineCommonTables implements Rule {

  @Override
  public String name() {
    return "inline common tables";
  }

  @Override
  public boolean concerns(Features features) {
    return features.commonTables;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    Uses uses = new Uses();
    uses.walk(plan);
    if (uses.count.isEmpty()) {
      return plan;
    }
    return new PlanRewriter() {
      @Override
      public LogicalPlan materialize(LogicalPlan.Materialize node) {
        boolean once =
            uses.count.getOrDefault(node.id(), 0) == 1 && !uses.inSubqueries.contains(node.id());
        return once ? inlined(node, rewrite(node.input())) : super.materialize(node);
      }
    }.rewrite(plan);
  }

  private static LogicalPlan inlined(LogicalPlan.Materialize node, LogicalPlan input) {
    List<BoundExpression> references = new ArrayList<>();
    for (BoundColumn each : input.columns()) {
      references.add(new ColumnReference(each));
    }
    return new LogicalPlan.Project(input, references, node.columns());
  }

  /** How often each common table is read. */
  private static final class Uses extends TreeWalker {
    final Map<Integer, Integer> count = new HashMap<>();
    final Set<Integer> inSubqueries = new HashSet<>();
    private int depth;

    @Override
    public Boolean materialize(LogicalPlan.Materialize node) {
      count.merge(node.id(), 1, Integer::sum);
      if (depth > 0) {
        inSubqueries.add(node.id());
      }
      return super.materialize(node);
    }

    @Override
    public Boolean recursive(LogicalPlan.Recursive node) {
      walk(node.seed());
      depth++;
      walk(node.step());
      depth--;
      return true;
    }

    @Override
    protected void subplan(LogicalPlan plan) {
      depth++;
      super.subplan(plan);
      depth--;
    }
  }
}
