package dev.turso.bind;

import dev.turso.bind.Source.SourceColumn;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.And;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Column;
import dev.turso.schema.Names;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.JoinConstraint;
import dev.turso.sql.ast.JoinKind;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectCore;
import dev.turso.sql.ast.TableReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds a FROM clause in two steps: first all its sources, so that every name is known, then the
 * conditions of its joins and the arguments of its functions, which may use any of these names.
 */
final class FromBinder {

  private static final int MOST_SOURCES = 64;

  /** The clause with its sources found and its conditions not yet bound. */
  private sealed interface Node {}

  private record Leaf(int source, @Nullable List<Expression> arguments) implements Node {}

  /** A parenthesized part: its conditions see its own sources only. */
  private record Group(Node content, int start, int end) implements Node {}

  private record Branch(Node left, Node right, FromJoin join, @Nullable Expression on)
      implements Node {}

  private final BindContext context;
  private final Scope scope;
  private final TableBinder tables;
  private final CommonTables.@Nullable Entry recursive;
  private final List<BoundExpression> hoisted = new ArrayList<>();
  private @Nullable Node root;

  FromBinder(BindContext context, Scope scope, CommonTables.@Nullable Entry recursive) {
    this.context = context;
    this.scope = scope;
    this.tables = new TableBinder(context, scope);
    this.recursive = recursive;
  }

  /** The first step: puts the sources into the scope. */
  void sources(@Nullable TableReference from) {
    root = from == null ? null : build(from, false);
    if (scope.sources.size() > MOST_SOURCES) {
      throw new SqlException("at most " + MOST_SOURCES + " tables in a join");
    }
    for (FromJoin each : scope.joins) {
      checkUsing(each);
    }
  }

  private void checkUsing(FromJoin join) {
    for (String each : join.using()) {
      boolean both =
          isVisible(each, join.start(), join.middle())
              && isVisible(each, join.middle(), join.end());
      if (!both) {
        throw new SqlException(
            "cannot join using column " + each + " - column not present in both tables");
      }
    }
  }

  /** The second step: the rows of the clause. */
  LogicalPlan plan(ExpressionBinder expressions) {
    return root == null ? new LogicalPlan.SingleRow() : plan(root, expressions);
  }

  /** Conditions of inner joins that use sources further right: they belong to WHERE. */
  List<BoundExpression> hoisted() {
    return hoisted;
  }

  private Node build(TableReference reference, boolean padded) {
    return switch (reference) {
      case TableReference.TableName name -> leaf(tables.named(name, padded, recursive), null);
      case TableReference.TableFunction function ->
          leaf(tables.function(function), function.arguments());
      case TableReference.DerivedTable derived -> leaf(tables.derived(derived), null);
      case TableReference.Parenthesized inner ->
          inner.alias() == null
              ? group(inner.content(), padded)
              : leaf(tables.derived(asSubquery(inner)), null);
      case TableReference.Join join -> branch(join, padded);
    };
  }

  private Node group(TableReference content, boolean padded) {
    int start = scope.sources.size();
    Node node = build(content, padded);
    return new Group(node, start, scope.sources.size());
  }

  private static TableReference.DerivedTable asSubquery(TableReference.Parenthesized inner) {
    SelectCore core =
        new SelectCore.QuerySpecification(
            false,
            List.of(new ResultColumn.AllColumns(inner.position())),
            inner.content(),
            null,
            List.of(),
            null,
            List.of(),
            inner.position());
    Select select =
        new Select(null, List.of(core), List.of(), List.of(), null, null, inner.position());
    return new TableReference.DerivedTable(select, inner.alias(), inner.position());
  }

  private Node leaf(Source source, @Nullable List<Expression> arguments) {
    scope.sources.add(source);
    return new Leaf(scope.sources.size() - 1, arguments);
  }

  private Node branch(TableReference.Join join, boolean padded) {
    JoinKind kind = join.kind();
    int start = scope.sources.size();
    Node left = build(join.left(), padded || kind.keepsRight());
    int middle = scope.sources.size();
    Node right = build(join.right(), padded || kind.keepsLeft());
    int end = scope.sources.size();
    List<String> using = new ArrayList<>();
    Expression on = null;
    if (join.natural()) {
      if (join.constraint() != null) {
        throw new SqlException("a NATURAL join may not have an ON or USING clause");
      }
      using = common(start, middle, end);
    } else if (join.constraint() instanceof JoinConstraint.Using clause) {
      for (Name each : clause.columns()) {
        using.add(each.text());
      }
    } else if (join.constraint() instanceof JoinConstraint.On clause) {
      on = clause.condition();
    }
    FromJoin bound = new FromJoin(start, middle, end, kind, using);
    scope.joins.add(bound);
    return new Branch(left, right, bound, on);
  }

  /** The columns that both sides of a natural join have. */
  private List<String> common(int start, int middle, int end) {
    List<String> names = new ArrayList<>();
    for (int i = middle; i < end; i++) {
      for (SourceColumn each : scope.sources.get(i).columns()) {
        if (!each.hidden()
            && isVisibleIn(each.name(), start, middle)
            && !isAmong(names, each.name())) {
          names.add(each.name());
        }
      }
    }
    return names;
  }

  private boolean isVisibleIn(String name, int from, int to) {
    for (int i = from; i < to; i++) {
      SourceColumn found = scope.sources.get(i).find(name);
      if (found != null && !found.hidden()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAmong(List<String> names, String name) {
    for (String each : names) {
      if (Names.same(each, name)) {
        return true;
      }
    }
    return false;
  }

  private LogicalPlan plan(Node node, ExpressionBinder expressions) {
    return switch (node) {
      case Leaf leaf -> plan(leaf, expressions);
      case Group group -> plan(group.content(), within(group));
      case Branch branch -> plan(branch, expressions);
    };
  }

  private ExpressionBinder within(Group group) {
    Scope inner = new Scope(context, scope.outer, scope.environment);
    inner.sources.addAll(scope.sources.subList(group.start(), group.end()));
    int shift = group.start();
    for (FromJoin each : scope.joins) {
      if (each.start() >= shift && each.end() <= group.end()) {
        inner.joins.add(
            new FromJoin(
                each.start() - shift,
                each.middle() - shift,
                each.end() - shift,
                each.kind(),
                each.using()));
      }
    }
    return new ExpressionBinder(context, inner);
  }

  private LogicalPlan plan(Leaf leaf, ExpressionBinder expressions) {
    LogicalPlan plan = scope.sources.get(leaf.source()).rows();
    if (leaf.arguments() == null
        || !(plan
            instanceof LogicalPlan.TableFunction(var function, var none, var columns, var alias))) {
      return plan;
    }
    int most = (int) function.columns().stream().filter(Column::hidden).count();
    if (leaf.arguments().size() > most) {
      throw new SqlException("too many arguments on " + function.name() + "() - max " + most);
    }
    List<@Nullable BoundExpression> arguments = new ArrayList<>(none);
    for (int i = 0; i < leaf.arguments().size(); i++) {
      arguments.set(i, expressions.bind(leaf.arguments().get(i)));
    }
    return new LogicalPlan.TableFunction(function, arguments, columns, alias);
  }

  private LogicalPlan plan(Branch branch, ExpressionBinder expressions) {
    LogicalPlan left = plan(branch.left(), expressions);
    LogicalPlan right = plan(branch.right(), expressions);
    BoundExpression condition = null;
    for (String each : branch.join().using()) {
      condition = and(condition, merge(branch.join(), each));
    }
    if (branch.on() != null) {
      BoundExpression on = expressions.bind(branch.on());
      if (reachesRight(on, branch.join())) {
        hoist(on, branch.join());
      } else {
        condition = and(condition, on);
      }
    }
    return new LogicalPlan.Join(left, right, kind(branch.join().kind()), condition);
  }

  private static BoundExpression and(@Nullable BoundExpression left, BoundExpression right) {
    return left == null ? right : new And(left, right);
  }

  private BoundExpression merge(FromJoin join, String name) {
    Expression.ColumnName column = new Expression.ColumnName(null, null, Name.of(name), false, -1);
    BoundExpression left = leftOfUsing(join, column);
    BoundExpression right = NameResolver.inSources(scope, column, join.middle(), join.end());
    assert right != null;
    return ComparisonBinder.of(ComparisonOperator.EQUAL, left, right);
  }

  private boolean isVisible(String name, int from, int to) {
    for (int i = from; i < to; i++) {
      if (scope.sources.get(i).find(name) != null) {
        return true;
      }
    }
    return false;
  }

  /** The left column: the first of its name, unless an outer join leaves a choice. */
  private BoundExpression leftOfUsing(FromJoin join, Expression.ColumnName column) {
    boolean choice = false;
    for (FromJoin each : scope.joins) {
      boolean within = each.start() >= join.start() && each.end() <= join.middle();
      choice |= each.kind().keepsRight() && (within || each.start() == join.start());
    }
    if (choice) {
      return leftOfOuter(join, column);
    }
    for (int i = join.start(); i < join.middle(); i++) {
      BoundExpression found = NameResolver.inSources(scope, column, i, i + 1);
      if (found != null) {
        return found;
      }
    }
    throw NameResolver.notFound(column);
  }

  /** The first of the columns to the left that is not NULL, with the affinity of the first of all. */
  private BoundExpression leftOfOuter(FromJoin join, Expression.ColumnName column) {
    try {
      NameResolver.inSources(scope, column, join.start(), join.middle());
    } catch (SqlException e) {
      throw new SqlException("ambiguous reference to " + column.name().text() + " in USING()");
    }
    List<BoundExpression> all = new ArrayList<>();
    for (int i = join.start(); i < join.middle(); i++) {
      BoundExpression found = NameResolver.inSources(scope, column, i, i + 1);
      if (found != null) {
        all.add(found);
      }
    }
    return all.size() == 1 ? all.getFirst() : new BoundExpression.Coalesce(all, true);
  }

  private boolean reachesRight(BoundExpression on, FromJoin join) {
    for (BoundColumn column : FreeColumns.of(on)) {
      for (int i = join.end(); i < scope.sources.size(); i++) {
        if (scope.sources.get(i).owns(column)) {
          return true;
        }
      }
    }
    return false;
  }

  private void hoist(BoundExpression on, FromJoin join) {
    boolean outer = join.kind().keepsLeft() || join.kind().keepsRight();
    for (FromJoin each : scope.joins) {
      outer |= each.kind().keepsRight();
    }
    if (outer) {
      throw new SqlException("ON clause references tables to its right");
    }
    hoisted.add(on);
  }

  private static LogicalJoinKind kind(JoinKind kind) {
    return switch (kind) {
      case COMMA, INNER -> LogicalJoinKind.INNER;
      case CROSS -> LogicalJoinKind.CROSS;
      case LEFT -> LogicalJoinKind.LEFT;
      case RIGHT -> LogicalJoinKind.RIGHT;
      case FULL -> LogicalJoinKind.FULL;
    };
  }
}
