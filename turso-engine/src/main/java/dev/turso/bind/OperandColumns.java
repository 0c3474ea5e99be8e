package dev.turso.bind;

import dev.turso.bind.SelectBinder.BoundCore;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.BoundExpression.UnaryPlus;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;

/**
 * How the columns of queries are compared that are operands themselves: in {@code x IN (SELECT …)} and
 * {@code (SELECT …) = x}. Of several SELECTs the last decides, and so does the last row of VALUES; but
 * VALUES of several rows without names or functions have no affinity, and their first row's collation.
 */
final class OperandColumns {

  private OperandColumns() {}

  /** Whether VALUES are of literals, and what operators make of them, alone. */
  static boolean areLiterals(List<List<BoundExpression>> rows) {
    for (List<BoundExpression> row : rows) {
      for (BoundExpression each : row) {
        if (!FreeColumns.of(each).isEmpty() || calls(each)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean calls(BoundExpression expression) {
    boolean[] found = {false};
    new TreeWalker() {
      @Override
      public Boolean functionCall(BoundExpression.FunctionCall node) {
        found[0] = true;
        return true;
      }

      @Override
      public Boolean scalarSubquery(BoundExpression.ScalarSubquery node) {
        found[0] = true;
        return true;
      }

      @Override
      public Boolean exists(BoundExpression.Exists node) {
        found[0] = true;
        return true;
      }

      @Override
      public Boolean inSubquery(BoundExpression.InSubquery node) {
        found[0] = true;
        return true;
      }
    }.walk(expression);
    return found[0];
  }

  /** What stands for a column of several rows of VALUES. */
  static BoundExpression ofValues(boolean literals, List<BoundExpression> column) {
    return literals ? new UnaryPlus(column.getFirst()) : column.getLast();
  }

  /** The affinities of the columns of the last of several SELECTs. */
  static List<Affinity> affinities(BoundCore last) {
    return last.items().stream().map(each -> each.expression().affinity()).toList();
  }

  /** A compound with the collations of its last SELECT. */
  static LogicalPlan collated(BindContext context, LogicalPlan plan, BoundCore last) {
    List<BoundExpression> references = new ArrayList<>();
    List<BoundColumn> columns = new ArrayList<>();
    boolean changes = false;
    for (int i = 0; i < plan.columns().size(); i++) {
      BoundColumn column = plan.columns().get(i);
      Collation collation = Collations.of(last.items().get(i).expression());
      changes |= collation != column.collation();
      references.add(new ColumnReference(column));
      columns.add(context.computed(column.name(), column.affinity(), collation));
    }
    return changes ? new LogicalPlan.Project(plan, references, List.copyOf(columns)) : plan;
  }
}
