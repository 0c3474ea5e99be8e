package dev.turso.bind;

import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;

/**
 * Whether values of a query may not be what its columns say: a recursive query's columns have the types of
 * its first SELECT, as in SQLite, and its next ones give what they like. Elsewhere a column that is
 * compared as a number holds no text that looks like one, and a column of text no number; so an index over
 * such values finds what a comparison finds.
 */
final class LooseTypes extends TreeWalker {

  private boolean found;

  private LooseTypes() {}

  static boolean in(LogicalPlan plan) {
    LooseTypes walker = new LooseTypes();
    walker.walk(plan);
    return walker.found;
  }

  @Override
  public Boolean recursive(LogicalPlan.Recursive plan) {
    found = true;
    return super.recursive(plan);
  }

  /** A materialized view of such a query. */
  @Override
  public Boolean scan(LogicalPlan.Scan plan) {
    found |= plan.table().materializedView() && plan.indexChoice().forbidden();
    return super.scan(plan);
  }
}
