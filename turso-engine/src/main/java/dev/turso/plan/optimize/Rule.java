package dev.turso.plan.optimize;

import dev.turso.plan.logical.LogicalPlan;

/** One rewrite. Stateless between calls. */
interface Rule {

  /** What a trace calls it. */
  String name();

  /** A plan that means the same: the same object if there is nothing to do. */
  LogicalPlan apply(LogicalPlan plan);
}
