package dev.turso.plan.optimize;

import dev.turso.plan.logical.LogicalPlan;

/** One rewrite. Stateless between calls. */
interface Rule {

  /** What a trace calls it. */
  String name();

  /** Whether there may be something to do. */
  boolean concerns(Features features);

  /** A plan that means the same: the same object if there is nothing to do. */
  LogicalPlan apply(LogicalPlan plan);
}
