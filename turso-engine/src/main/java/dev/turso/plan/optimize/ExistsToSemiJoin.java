package dev.turso.plan.optimize;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.BoundExpression.Comparison;
import dev.turso.plan.logical.BoundExpression.Exists;
import dev.turso.plan.logical.BoundExpression.Not;
import dev.turso.plan.logical.ColumnOrigin;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.PlanRewriter;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code WHERE [NOT] EXISTS (SELECT … FROM t WHERE t.x = outer.y …)} becomes a semi or anti join,
 * which reads t once instead of once per outer row. Where an index finds {@code t.x} the subquery
 * stays: seeking it for the rows that need it is cheaper than reading it all.
 */
final class ExistsToSemiJoin implements Rule {

  @Override
  public String name() {
    return "exists to semi join";
  }

  @Override
  public boolean concerns(Features features) {
    return features.exists;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return new PlanRewriter() {
      @Override
      public LogicalPlan filter(LogicalPlan.Filter node) {
        LogicalPlan rewritten = super.filter(node);
        return rewritten instanceof LogicalPlan.Filter filter ? unnest(filter) : rewritten;
      }
    }.rewrite(plan);
  }

  private static LogicalPlan unnest(LogicalPlan.Filter filter) {
    List<BoundExpression> rest = new ArrayList<>();
    List<LogicalPlan.Join> joins = new ArrayList<>();
    Set<BoundColumn> outer = new HashSet<>(filter.input().columns());
    for (BoundExpression each : Conjuncts.of(filter.predicate())) {
      LogicalPlan.Join join = join(each, filter.input(), outer);
      if (join == null) {
        rest.add(each);
      } else {
        joins.add(join);
      }
    }
    if (joins.isEmpty()) {
      return filter;
    }
    BoundExpression remaining = Conjuncts.join(rest);
    LogicalPlan plan =
        remaining == null ? filter.input() : new LogicalPlan.Filter(filter.input(), remaining);
    for (LogicalPlan.Join each : joins) {
      plan = new LogicalPlan.Join(plan, each.right(), each.kind(), each.condition());
    }
    return plan;
  }

  private static LogicalPlan.@Nullable Join join(
      BoundExpression conjunct, LogicalPlan input, Set<BoundColumn> outer) {
    BoundExpression inner = conjunct instanceof Not not ? not.operand() : conjunct;
    if (!(inner instanceof Exists exists)) {
      return null;
    }
    boolean anti = exists.negated() != (conjunct instanceof Not);
    LogicalPlan query = exists.plan();
    while (query instanceof LogicalPlan.Project project) {
      query = project.input();
    }
    if (!(query instanceof LogicalPlan.Filter where) || !FreeColumns.of(where.input()).isEmpty()) {
      return null;
    }
    List<BoundExpression> across = new ArrayList<>();
    List<BoundExpression> inside = new ArrayList<>();
    Set<BoundColumn> own = new HashSet<>(where.input().columns());
    if (!split(where.predicate(), outer, own, across, inside)) {
      return null;
    }
    BoundExpression remaining = Conjuncts.join(inside);
    LogicalPlan right =
        remaining == null ? where.input() : new LogicalPlan.Filter(where.input(), remaining);
    return new LogicalPlan.Join(
        input, right, anti ? LogicalJoinKind.ANTI : LogicalJoinKind.SEMI, Conjuncts.join(across));
  }

  /** Parts the condition; false if it cannot be a join's or had better stay one of a subquery. */
  private static boolean split(
      BoundExpression condition,
      Set<BoundColumn> outer,
      Set<BoundColumn> own,
      List<BoundExpression> across,
      List<BoundExpression> inside) {
    boolean hashable = false;
    for (BoundExpression each : Conjuncts.of(condition)) {
      Set<BoundColumn> columns = FreeColumns.of(each);
      if (own.containsAll(columns)) {
        inside.add(each);
        continue;
      }
      for (BoundColumn column : columns) {
        if (!own.contains(column) && !outer.contains(column)) {
          return false;
        }
      }
      across.add(each);
      if (each instanceof Comparison c && c.operator() == ComparisonOperator.EQUAL) {
        if (isIndexed(c.left(), own) || isIndexed(c.right(), own)) {
          return false;
        }
        hashable |= isEquiJoin(c, outer, own);
      }
    }
    return hashable;
  }

  private static boolean isEquiJoin(Comparison c, Set<BoundColumn> outer, Set<BoundColumn> own) {
    return isOver(c.left(), own) && isOver(c.right(), outer)
        || isOver(c.right(), own) && isOver(c.left(), outer);
  }

  private static boolean isOver(BoundExpression e, Set<BoundColumn> columns) {
    Set<BoundColumn> used = FreeColumns.of(e);
    return !used.isEmpty() && columns.containsAll(used);
  }

  private static boolean isIndexed(BoundExpression e, Set<BoundColumn> own) {
    if (!(e instanceof ColumnReference reference) || !own.contains(reference.column())) {
      return false;
    }
    ColumnOrigin origin = reference.column().origin();
    if (origin == null) {
      return false;
    }
    Table table = origin.table();
    if (origin.isRowid() || origin.column() == table.rowidAlias()) {
      return true;
    }
    for (Index each : table.indexes()) {
      if (each.parts().getFirst().column() == origin.column()) {
        return true;
      }
    }
    return false;
  }
}
