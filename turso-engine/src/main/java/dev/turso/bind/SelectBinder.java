package dev.turso.bind;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SetOperator;
import dev.turso.plan.logical.SortKey;
import dev.turso.sql.ast.CompoundOperator;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectCore;
import dev.turso.sql.parse.Limits;
import dev.turso.value.Affinity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Binds a whole query: its WITH, its cores, and what holds for all of them. */
final class SelectBinder {

  /**
   * A bound core of a query.
   *
   * @param plan its rows; the columns are those of {@code items}, in order
   * @param expressions what bound it, for an ORDER BY of the compound that it is part of
   */
  record BoundCore(LogicalPlan plan, List<ResultItem> items, ExpressionBinder expressions) {

    /** Whether the core was written as VALUES. */
    boolean isValues() {
      return plan instanceof LogicalPlan.Values
          || "column1".equals(items.getFirst().alias()) && expressions.scope.sources.isEmpty();
    }

    /** The names of the result columns, told apart where the query stands in a FROM clause. */
    static List<String> names(BoundCore core, boolean derived) {
      List<String> names = new ArrayList<>();
      for (ResultItem each : core.items()) {
        names.add(derived ? each.innerName() : each.name());
      }
      return derived ? DistinctNames.of(names) : names;
    }
  }

  private final BindContext context;
  private final @Nullable Scope outer;
  private final Environment environment;
  private final boolean derived;

  private boolean insertSource;
  private boolean operand;
  private boolean stored;

  /** Looks at the names of the first core of a compound before the others; or null. */
  @Nullable Consumer<List<String>> firstNames;

  /** The common table that cores may read recursively, or null. */
  CommonTables.@Nullable Entry recursiveTable;

  /**
   * @param outer the query around, whose columns may be used, or null
   * @param derived whether the query stands in a FROM clause, or is a view or common table
   */
  SelectBinder(
      BindContext context, @Nullable Scope outer, Environment environment, boolean derived) {
    this.context = context;
    this.outer = outer;
    this.environment = environment;
    this.derived = derived;
  }

  /** The source of an INSERT, in whose VALUES there are no aggregates. */
  BoundQuery bindSource(Select select) {
    insertSource = true;
    return bind(select);
  }

  /** A query whose value is compared: of several SELECTs the last decides how, as in SQLite. */
  BoundQuery bindOperand(Select select) {
    operand = true;
    return bind(select);
  }

  /** The query of a materialized view, which stores the rows that it gives by itself. */
  BoundQuery bindStored(Select select) {
    stored = true;
    return bind(select);
  }

  BoundQuery bind(Select select) {
    if (select.with() != null) {
      Environment inner =
          environment.with(new CommonTables(select.with(), environment.commonTables(), outer));
      SelectBinder binder = new SelectBinder(context, outer, inner, derived);
      binder.insertSource = insertSource;
      binder.operand = operand;
      binder.stored = stored;
      binder.firstNames = firstNames;
      return binder.bindBody(select);
    }
    return bindBody(select);
  }

  private BoundQuery bindBody(Select select) {
    context.enter();
    Limits.checkTerms(select.orderBy().size(), "ORDER");
    BoundQuery bound = bindEntered(select);
    context.leave();
    return bound;
  }

  private BoundQuery bindEntered(Select select) {
    if (select.isSimple()
        && select.cores().getFirst() instanceof SelectCore.QuerySpecification core) {
      return bindSimple(select, core);
    }
    List<BoundCore> cores = cores(select.cores());
    if (firstNames != null) {
      firstNames.accept(BoundCore.names(cores.getFirst(), derived));
    }
    LogicalPlan plan = compound(cores, select.operators());
    List<SortKey> keys = compoundOrder(select.orderBy(), cores, plan.columns());
    if (!keys.isEmpty()) {
      plan = new LogicalPlan.Sort(plan, keys);
    }
    plan = limited(plan, select);
    if (derived && !stored && cores.size() > 1) {
      plan = DerivedColumns.reals(context, plan, cores, DerivedColumns.affinities(cores));
    }
    if (operand && cores.size() > 1) {
      plan = OperandColumns.collated(context, plan, cores.getLast());
    }
    return new BoundQuery(plan, BoundCore.names(cores.getFirst(), derived));
  }

  private BoundQuery bindSimple(Select select, SelectCore.QuerySpecification core) {
    CoreBinder binder = new CoreBinder(context, outer, environment, derived, recursiveTable);
    BoundCore bound = binder.bind(core, select.orderBy());
    LogicalPlan plan = binder.withoutSortColumns(limited(bound.plan(), select));
    return new BoundQuery(plan, BoundCore.names(bound, derived));
  }

  private LogicalPlan limited(LogicalPlan plan, Select select) {
    BoundExpression limit = limit(select.limit());
    return limit == null ? plan : new LogicalPlan.Limit(plan, limit, limit(select.offset()));
  }

  /** A LIMIT or OFFSET, which sees no columns. */
  @Nullable BoundExpression limit(@Nullable Expression expression) {
    if (expression == null) {
      return null;
    }
    Scope scope = new Scope(context, environment.triggerRows(), environment);
    return new ExpressionBinder(context, scope).bind(expression);
  }

  /** The cores, each by itself and without an order. */
  List<BoundCore> cores(List<SelectCore> cores) {
    List<BoundCore> bound = new ArrayList<>();
    for (SelectCore each : cores) {
      bound.add(
          switch (each) {
            case SelectCore.QuerySpecification query ->
                new CoreBinder(context, outer, environment, derived, recursiveTable)
                    .bind(query, List.of());
            case SelectCore.Values values ->
                values.rows().size() == 1 && !insertSource ? oneRow(values) : values(values);
          });
    }
    return bound;
  }

  /** VALUES of one row is a SELECT without FROM: even aggregates may stand in it. */
  private BoundCore oneRow(SelectCore.Values values) {
    List<ResultColumn> columns = new ArrayList<>();
    for (Expression each : values.rows().getFirst()) {
      String name = "column" + (columns.size() + 1);
      columns.add(new ResultColumn.Computed(each, Name.of(name), name));
    }
    SelectCore.QuerySpecification query =
        new SelectCore.QuerySpecification(
            false, columns, null, null, List.of(), null, List.of(), values.position());
    return new CoreBinder(context, outer, environment, derived, null).bind(query, List.of());
  }

  private BoundCore values(SelectCore.Values values) {
    Scope scope = new Scope(context, outer, environment);
    ExpressionBinder expressions = new ExpressionBinder(context, scope);
    List<List<BoundExpression>> rows = new ArrayList<>(values.rows().size());
    int width = values.rows().getFirst().size();
    Limits.checkColumns(width, "in result set");
    for (List<Expression> each : values.rows()) {
      if (each.size() != width) {
        throw new SqlException("all VALUES must have the same number of terms");
      }
      rows.add(expressions.bindAll(each));
    }
    List<BoundColumn> columns = new ArrayList<>();
    List<ResultItem> items = new ArrayList<>();
    boolean literals =
        (operand || derived)
            && environment.commonTables() == null
            && OperandColumns.areLiterals(rows);
    for (int i = 0; i < width; i++) {
      String name = "column" + (i + 1);
      List<BoundExpression> column = new ArrayList<>(rows.size());
      for (List<BoundExpression> row : rows) {
        column.add(row.get(i));
      }
      BoundExpression first = column.getFirst();
      BoundExpression told = operand ? OperandColumns.ofValues(literals, column) : first;
      boolean alone = operand || literals && first.affinity() == Affinity.NONE;
      columns.add(
          context.computed(
              name,
              alone ? told.affinity() : DerivedColumns.affinity(column),
              derived ? Collations.orBinary(first) : Collations.of(told)));
      items.add(new ResultItem(told, name, name, null));
    }
    return new BoundCore(new LogicalPlan.Values(rows, columns), items, expressions);
  }

  /** Cores joined by operators, from left to right. */
  LogicalPlan compound(List<BoundCore> cores, List<CompoundOperator> operators) {
    LogicalPlan plan = cores.getFirst().plan();
    for (int i = 0; i < operators.size(); i++) {
      LogicalPlan right = cores.get(i + 1).plan();
      requireSameWidth(plan, right, operators.get(i), cores.get(i + 1));
      List<BoundColumn> columns =
          DerivedColumns.of(
              context,
              cores.subList(0, i + 2),
              plan,
              operand
                  ? OperandColumns.affinities(cores.get(i + 1))
                  : DerivedColumns.affinities(cores.subList(0, i + 2)));
      plan =
          new LogicalPlan.SetOperation(
              CommonTableBinder.setOperator(operators.get(i)), plan, right, columns);
    }
    return plan;
  }

  /** Cores one after the other. */
  LogicalPlan union(List<BoundCore> cores) {
    LogicalPlan plan = cores.getFirst().plan();
    for (BoundCore each : cores.subList(1, cores.size())) {
      List<BoundColumn> columns = new ArrayList<>();
      for (BoundColumn column : plan.columns()) {
        columns.add(context.copy(column));
      }
      plan = new LogicalPlan.SetOperation(SetOperator.UNION_ALL, plan, each.plan(), columns);
    }
    return plan;
  }

  private static void requireSameWidth(
      LogicalPlan left, LogicalPlan right, CompoundOperator operator, BoundCore core) {
    if (left.columns().size() != right.columns().size() && core.isValues()) {
      throw new SqlException("all VALUES must have the same number of terms");
    }
    requireSameWidth(left, right, operator);
  }

  static void requireSameWidth(LogicalPlan left, LogicalPlan right, CompoundOperator operator) {
    if (left.columns().size() != right.columns().size()) {
      throw new SqlException(
          "SELECTs to the left and right of "
              + operator.sql()
              + " do not have the same number of result columns");
    }
  }

  /** The ORDER BY of a compound: each term names a result column of one of its cores. */
  List<SortKey> compoundOrder(
      List<OrderingTerm> terms, List<BoundCore> cores, List<BoundColumn> columns) {
    List<SortKey> keys = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      OrderingTerm term = terms.get(i);
      int column = OrderTerms.inCompound(term.expression(), i, cores);
      if (column < 0) {
        throw new SqlException(
            ResultCode.ERROR,
            OrderTerms.ordinal(i + 1)
                + " ORDER BY term does not match any column in the result set",
            term.expression().position());
      }
      keys.add(OrderTerms.key(cores.getFirst().expressions(), term, columns.get(column)));
    }
    return keys;
  }
}
