package dev.turso.bind;

import dev.turso.bind.BoundInsert.BoundAssignment;
import dev.turso.bind.WriteTargetBinder.Target;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SortKey;
import dev.turso.schema.KeyPart;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.UpdateStatement;
import dev.turso.sql.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds UPDATE and DELETE: a query that finds the rows, and what is done with them. */
final class ChangeBinder {

  private final BindContext context;
  private final @Nullable Scope outer;
  private Environment environment;

  /**
   * @param outer the rows of a trigger around the statement, or null
   */
  ChangeBinder(BindContext context, @Nullable Scope outer, Environment environment) {
    this.context = context;
    this.outer = outer;
    this.environment = environment;
  }

  private void enter(@Nullable With with) {
    if (with != null) {
      environment = environment.with(new CommonTables(with, environment.commonTables(), outer));
    }
  }

  BoundWrite bind(UpdateStatement statement) {
    enter(statement.with());
    WriteTargetBinder targets = new WriteTargetBinder(context, environment);
    Target target =
        targets.find(
            statement.target().name(), CreateTrigger.Event.UPDATE, statement.assignments());
    Scope scope = new Scope(context, outer, environment);
    Source row = targets.source(target, statement.target());
    scope.sources.add(row);
    ExpressionBinder expressions = new ExpressionBinder(context, scope);
    LogicalPlan plan = row.rows();
    if (statement.from() != null) {
      plan = withFrom(statement, scope, row, expressions);
    }
    VirtualWrites virtual = VirtualWrites.of(context, target);
    TableRow existing =
        target.isView() || virtual != null || statement.from() != null
            ? null
            : context.row(target.table());
    List<BoundAssignment> assignments =
        Assignments.bind(
            existing == null ? expressions : over(existing, row, target),
            target,
            statement.assignments());
    plan = filtered(plan, expressions, statement.where());
    plan = limited(plan, expressions, statement.orderBy(), statement.limit(), statement.offset());
    refuseTwice(scope, row);
    List<BoundExpression> outputs = new ArrayList<>(key(target, row));
    int keyColumns = outputs.size();
    List<BoundExpression> values = existing == null ? outputs : new ArrayList<>();
    int[] assigned = new int[assignments.size()];
    for (int i = 0; i < assigned.length; i++) {
      assigned[i] = assignments.get(i).column();
      values.add(assignments.get(i).value());
    }
    if (virtual != null) {
      return virtual
          .plain(statement.conflict(), statement.returning(), List.of())
          .update(project(plan, outputs), assigned);
    }
    return new BoundUpdate(
        target.table(),
        target.isView(),
        new TableExpressionBinder(context, context.row(target.table())).bind(),
        statement.conflict(),
        project(plan, outputs),
        keyColumns,
        assigned,
        existing,
        existing == null ? List.of() : List.copyOf(values),
        context.freeColumn(),
        ReturningBinder.bind(context, target, environment, statement.returning()));
  }

  /** Binds over the row to be changed alone, as it is when its turn comes. */
  private ExpressionBinder over(TableRow existing, Source row, Target target) {
    Scope scope = new Scope(context, outer, environment);
    scope.sources.add(Source.ofRow(row.name(), target.schema(), existing));
    return new ExpressionBinder(context, scope);
  }

  private LogicalPlan withFrom(
      UpdateStatement statement, Scope scope, Source row, ExpressionBinder expressions) {
    Scope others = new Scope(context, outer, environment);
    FromBinder from = new FromBinder(context, others, null);
    from.sources(statement.from());
    scope.sources.addAll(others.sources);
    for (FromJoin each : others.joins) {
      scope.joins.add(
          new FromJoin(
              each.start() + 1, each.middle() + 1, each.end() + 1, each.kind(), each.using()));
    }
    LogicalPlan right = from.plan(new ExpressionBinder(context, others));
    LogicalPlan plan = new LogicalPlan.Join(row.rows(), right, LogicalJoinKind.INNER, null);
    for (BoundExpression each : from.hoisted()) {
      plan = new LogicalPlan.Filter(plan, each);
    }
    return plan;
  }

  /** The table to be changed is not to be in FROM under the same name. */
  private static void refuseTwice(Scope scope, Source row) {
    for (Source each : scope.sources) {
      if (each != row && each.table() == row.table() && Names.same(each.name(), row.name())) {
        throw new SqlException("target object/alias may not appear in FROM clause: " + each.name());
      }
    }
  }

  BoundWrite bind(DeleteStatement statement) {
    enter(statement.with());
    WriteTargetBinder targets = new WriteTargetBinder(context, environment);
    Target target = targets.find(statement.target().name(), CreateTrigger.Event.DELETE);
    Scope scope = new Scope(context, outer, environment);
    Source row = targets.source(target, statement.target());
    scope.sources.add(row);
    ExpressionBinder expressions = new ExpressionBinder(context, scope);
    LogicalPlan plan = filtered(row.rows(), expressions, statement.where());
    plan = limited(plan, expressions, statement.orderBy(), statement.limit(), statement.offset());
    VirtualWrites virtual = VirtualWrites.of(context, target);
    if (virtual != null) {
      return virtual
          .plain(null, statement.returning(), List.of())
          .delete(project(plan, key(target, row)));
    }
    return new BoundDelete(
        target.table(),
        target.isView(),
        new TableExpressionBinder(context, context.row(target.table())).bind(),
        project(plan, key(target, row)),
        statement.where() == null && statement.limit() == null,
        ReturningBinder.bind(context, target, environment, statement.returning()));
  }

  private static LogicalPlan filtered(
      LogicalPlan plan, ExpressionBinder expressions, @Nullable Expression where) {
    return where == null ? plan : new LogicalPlan.Filter(plan, expressions.bind(where));
  }

  private LogicalPlan limited(
      LogicalPlan plan,
      ExpressionBinder expressions,
      List<OrderingTerm> orderBy,
      @Nullable Expression limit,
      @Nullable Expression offset) {
    LogicalPlan limited = plan;
    List<SortKey> keys = SortKeys.bind(expressions, orderBy);
    if (!keys.isEmpty()) {
      limited = new LogicalPlan.Sort(limited, keys);
    }
    SelectBinder limits = new SelectBinder(context, outer, environment, false);
    BoundExpression rows = limits.limit(limit);
    return rows == null ? limited : new LogicalPlan.Limit(limited, rows, limits.limit(offset));
  }

  /** What finds a row again: rowid, primary key, for a view all its columns; a virtual row whole. */
  private static List<BoundExpression> key(Target target, Source row) {
    List<BoundExpression> key = new ArrayList<>();
    Table table = target.table();
    if (row.rowid() != null) {
      key.add(new ColumnReference(row.rowid()));
    }
    if (target.isView() || table.kind() == TableKind.VIRTUAL) {
      for (Source.SourceColumn each : row.columns()) {
        key.add(new ColumnReference(each.column()));
      }
    } else if (row.rowid() == null) {
      for (KeyPart each : table.primaryKey()) {
        key.add(new ColumnReference(row.columns().get(each.column()).column()));
      }
    }
    return key;
  }

  private LogicalPlan project(LogicalPlan plan, List<BoundExpression> outputs) {
    List<BoundColumn> columns = new ArrayList<>();
    for (BoundExpression each : outputs) {
      columns.add(
          each instanceof ColumnReference reference
              ? context.copy(reference.column())
              : context.computed("", each.affinity(), Collations.of(each)));
    }
    return new LogicalPlan.Project(plan, List.copyOf(outputs), List.copyOf(columns));
  }
}
