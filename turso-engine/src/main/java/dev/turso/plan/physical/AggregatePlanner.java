package dev.turso.plan.physical;

import dev.turso.plan.logical.AggregateCall;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SortKey;
import dev.turso.schema.Index;
import dev.turso.schema.TableKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans groups: counted from pages, read from the end of an index, streamed or hashed. */
final class AggregatePlanner {

  private final PhysicalPlanner planner;

  AggregatePlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  Planned plan(LogicalPlan.Aggregate node) {
    if (node.keys().isEmpty()) {
      PhysicalPlan count = count(node);
      if (count != null) {
        return new Planned(count, 1, 1, List.of(), true);
      }
      return single(node);
    }
    List<SortKey> wanted = new ArrayList<>();
    List<SortKey> order = new ArrayList<>();
    for (LogicalPlan.GroupKey each : node.keys()) {
      wanted.add(new SortKey(each.expression(), false, true, each.collation()));
      order.add(
          new SortKey(
              new BoundExpression.ColumnReference(each.output()), false, true, each.collation()));
    }
    Planned input = planner.relation(node.input(), Wanted.groups(wanted));
    boolean grouped = Orders.satisfies(input.order(), input.orderIsUnique(), wanted, new BitSet());
    double rows = Math.max(1, input.rows() / 10);
    double cost = input.cost() + input.rows() + (grouped ? 0 : Estimates.sort(input.rows()));
    return new Planned(aggregate(node, input.plan(), grouped, -1), rows, cost, order, true);
  }

  private static PhysicalPlan aggregate(
      LogicalPlan.Aggregate node, PhysicalPlan input, boolean grouped, int enough) {
    return new PhysicalPlan.Aggregate(
        input, node.keys(), node.calls(), node.bare(), node.bareFollows(), grouped, enough);
  }

  private Planned single(LogicalPlan.Aggregate node) {
    List<SortKey> wanted = extreme(node);
    Planned input =
        planner.relation(
            node.input(), new Wanted(wanted, wanted.isEmpty() ? Double.POSITIVE_INFINITY : 1));
    boolean enough =
        !wanted.isEmpty()
            && Orders.satisfies(input.order(), input.orderIsUnique(), wanted, new BitSet());
    PhysicalPlan plan = aggregate(node, input.plan(), true, enough ? 0 : -1);
    return new Planned(plan, 1, input.cost(), List.of(), true);
  }

  /** The order in which the first row answers the only aggregate, a min or max; else empty. */
  private static List<SortKey> extreme(LogicalPlan.Aggregate node) {
    if (node.calls().size() != 1) {
      return List.of();
    }
    AggregateCall call = node.calls().get(0);
    String name = call.function().signature().name();
    boolean min = name.equals("min");
    if (!min && !name.equals("max") || call.arguments().size() != 1 || call.filter() != null) {
      return List.of();
    }
    return List.of(new SortKey(call.arguments().get(0), !min, min, call.collation()));
  }

  private @Nullable PhysicalPlan count(LogicalPlan.Aggregate node) {
    if (!(node.input() instanceof LogicalPlan.Scan scan)
        || node.calls().size() != 1
        || !node.bare().isEmpty()
        || scan.table().kind() == TableKind.VIRTUAL) {
      return null;
    }
    AggregateCall call = node.calls().get(0);
    if (!call.function().signature().name().equals("count")
        || !call.arguments().isEmpty()
        || call.filter() != null) {
      return null;
    }
    Index smallest = null;
    double width = Estimates.width(scan.table());
    for (Index each : scan.table().indexes()) {
      if (each.predicate() == null
          && !each.isTableKey()
          && scan.indexChoice().isFree()
          && Estimates.width(each) < width) {
        smallest = each;
        width = Estimates.width(each);
      }
    }
    return new PhysicalPlan.CountRows(scan, smallest, call.output());
  }
}
