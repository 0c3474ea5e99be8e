package dev.turso.plan.optimize;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.And;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions as the list of what must all be true. */
final class Conjuncts {

  private Conjuncts() {}

  /** The conjuncts of a condition, from left to right. */
  static List<BoundExpression> of(BoundExpression condition) {
    List<BoundExpression> all = new ArrayList<>();
    collect(condition, all);
    return all;
  }

  private static void collect(BoundExpression condition, List<BoundExpression> into) {
    if (condition instanceof And and) {
      collect(and.left(), into);
      collect(and.right(), into);
    } else {
      into.add(condition);
    }
  }

  /** One condition of them all; null if there are none. */
  static @Nullable BoundExpression join(List<BoundExpression> conjuncts) {
    BoundExpression joined = null;
    for (BoundExpression each : conjuncts) {
      joined = joined == null ? each : new And(joined, each);
    }
    return joined;
  }
}
