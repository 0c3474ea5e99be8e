package dev.turso.plan.physical;

import dev.turso.plan.logical.SortKey;
import java.util.List;

/**
 * A physical plan with what is thought of it.
 *
 * @param rows how many rows it may give
 * @param cost in units of a row read from a scan, roughly
 * @param order the order its rows come in; empty if unknown
 * @param orderIsUnique whether no two rows are equal in that order, so that any further key is settled
 */
record Planned(
    PhysicalPlan plan, double rows, double cost, List<SortKey> order, boolean orderIsUnique) {

  static Planned unordered(PhysicalPlan plan, double rows, double cost) {
    return new Planned(plan, rows, cost, List.of(), false);
  }

  /** The same with another plan around it that keeps rows and order. */
  Planned with(PhysicalPlan around) {
    return new Planned(around, rows, cost, order, orderIsUnique);
  }
}
