package dev.turso.bind;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.BoundExpression.Exists;
import dev.turso.plan.logical.BoundExpression.InList;
import dev.turso.plan.logical.BoundExpression.InSubquery;
import dev.turso.plan.logical.BoundExpression.ScalarSubquery;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectCore;
import dev.turso.sql.ast.TableReference;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Binds the expressions that hold queries: IN, EXISTS and subqueries for a value or a row. */
final class SubqueryBinder {

  private final ExpressionBinder expressions;

  SubqueryBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
  }

  private LogicalPlan query(Select select) {
    SchemaExpression within = expressions.scope.schemaExpression;
    if (within != null) {
      expressions.requireNoDefault();
      throw new SqlException("subqueries prohibited in " + within.words());
    }
    return new SelectBinder(
            expressions.context, expressions.scope, expressions.scope.environment, false)
        .bindOperand(select)
        .plan();
  }

  BoundExpression scalar(Expression.ScalarSubquery node) {
    LogicalPlan plan = query(node.select());
    requireColumns(plan, 1, node);
    return new ScalarSubquery(plan, 0);
  }

  /** One expression per column, all over the same plan. */
  List<BoundExpression> row(Expression.ScalarSubquery node) {
    LogicalPlan plan = query(node.select());
    List<BoundExpression> row = new ArrayList<>();
    for (int i = 0; i < plan.columns().size(); i++) {
      row.add(new ScalarSubquery(plan, i));
    }
    return row;
  }

  BoundExpression exists(Expression.Exists node) {
    return new Exists(ExistsPlans.simplest(query(node.select())), false);
  }

  BoundExpression inSelect(Expression.InSelect node) {
    List<BoundExpression> operands = expressions.bindRow(node.operand());
    return in(operands, query(node.select()), node.negated(), node);
  }

  BoundExpression inTable(Expression.InTable node) {
    List<BoundExpression> operands = expressions.bindRow(node.operand());
    return in(operands, query(wholeTable(node)), node.negated(), node);
  }

  private static Select wholeTable(Expression.InTable node) {
    QualifiedName name = node.table();
    TableReference from =
        node.arguments().isEmpty()
            ? new TableReference.TableName(name, null, null)
            : new TableReference.TableFunction(name, node.arguments(), null);
    SelectCore core =
        new SelectCore.QuerySpecification(
            false,
            List.of(new ResultColumn.AllColumns(node.position())),
            from,
            null,
            List.of(),
            null,
            List.of(),
            node.position());
    return new Select(null, List.of(core), List.of(), List.of(), null, null, node.position());
  }

  private BoundExpression in(
      List<BoundExpression> operands, LogicalPlan plan, boolean negated, Expression at) {
    requireColumns(plan, operands.size(), at);
    if (plan.columns().size() != operands.size()) {
      return new BoundExpression.Constant(Value.NULL);
    }
    List<Affinity> affinities = new ArrayList<>();
    List<Collation> collations = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      BoundExpression left = operands.get(i);
      BoundColumn right = plan.columns().get(i);
      affinities.add(Affinity.forComparison(left.affinity(), right.affinity()));
      collations.add(Collations.forComparison(left, new ColumnReference(right)));
    }
    return new InSubquery(operands, plan, affinities, collations, negated);
  }

  BoundExpression inList(Expression.InList node) {
    if (node.list().isEmpty()) {
      if (callsFunction(node.operand())) {
        // not needed for the value, but an aggregate in it makes the query group
        expressions.bindRow(node.operand());
      }
      return new BoundExpression.Constant(Value.integer(node.negated() ? 1 : 0));
    }
    if (node.operand() instanceof Expression.RowValue row) {
      requireWidths(node.list(), row.values().size());
    }
    if (node.list().size() == 1
        && node.list().getFirst() instanceof Expression.ScalarSubquery subquery) {
      // more parentheses around a subquery do not make a list of it
      return inSelect(
          new Expression.InSelect(
              node.operand(), subquery.select(), node.negated(), node.position()));
    }
    List<BoundExpression> operands = expressions.bindRow(node.operand());
    if (operands.size() > 1) {
      requireWidths(node.list(), operands.size());
      return in(operands, rows(node, operands.size()), node.negated(), node);
    }
    BoundExpression operand = operands.getFirst();
    Affinity affinity = operand.affinity();
    return new InList(
        operand,
        expressions.bindAll(node.list()),
        affinity.isNumeric()
            ? Affinity.NUMERIC
            : affinity == Affinity.TEXT ? affinity : Affinity.NONE,
        Collations.forOrder(operand),
        node.negated());
  }

  private static boolean callsFunction(Expression operand) {
    if (operand instanceof Expression.RowValue row) {
      for (Expression each : row.values()) {
        if (callsFunction(each)) {
          return true;
        }
      }
    }
    return operand instanceof Expression.FunctionCall;
  }

  private static void requireWidths(List<Expression> elements, int width) {
    for (Expression each : elements) {
      int terms = each instanceof Expression.RowValue row ? row.values().size() : 1;
      if (terms != width) {
        throw new SqlException(
            ResultCode.ERROR,
            "IN(...) element has "
                + terms
                + " term"
                + (terms == 1 ? "" : "s")
                + " - expected "
                + width,
            each.position());
      }
    }
  }

  private LogicalPlan rows(Expression.InList node, int width) {
    List<List<BoundExpression>> rows = new ArrayList<>();
    for (Expression each : node.list()) {
      rows.add(expressions.bindAll(((Expression.RowValue) each).values()));
    }
    List<BoundColumn> columns = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      BoundExpression first = rows.getFirst().get(i);
      columns.add(
          expressions.context.computed("column" + (i + 1), first.affinity(), Collations.of(first)));
    }
    return new LogicalPlan.Values(rows, columns);
  }

  private void requireColumns(LogicalPlan plan, int wanted, Expression at) {
    int columns = plan.columns().size();
    if (columns != wanted && !expressions.context.settings.checksSchema()) {
      throw new SqlException(
          ResultCode.ERROR,
          "sub-select returns " + columns + " columns - expected " + wanted,
          at.position());
    }
  }
}
