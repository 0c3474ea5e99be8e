package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that hold a hidden column of a table-valued function equal to a value: they are the
 * function's argument, {@code FROM f WHERE f.arg = 1} being {@code FROM f(1)}.
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
      if (each.expression instanceof BoundExpression.Comparison c
          && c.operator() == ComparisonOperator.EQUAL
          && (take(call, input, arguments, c.left(), c.right())
              || take(call, input, arguments, c.right(), c.left()))) {
        taken.add(each);
      }
    }
    conjuncts.removeAll(taken);
    return taken.isEmpty()
        ? call
        : new LogicalPlan.TableFunction(call.function(), arguments, call.columns(), call.alias());
  }

  private boolean take(
      LogicalPlan.TableFunction call,
      BlockInput input,
      List<@Nullable BoundExpression> arguments,
      BoundExpression side,
      BoundExpression value) {
    int parameter = parameter(call, side);
    if (parameter < 0 || arguments.get(parameter) != null) {
      return false;
    }
    long others = block.inputsOf(new Conjunct(value).columns);
    if ((others & input.bit()) != 0 || dependsOn(others, input)) {
      return false;
    }
    arguments.set(parameter, value);
    input.before |= others;
    return true;
  }

  private boolean dependsOn(long others, BlockInput input) {
    for (BlockInput each : block.inputs) {
      if ((others & each.bit()) != 0 && (each.before & input.bit()) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Which parameter a hidden column is, or -1. */
  private static int parameter(LogicalPlan.TableFunction call, BoundExpression side) {
    if (!(side instanceof BoundExpression.ColumnReference reference)) {
      return -1;
    }
    int at = call.columns().indexOf(reference.column());
    List<Column> columns = call.function().columns();
    if (at < 0 || at >= columns.size() || !columns.get(at).hidden()) {
      return -1;
    }
    int parameter = 0;
    for (int i = 0; i < at; i++) {
      parameter += columns.get(i).hidden() ? 1 : 0;
    }
    return parameter < call.arguments().size() ? parameter : -1;
  }
}
