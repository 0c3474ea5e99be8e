package dev.turso.bind;

import dev.turso.plan.logical.LogicalPlan;

/** What EXISTS asks of its query: whether there is a row, whatever is in it. */
final class ExistsPlans {

  private ExistsPlans() {}

  /** The query without its order and without DISTINCT, which LIMIT and OFFSET then count too. */
  static LogicalPlan simplest(LogicalPlan plan) {
    return switch (plan) {
      case LogicalPlan.Sort sort -> simplest(sort.input());
      case LogicalPlan.Distinct distinct -> simplest(distinct.input());
      case LogicalPlan.Limit limit ->
          new LogicalPlan.Limit(simplest(limit.input()), limit.limit(), limit.offset());
      case LogicalPlan.Project project when isDecorated(project.input()) ->
          simplest(project.input());
      default -> plan;
    };
  }

  /** Whether a projection only takes sort columns away. */
  private static boolean isDecorated(LogicalPlan input) {
    return input instanceof LogicalPlan.Sort
        || input instanceof LogicalPlan.Limit
        || input instanceof LogicalPlan.Distinct;
  }
}
