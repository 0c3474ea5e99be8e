package dev.turso.plan.physical;

import dev.turso.plan.logical.SortKey;
import java.util.List;

/**
 * What the consumer of a plan would like: an order, and how many rows it may stop after.
 *
 * @param limit infinity if it reads everything
 * @param grouping whether the order serves grouping, which can do without
 */
record Wanted(List<SortKey> order, double limit, boolean grouping) {

  static final Wanted NOTHING = new Wanted(List.of(), Double.POSITIVE_INFINITY, false);

  Wanted(List<SortKey> order, double limit) {
    this(order, limit, false);
  }

  static Wanted order(List<SortKey> keys) {
    return new Wanted(keys, Double.POSITIVE_INFINITY, false);
  }

  static Wanted groups(List<SortKey> keys) {
    return new Wanted(keys, Double.POSITIVE_INFINITY, true);
  }

  Wanted withOrder(List<SortKey> keys) {
    return new Wanted(keys, limit, grouping);
  }
}
