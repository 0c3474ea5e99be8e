package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code a = 1 OR b = 2}: several index paths together, where each alternative has one. */
final class UnionPath {

  private UnionPath() {}

  /**
   * @param others the paths without union: it must be better than all of them
   */
  static @Nullable Path find(
      LogicalPlan.Scan scan,
      List<Conjunct> conjuncts,
      BitSet own,
      BitSet unavailable,
      TableColumns columns,
      Costs costs,
      List<Path> others) {
    if (scan.table().withoutRowid()) {
      return null;
    }
    Path best = null;
    for (Conjunct each : conjuncts) {
      if (each.expression instanceof BoundExpression.Or or) {
        Path path = union(or, scan, own, unavailable, columns, costs);
        if (path != null && (best == null || path.cost() < best.cost())) {
          best = path;
        }
      }
    }
    if (best == null) {
      return null;
    }
    for (Path each : others) {
      if (each.cost() <= best.cost()) {
        return null;
      }
    }
    return best;
  }

  private static @Nullable Path union(
      BoundExpression.Or or,
      LogicalPlan.Scan scan,
      BitSet own,
      BitSet unavailable,
      TableColumns columns,
      Costs costs) {
    List<BoundExpression> alternatives = new ArrayList<>();
    TermFinder.branches(or, alternatives);
    List<AccessPath> branches = new ArrayList<>();
    double cost = 0;
    double rows = 0;
    for (BoundExpression each : alternatives) {
      List<Conjunct> parts = new ArrayList<>();
      Conjunct.split(each, parts);
      List<Term> terms = TermFinder.find(parts, own, unavailable);
      Path best = null;
      for (Path path : new PathFinder(scan, terms, parts, columns, false, costs).find()) {
        if (path.seeks() && (best == null || path.cost() < best.cost())) {
          best = path;
        }
      }
      if (best == null) {
        return null;
      }
      branches.add(best.access());
      cost += best.cost();
      rows += best.rows();
    }
    return new Path(new AccessPath.Union(branches), cost + rows, rows, List.of(), false, List.of());
  }
}
