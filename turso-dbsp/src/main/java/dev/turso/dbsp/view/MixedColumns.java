package dev.turso.dbsp.view;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;
import dev.turso.value.Affinity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The affinities that some column of a UNION, INTERSECT, EXCEPT or recursive query has by its first
 * SELECT alone. The values of the others have not been through them, and a table's column of such a
 * type would change what it stores.
 */
final class MixedColumns extends TreeWalker {

  private final Set<Affinity> mixed = EnumSet.noneOf(Affinity.class);

  private MixedColumns() {}

  static Set<Affinity> of(LogicalPlan plan) {
    MixedColumns result = new MixedColumns();
    result.walk(plan);
    return result.mixed;
  }

  @Override
  public Boolean setOperation(LogicalPlan.SetOperation plan) {
    compare(plan.columns(), plan.left().columns());
    compare(plan.columns(), plan.right().columns());
    return super.setOperation(plan);
  }

  @Override
  public Boolean recursive(LogicalPlan.Recursive plan) {
    compare(plan.columns(), plan.seed().columns());
    compare(plan.columns(), plan.step().columns());
    return super.recursive(plan);
  }

  private void compare(List<BoundColumn> columns, List<BoundColumn> source) {
    for (int i = 0; i < columns.size(); i++) {
      BoundColumn each = source.get(i);
      if (!each.isStoredAsTyped() || each.affinity() != columns.get(i).affinity()) {
        mixed.add(columns.get(i).affinity());
      }
    }
  }
}
