package dev.turso.bind;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.LogicalPlan;
import java.util.List;

/**
 * A query with every name resolved.
 *
 * @param plan its rows; {@code plan.columns()} are the result columns, with their origins and
 *     declared types
 * @param names how the result columns are called, one per column of the plan
 */
public record BoundQuery(LogicalPlan plan, List<String> names) {

  /** The result columns: {@code columns().get(i).origin()} is what metadata tells of column i. */
  public List<BoundColumn> columns() {
    return plan.columns();
  }
}
