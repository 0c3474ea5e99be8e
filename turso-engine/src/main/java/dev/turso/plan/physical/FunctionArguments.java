package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TableValuedFunction;
import dev.turso.plan.logical.TableValuedFunction.Parameter;
import dev.turso.schema.Column;
import dev.turso.value.Affinity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that are {@linkplain TableValuedFunction#parameters parameters} of a table-valued
 * function. One that holds a hidden column equal to a value is the function's argument, {@code FROM f
 * WHERE f.arg = 1} being {@code FROM f(1)}; of others the function is told, and they stay conditions.
 */
final class FunctionArguments {

  private final JoinBlock block;

  FunctionArguments(JoinBlock block) {
    this.block = block;
  }

  void take() {
    for (BlockInput each : block.inputs) {
      if (each.plan instanceof LogicalPlan.TableFunction call) {
        boolean left = each.kind == LogicalJoinKind.LEFT;
        each.plan = take(call, each, left ? each.on : block.conjuncts);
      }
    }
  }

  private LogicalPlan take(
      LogicalPlan.TableFunction call, BlockInput input, List<Conjunct> conjuncts) {
    List<@Nullable BoundExpression> arguments = new ArrayList<>(call.arguments());
    List<Conjunct> taken = new ArrayList<>();
    for (Conjunct each : conjuncts) {
      if (each.expression instanceof BoundExpression.Comparison c) {
        int parameter = take(call, input, arguments, c, c.operator(), c.left(), c.right());
        if (parameter < 0) {
          parameter = take(call, input, arguments, c, c.operator().mirrored(), c.right(), c.left());
        }
        if (parameter >= 0 && isHidden(call, parameter)) {
          taken.add(each);
        }
      }
    }
    conjuncts.removeAll(taken);
    return new LogicalPlan.TableFunction(call.function(), arguments, call.columns(), call.alias());
  }

  /** Which parameter the value is given to, or -1. */
  private int take(
      LogicalPlan.TableFunction call,
      BlockInput input,
      List<@Nullable BoundExpression> arguments,
      BoundExpression.Comparison comparison,
      ComparisonOperator operator,
      BoundExpression side,
      BoundExpression value) {
    int parameter = parameter(call, operator, side);
    if (parameter < 0
        || arguments.get(parameter) != null
        || !isHidden(call, parameter) && !comparesAs(column(call, parameter), comparison, value)) {
      return -1;
    }
    long others = block.inputsOf(new Conjunct(value).columns);
    if ((others & input.bit()) != 0 || dependsOn(others, input)) {
      return -1;
    }
    arguments.set(parameter, value);
    input.before |= others;
    return parameter;
  }

  /** Whether the comparison orders the column's values as the column alone would. */
  private static boolean comparesAs(
      Column column, BoundExpression.Comparison comparison, BoundExpression value) {
    Affinity both = comparison.operandAffinity();
    boolean ofColumn =
        switch (column.affinity()) {
          case TEXT -> both == Affinity.TEXT || value.affinity() == Affinity.TEXT;
          case NONE, BLOB -> both == Affinity.NONE;
          case INTEGER, REAL, NUMERIC -> both == Affinity.NUMERIC;
        };
    return ofColumn && comparison.collation() == column.collation();
  }

  private boolean dependsOn(long others, BlockInput input) {
    for (BlockInput each : block.inputs) {
      if ((others & each.bit()) != 0 && (each.before & input.bit()) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Which parameter a comparison of a column is, or -1. */
  private static int parameter(
      LogicalPlan.TableFunction call, ComparisonOperator operator, BoundExpression side) {
    if (!(side instanceof BoundExpression.ColumnReference reference)) {
      return -1;
    }
    int at = call.columns().indexOf(reference.column());
    return call.function().parameters().indexOf(new Parameter(at, operator));
  }

  private static Column column(LogicalPlan.TableFunction call, int parameter) {
    TableValuedFunction function = call.function();
    return function.columns().get(function.parameters().get(parameter).column());
  }

  private static boolean isHidden(LogicalPlan.TableFunction call, int parameter) {
    return column(call, parameter).hidden();
  }
}
