package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SetOperator;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Moves a condition over a relation's columns to where its rows are made. Stateless. */
final class Pushdown {

  private Pushdown() {}

  /** The plan with the condition inside, or null where it must stay outside. */
  static @Nullable LogicalPlan push(LogicalPlan plan, BoundExpression condition) {
    if (!Substitution.isPure(List.of(condition))) {
      return null;
    }
    return pushPure(plan, condition);
  }

  private static @Nullable LogicalPlan pushPure(LogicalPlan plan, BoundExpression condition) {
    if (plan instanceof LogicalPlan.Project project && Substitution.isPure(project.expressions())) {
      BoundExpression inner = substitute(condition, project.columns(), project.expressions());
      return new LogicalPlan.Project(
          into(project.input(), inner), project.expressions(), project.columns());
    }
    if (plan instanceof LogicalPlan.Distinct distinct
        && distinct.on().containsAll(FreeColumns.of(condition))) {
      return new LogicalPlan.Distinct(into(distinct.input(), condition), distinct.on());
    }
    if (plan instanceof LogicalPlan.Sort sort) {
      return new LogicalPlan.Sort(into(sort.input(), condition), sort.keys());
    }
    if (plan instanceof LogicalPlan.SetOperation set && keepsRepresentatives(set)) {
      LogicalPlan left =
          into(set.left(), substitute(condition, set.columns(), references(set.left().columns())));
      LogicalPlan right =
          into(
              set.right(), substitute(condition, set.columns(), references(set.right().columns())));
      return new LogicalPlan.SetOperation(set.operator(), left, right, set.columns());
    }
    if (plan instanceof LogicalPlan.Aggregate aggregate) {
      return intoAggregate(aggregate, condition);
    }
    return null;
  }

  /**
   * Whether rows that are one row to the operation are one to every condition: otherwise it matters
   * which of them is left when the condition is checked.
   */
  private static boolean keepsRepresentatives(LogicalPlan.SetOperation set) {
    if (set.operator() == SetOperator.UNION_ALL) {
      return true;
    }
    for (BoundColumn each : set.columns()) {
      if (each.collationOrBinary() != Collation.BINARY) {
        return false;
      }
    }
    return true;
  }

  private static LogicalPlan into(LogicalPlan plan, BoundExpression condition) {
    LogicalPlan inside = pushPure(plan, condition);
    return inside != null ? inside : new LogicalPlan.Filter(plan, condition);
  }

  private static @Nullable LogicalPlan intoAggregate(
      LogicalPlan.Aggregate aggregate, BoundExpression condition) {
    List<BoundColumn> outputs = new ArrayList<>();
    List<BoundExpression> expressions = new ArrayList<>();
    for (LogicalPlan.GroupKey each : aggregate.keys()) {
      outputs.add(each.output());
      expressions.add(each.expression());
    }
    if (outputs.isEmpty() || !Substitution.isPure(expressions)) {
      return null;
    }
    Set<BoundColumn> own = new HashSet<>(aggregate.columns());
    own.removeAll(outputs);
    for (BoundColumn each : FreeColumns.of(condition)) {
      if (own.contains(each)) {
        return null;
      }
    }
    return new LogicalPlan.Aggregate(
        into(aggregate.input(), substitute(condition, outputs, expressions)),
        aggregate.keys(),
        aggregate.calls(),
        aggregate.bare(),
        aggregate.bareFollows());
  }

  private static List<BoundExpression> references(List<BoundColumn> columns) {
    List<BoundExpression> all = new ArrayList<>(columns.size());
    for (BoundColumn each : columns) {
      all.add(new BoundExpression.ColumnReference(each));
    }
    return all;
  }

  private static BoundExpression substitute(
      BoundExpression condition, List<BoundColumn> columns, List<BoundExpression> expressions) {
    Map<BoundColumn, BoundExpression> definitions = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      definitions.put(columns.get(i), expressions.get(i));
    }
    return new Substitution(definitions).rewrite(condition);
  }
}
