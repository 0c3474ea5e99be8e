package dev.turso.bind;

import dev.turso.bind.SelectBinder.BoundCore;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.And;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SortKey;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.SelectCore;
import dev.turso.sql.parse.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds one {@code SELECT … FROM … WHERE … GROUP BY … HAVING … WINDOW}, with its ORDER BY.
 *
 * <pre>
 *   Project results, sort columns       ─ Sort, Distinct above it
 *     Window …
 *       Filter having
 *         Aggregate
 *           Filter where
 *             from
 * </pre>
 *
 * <p>Everything is bound over the columns of FROM first. Where the query groups, {@link Grouping}
 * then puts the groups' columns in their place.
 */
final class CoreBinder {

  private final BindContext context;
  private final Scope scope;
  private final ExpressionBinder expressions;
  private final FromBinder from;
  private final boolean derived;
  private List<ResultItem> items = List.of();
  private int sortColumns;

  CoreBinder(
      BindContext context,
      @Nullable Scope outer,
      Environment environment,
      boolean derived,
      CommonTables.@Nullable Entry recursive) {
    this.context = context;
    this.scope = new Scope(context, outer, environment);
    this.expressions = new ExpressionBinder(context, scope);
    this.from = new FromBinder(context, scope, recursive);
    this.derived = derived;
  }

  /** A term of ORDER BY: a result column, or a value of its own. */
  private record OrderTerm(OrderingTerm syntax, int item, @Nullable BoundExpression value) {}

  BoundCore bind(SelectCore.QuerySpecification query, List<OrderingTerm> orderBy) {
    from.sources(query.from());
    scope.namedWindows = query.windows();
    new WindowBinder(expressions).requireBases();
    scope.aggregatesHere = Scope.Aggregates.ALLOWED;
    scope.windowsAllowed = true;
    items = new ResultColumns(expressions).bind(query.resultColumns());
    Limits.checkTerms(query.groupBy().size(), "GROUP");
    boolean grouping = !query.groupBy().isEmpty() || !scope.aggregates.isEmpty();
    scope.grouped = !query.groupBy().isEmpty();
    showAliases(query.resultColumns());

    LogicalPlan plan = where(query, grouping);
    List<BoundExpression> keys = groupBy(query.groupBy());
    BoundExpression having = having(query, grouping);
    scope.windowsAllowed = true;
    scope.aggregatesHere = grouping ? Scope.Aggregates.ALLOWED : Scope.Aggregates.MISPLACED;
    List<OrderTerm> order = order(orderBy);

    Grouping groups = null;
    if (grouping) {
      groups = new Grouping(context, scope, keys);
    }
    List<BoundExpression> outputs = new ArrayList<>();
    for (ResultItem each : items) {
      BoundExpression value =
          groups == null ? each.expression() : groups.rewrite(each.expression());
      outputs.add(derived ? Subtypes.without(value) : value);
    }
    BoundExpression filter = having == null || groups == null ? null : groups.rewrite(having);
    List<WindowCollector.Window> windows = new ArrayList<>();
    for (WindowCollector.Window each : scope.windows.windows()) {
      windows.add(groups == null ? each : groups.rewrite(each));
    }
    List<BoundColumn> columns = new ArrayList<>();
    for (ResultItem each : items) {
      columns.add(each.column(context, derived));
    }
    List<SortKey> sortKeys = sortKeys(order, groups, outputs, columns);
    if (groups != null) {
      plan = groups.plan(plan);
    }
    if (filter != null) {
      plan = new LogicalPlan.Filter(plan, filter);
    }
    for (WindowCollector.Window each : windows.reversed()) {
      plan = new LogicalPlan.Window(plan, each.partitionBy(), each.orderBy(), each.calls());
    }
    plan = new LogicalPlan.Project(plan, List.copyOf(outputs), List.copyOf(columns));
    if (query.distinct()) {
      for (BoundColumn each : columns.subList(0, items.size())) {
        UnknownCollation.known(each.collationOrBinary());
      }
      plan = new LogicalPlan.Distinct(plan, List.copyOf(columns.subList(0, items.size())));
    }
    if (!sortKeys.isEmpty()) {
      plan = new LogicalPlan.Sort(plan, sortKeys);
    }
    return new BoundCore(plan, items, expressions);
  }

  /** The plan without the columns that were only there to be sorted by. */
  LogicalPlan withoutSortColumns(LogicalPlan plan) {
    if (sortColumns == 0) {
      return plan;
    }
    List<BoundExpression> kept = new ArrayList<>();
    List<BoundColumn> columns = new ArrayList<>();
    for (BoundColumn each : plan.columns().subList(0, items.size())) {
      kept.add(new ColumnReference(each));
      columns.add(context.copy(each));
    }
    return new LogicalPlan.Project(plan, kept, columns);
  }

  private void showAliases(List<ResultColumn> columns) {
    for (ResultColumn each : columns) {
      if (each instanceof ResultColumn.Computed computed && computed.alias() != null) {
        scope.aliases.add(computed);
      }
    }
    scope.aliasesVisible = true;
  }

  private LogicalPlan where(SelectCore.QuerySpecification query, boolean grouping) {
    scope.windowsAllowed = false;
    scope.aggregatesHere = grouping ? Scope.Aggregates.MISPLACED : Scope.Aggregates.REFUSED;
    LogicalPlan plan = from.plan(expressions);
    BoundExpression predicate = expressions.bindNullable(query.where());
    for (BoundExpression each : from.hoisted()) {
      predicate = predicate == null ? each : new And(each, predicate);
    }
    return predicate == null ? plan : new LogicalPlan.Filter(plan, predicate);
  }

  private List<BoundExpression> groupBy(List<Expression> terms) {
    List<BoundExpression> keys = new ArrayList<>();
    scope.aggregatesHere = Scope.Aggregates.ALLOWED;
    for (int i = 0; i < terms.size(); i++) {
      Expression term = terms.get(i);
      int item = OrderTerms.byNumber(term, "GROUP", i, items.size());
      BoundExpression key = item >= 0 ? items.get(item).expression() : expressions.bind(term);
      if (Grouping.usesAggregate(scope, key)) {
        throw new SqlException("aggregate functions are not allowed in the GROUP BY clause");
      }
      keys.add(key);
    }
    return keys;
  }

  private @Nullable BoundExpression having(SelectCore.QuerySpecification query, boolean grouping) {
    if (query.having() == null) {
      return null;
    }
    if (!grouping) {
      throw new SqlException("HAVING clause on a non-aggregate query");
    }
    return expressions.bind(query.having());
  }

  private List<OrderTerm> order(List<OrderingTerm> terms) {
    List<OrderTerm> order = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      OrderingTerm term = terms.get(i);
      int item = OrderTerms.byAlias(term.expression(), items);
      if (item < 0) {
        item = OrderTerms.byNumber(term.expression(), "ORDER", i, items.size());
      }
      BoundExpression value = null;
      if (item < 0) {
        value = expressions.bind(term.expression());
        item = OrderTerms.byValue(value, items);
      }
      order.add(new OrderTerm(term, item, value));
    }
    return order;
  }

  /** The keys of the order, over the output; values that are not selected become columns of it. */
  private List<SortKey> sortKeys(
      List<OrderTerm> order,
      @Nullable Grouping groups,
      List<BoundExpression> outputs,
      List<BoundColumn> columns) {
    List<SortKey> keys = new ArrayList<>();
    for (OrderTerm each : order) {
      if (each.item() >= 0) {
        keys.add(OrderTerms.key(expressions, each.syntax(), columns.get(each.item())));
      } else {
        BoundExpression value = each.value();
        assert value != null;
        BoundColumn column = context.computed("", value.affinity(), Collations.orBinary(value));
        outputs.add(groups == null ? value : groups.rewrite(value));
        columns.add(column);
        sortColumns++;
        keys.add(SortKeys.of(new ColumnReference(column), each.syntax()));
      }
    }
    return keys;
  }
}
