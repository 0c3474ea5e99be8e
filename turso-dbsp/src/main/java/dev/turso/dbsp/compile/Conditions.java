package dev.turso.dbsp.compile;

import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.operator.Condition;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.TreeWalker;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes conditions apart at AND and makes the parts ready to run. */
final class Conditions {

  private Conditions() {}

  /**
   * The conjuncts of a condition, in order, and before each OR the equalities of columns that all of its
   * sides have: they say nothing new, but a join can seek by them.
   */
  static List<BoundExpression> split(@Nullable BoundExpression condition) {
    List<BoundExpression> parts = new ArrayList<>();
    addTo(parts, condition);
    return parts;
  }

  private static void addTo(List<BoundExpression> parts, @Nullable BoundExpression condition) {
    if (condition instanceof BoundExpression.And and) {
      addTo(parts, and.left());
      addTo(parts, and.right());
    } else if (condition != null) {
      if (condition instanceof BoundExpression.Or) {
        parts.addAll(common(condition));
      }
      parts.add(condition);
    }
  }

  /** The equalities of columns without which a condition cannot be true. */
  private static Set<BoundExpression> common(BoundExpression condition) {
    if (condition instanceof BoundExpression.Or or) {
      Set<BoundExpression> found = common(or.left());
      if (!found.isEmpty()) {
        found.retainAll(common(or.right()));
      }
      return found;
    }
    Set<BoundExpression> found = new LinkedHashSet<>();
    if (condition instanceof BoundExpression.And and) {
      found.addAll(common(and.left()));
      found.addAll(common(and.right()));
    } else if (condition instanceof BoundExpression.Comparison comparison
        && comparison.operator() == ComparisonOperator.EQUAL
        && isColumn(comparison.left())
        && isColumn(comparison.right())) {
      found.add(condition);
    }
    return found;
  }

  private static boolean isColumn(BoundExpression expression) {
    return expression instanceof BoundExpression.ColumnReference;
  }

  static List<Condition> compile(ColumnPlaces places, List<BoundExpression> conjuncts) {
    List<Condition> compiled = new ArrayList<>();
    for (BoundExpression each : conjuncts) {
      compiled.add(
          new Condition(
              places.compile(each), places.reads(each), sides(places, each), Texts.of(each)));
    }
    return compiled;
  }

  private static List<Condition.Side> sides(ColumnPlaces places, BoundExpression conjunct) {
    List<Condition.Side> sides = new ArrayList<>();
    if (conjunct instanceof BoundExpression.Comparison comparison
        && (comparison.operator() == ComparisonOperator.EQUAL
            || comparison.operator() == ComparisonOperator.IS)) {
      addSide(places, comparison, comparison.left(), comparison.right(), sides);
      addSide(places, comparison, comparison.right(), comparison.left(), sides);
    }
    return sides;
  }

  private static void addSide(
      ColumnPlaces places,
      BoundExpression.Comparison comparison,
      BoundExpression column,
      BoundExpression value,
      List<Condition.Side> sides) {
    Integer slot = places.plainSlot(column);
    if (slot != null) {
      Equality equality =
          new Equality(
              slot,
              places.compile(value),
              comparison.operandAffinity(),
              comparison.collation(),
              comparison.operator() == ComparisonOperator.IS);
      sides.add(new Condition.Side(equality, places.reads(value)));
    }
  }

  /** Whether a subquery occurs in an expression. */
  static boolean hasSubquery(BoundExpression expression) {
    boolean[] found = {false};
    new TreeWalker() {
      @Override
      protected void subplan(dev.turso.plan.logical.LogicalPlan plan) {
        found[0] = true;
      }
    }.walk(expression);
    return found[0];
  }
}
