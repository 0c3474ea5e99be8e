package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ColumnOrigin;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.schema.Index;
import dev.turso.schema.Table;

/** Which part of the rows a condition is thought to leave. Stateless. */
final class Selectivity {

  /** How many different values a column is thought to have of which nothing is known. */
  private static final double USUAL_DISTINCT = 20;

  private static final double RANGE = 1 / 3.0;
  private static final double PATTERN = 0.1;
  private static final double SUBQUERY = 0.25;
  private static final double UNKNOWN = 0.5;
  private static final double REJECTS_FEW = 0.9;

  private Selectivity() {}

  /**
   * @param tableRows of the table whose rows are being chosen
   */
  static double of(BoundExpression e, double tableRows) {
    if (e instanceof BoundExpression.Comparison c) {
      return of(c, tableRows);
    } else if (e instanceof BoundExpression.And and) {
      return of(and.left(), tableRows) * of(and.right(), tableRows);
    } else if (e instanceof BoundExpression.Or or) {
      return Math.min(1, of(or.left(), tableRows) + of(or.right(), tableRows));
    } else if (e instanceof BoundExpression.Not not) {
      return Math.max(0.1, 1 - of(not.operand(), tableRows));
    } else if (e instanceof BoundExpression.IsNull isNull) {
      return isNull.negated() ? REJECTS_FEW : 1 / USUAL_DISTINCT;
    } else if (e instanceof BoundExpression.InList in) {
      double part = Math.min(UNKNOWN, in.list().size() / distinct(in.operand(), tableRows));
      return in.negated() ? REJECTS_FEW : part;
    } else if (e instanceof BoundExpression.InSubquery in) {
      return in.negated() ? REJECTS_FEW : SUBQUERY;
    } else if (e instanceof BoundExpression.Exists) {
      return UNKNOWN;
    } else if (e instanceof BoundExpression.FunctionCall call) {
      String name = call.function().signature().name();
      return name.equals("like") || name.equals("glob") ? PATTERN : UNKNOWN;
    } else if (e instanceof BoundExpression.Between) {
      return PATTERN;
    }
    return UNKNOWN;
  }

  private static double of(BoundExpression.Comparison c, double tableRows) {
    if (c.operator() == ComparisonOperator.EQUAL || c.operator() == ComparisonOperator.IS) {
      return 1 / Math.max(distinct(c.left(), tableRows), distinct(c.right(), tableRows));
    }
    if (c.operator() == ComparisonOperator.NOT_EQUAL || c.operator() == ComparisonOperator.IS_NOT) {
      return REJECTS_FEW;
    }
    return RANGE;
  }

  /** How many different values an expression is thought to have; 1 for a constant. */
  private static double distinct(BoundExpression e, double tableRows) {
    if (e instanceof BoundExpression.Constant || e instanceof BoundExpression.Parameter) {
      return 1;
    }
    double usual = Math.max(1, Math.min(tableRows, USUAL_DISTINCT));
    if (!(e instanceof BoundExpression.ColumnReference reference)
        || reference.column().origin() == null) {
      return usual;
    }
    ColumnOrigin origin = reference.column().origin();
    Table table = origin.table();
    double rows = Estimates.rows(table);
    if (origin.isRowid() || origin.column() == table.rowidAlias()) {
      return rows;
    }
    for (Index each : table.indexes()) {
      if (each.parts().getFirst().column() == origin.column() && each.predicate() == null) {
        return Math.max(1, rows / Estimates.equalRows(each, 1, rows));
      }
    }
    return Math.max(1, Math.min(rows, USUAL_DISTINCT));
  }
}
