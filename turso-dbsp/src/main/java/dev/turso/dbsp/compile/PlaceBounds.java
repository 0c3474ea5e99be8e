package dev.turso.dbsp.compile;

import dev.turso.function.WindowDefinition;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.value.Affinity;
import dev.turso.value.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Up to which place a filter above a window lets rows through, as in {@code row_number() … <= 10}: places
 * further on need not be known.
 */
final class PlaceBounds {

  private PlaceBounds() {}

  /**
   * Finds windows with such a filter.
   *
   * @param inputs what the filter is applied to
   * @param into takes the highest places
   */
  static void find(
      List<BoundExpression> conjuncts,
      List<LogicalPlan> inputs,
      Map<LogicalPlan.Window, Long> into) {
    for (BoundExpression each : conjuncts) {
      if (each instanceof BoundExpression.Comparison comparison
          && comparison.operandAffinity() != Affinity.TEXT) {
        find(comparison.operator(), comparison.left(), comparison.right(), inputs, into);
        find(comparison.operator().mirrored(), comparison.right(), comparison.left(), inputs, into);
      }
    }
  }

  private static void find(
      ComparisonOperator operator,
      BoundExpression left,
      BoundExpression right,
      List<LogicalPlan> inputs,
      Map<LogicalPlan.Window, Long> into) {
    if (!(left instanceof BoundExpression.ColumnReference reference)
        || !(right instanceof BoundExpression.Constant constant)
        || constant.value().tag() != Tag.INTEGER) {
      return;
    }
    long value = constant.value().asLong();
    long bound =
        switch (operator) {
          case LESS_OR_EQUAL, EQUAL, IS -> value;
          case LESS -> value == Long.MIN_VALUE ? value : value - 1;
          case GREATER, GREATER_OR_EQUAL, NOT_EQUAL, IS_NOT -> Long.MAX_VALUE;
        };
    for (LogicalPlan input : inputs) {
      LogicalPlan.Window window = source(input, reference.column());
      if (window != null && bound < Long.MAX_VALUE) {
        into.merge(window, Math.max(bound, 0), Math::min);
      }
    }
  }

  /** The window whose only function a column is, or null. */
  private static LogicalPlan.@Nullable Window source(LogicalPlan plan, BoundColumn column) {
    return switch (plan) {
      case LogicalPlan.Filter each -> source(each.input(), column);
      case LogicalPlan.Project each -> {
        int at = each.columns().indexOf(column);
        yield at >= 0 && each.expressions().get(at) instanceof BoundExpression.ColumnReference same
            ? source(each.input(), same.column())
            : null;
      }
      case LogicalPlan.Window each -> tellsPlaces(each, column) ? each : null;
      default -> null;
    };
  }

  private static boolean tellsPlaces(LogicalPlan.Window window, BoundColumn column) {
    return window.calls().size() == 1
        && window.calls().getFirst().output().equals(column)
        && window.calls().getFirst().function() instanceof WindowDefinition function
        && switch (function.kind()) {
          case ROW_NUMBER, RANK, DENSE_RANK -> true;
          default -> false;
        };
  }
}
