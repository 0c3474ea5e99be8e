package dev.turso.plan.physical;

import dev.turso.plan.logical.SortKey;
import java.util.List;

/**
 * What the consumer of a plan would like: an order, and how many rows it may stop after.
 *
 * @param limit infinity if it reads everything
 */
record Wanted(List<SortKey> order, double limit) {

  static final Wanted NOTHING = new Wanted(List.of(), Double.POSITIVE_INFINITY);

  static Wanted order(List<SortKey> keys) {
    return new Wanted(keys, Double.POSITIVE_INFINITY);
  }
}
