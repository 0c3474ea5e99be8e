package dev.turso.bind;

import dev.turso.function.FunctionTrait;
import dev.turso.plan.logical.AggregateCall;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.ExpressionRewriter;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.PlanRewriter;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.logical.WindowCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns expressions over the rows of FROM into expressions over groups: what equals a GROUP BY term
 * becomes its key, and any other column of FROM becomes a bare column.
 */
final class Grouping extends ExpressionRewriter {

  private final BindContext context;
  private final Scope scope;
  private final List<LogicalPlan.GroupKey> keys = new ArrayList<>();
  private final Map<BoundColumn, LogicalPlan.BareColumn> bare = new HashMap<>();
  private final List<LogicalPlan.BareColumn> bareInOrder = new ArrayList<>();
  private final PlanRewriter subqueries =
      new PlanRewriter() {
        @Override
        public BoundExpression expression(BoundExpression expression) {
          return Grouping.this.rewrite(expression);
        }
      };

  Grouping(BindContext context, Scope scope, List<BoundExpression> terms) {
    this.context = context;
    this.scope = scope;
    for (BoundExpression each : terms) {
      keys.add(key(each));
    }
  }

  private LogicalPlan.GroupKey key(BoundExpression term) {
    BoundColumn output =
        term instanceof ColumnReference reference
            ? context.copy(reference.column())
            : context.computed("key", term.affinity(), Collations.of(term));
    return new LogicalPlan.GroupKey(term, output, Collations.forOrder(term));
  }

  /** Whether an expression uses an aggregate of this query. */
  static boolean usesAggregate(Scope scope, BoundExpression expression) {
    if (scope.aggregates.isEmpty()) {
      return false;
    }
    for (BoundColumn column : FreeColumns.of(expression)) {
      for (AggregateCall call : scope.aggregates.calls()) {
        if (call.output().equals(column)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The Aggregate node; to be called when all expressions above it are rewritten. */
  LogicalPlan plan(LogicalPlan input) {
    List<AggregateCall> calls = List.copyOf(scope.aggregates.calls());
    return new LogicalPlan.Aggregate(
        input, List.copyOf(keys), calls, List.copyOf(bareInOrder), follows(calls));
  }

  /** Of several min and max the last one decides, one without FILTER before one with it. */
  private static int follows(List<AggregateCall> calls) {
    int plain = -1;
    int filtered = -1;
    for (int i = 0; i < calls.size(); i++) {
      AggregateCall each = calls.get(i);
      if (each.function().has(FunctionTrait.PICKS_ROW)) {
        if (each.filter() == null) {
          plain = i;
        } else {
          filtered = i;
        }
      }
    }
    return plain >= 0 ? plain : filtered;
  }

  @Override
  public BoundExpression rewrite(BoundExpression expression) {
    for (LogicalPlan.GroupKey each : keys) {
      if (each.expression().equals(expression)) {
        return new ColumnReference(each.output());
      }
    }
    return super.rewrite(expression);
  }

  @Override
  public BoundExpression columnReference(ColumnReference node) {
    if (!scope.owns(node.column())) {
      return node;
    }
    LogicalPlan.BareColumn column = bare.get(node.column());
    if (column == null) {
      column = new LogicalPlan.BareColumn(node.column(), context.copy(node.column()));
      bare.put(node.column(), column);
      bareInOrder.add(column);
    }
    return new ColumnReference(column.output());
  }

  @Override
  protected LogicalPlan subplan(LogicalPlan plan) {
    return subqueries.rewrite(plan);
  }

  /** A window over groups instead of rows. */
  WindowCollector.Window rewrite(WindowCollector.Window window) {
    List<WindowCall> calls = new ArrayList<>();
    for (WindowCall each : window.calls()) {
      calls.add(
          new WindowCall(
              each.function(),
              rewriteAll(each.arguments()),
              rewriteNullable(each.filter()),
              each.frame(),
              each.output(),
              each.collation()));
    }
    return new WindowCollector.Window(
        rewriteKeys(window.partitionBy()), rewriteKeys(window.orderBy()), calls);
  }

  private List<SortKey> rewriteKeys(List<SortKey> keys) {
    List<SortKey> rewritten = new ArrayList<>();
    for (SortKey each : keys) {
      BoundExpression expression = rewrite(each.expression());
      rewritten.add(
          new SortKey(expression, each.descending(), each.nullsFirst(), each.collation()));
    }
    return rewritten;
  }
}
