package dev.turso.dbsp.compile;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * What a correlated subquery reads: uncorrelated inputs, and conditions between them and outer rows.
 *
 * <p>An outer row can only be concerned by a change of an input if the conditions hold for it and rows
 * of all inputs.
 */
record Core(List<LogicalPlan> inputs, List<BoundExpression> conditions) {

  static List<Core> of(LogicalPlan plan) {
    List<Core> cores = new ArrayList<>();
    collect(plan, cores);
    return cores;
  }

  private static void collect(LogicalPlan plan, List<Core> cores) {
    if (FreeColumns.of(plan).isEmpty()) {
      cores.add(new Core(List.of(plan), List.of()));
      return;
    }
    switch (plan) {
      case LogicalPlan.Project each -> {
        refuseNested(each.expressions());
        collect(each.input(), cores);
      }
      case LogicalPlan.Sort each -> collect(each.input(), cores);
      case LogicalPlan.Limit each -> collect(each.input(), cores);
      case LogicalPlan.Distinct each -> collect(each.input(), cores);
      case LogicalPlan.Aggregate each -> collect(each.input(), cores);
      case LogicalPlan.SetOperation each -> {
        collect(each.left(), cores);
        collect(each.right(), cores);
      }
      case LogicalPlan.Filter each -> joined(each, cores);
      case LogicalPlan.Join each -> joined(each, cores);
      default -> throw new NoIncrementalForm("a correlated subquery of this form");
    }
  }

  private static void joined(LogicalPlan plan, List<Core> cores) {
    List<LogicalPlan> inputs = new ArrayList<>();
    List<BoundExpression> conditions = new ArrayList<>();
    gather(plan, inputs, conditions);
    refuseNested(conditions);
    for (LogicalPlan each : inputs) {
      if (!FreeColumns.of(each).isEmpty()) {
        throw new NoIncrementalForm("a correlated subquery in FROM");
      }
    }
    cores.add(new Core(inputs, conditions));
  }

  /** Takes filters and inner joins apart. */
  static void gather(LogicalPlan node, List<LogicalPlan> inputs, List<BoundExpression> conditions) {
    if (node instanceof LogicalPlan.Filter filter) {
      gather(filter.input(), inputs, conditions);
      conditions.addAll(Conditions.split(filter.predicate()));
    } else if (node instanceof LogicalPlan.Join join
        && (join.kind() == LogicalJoinKind.INNER || join.kind() == LogicalJoinKind.CROSS)) {
      gather(join.left(), inputs, conditions);
      gather(join.right(), inputs, conditions);
      conditions.addAll(Conditions.split(join.condition()));
    } else {
      inputs.add(node);
    }
  }

  private static void refuseNested(List<BoundExpression> expressions) {
    for (BoundExpression each : expressions) {
      if (Conditions.hasSubquery(each)) {
        throw new NoIncrementalForm("a subquery inside a correlated subquery");
      }
    }
  }
}
