package dev.turso.dbsp.compile;

import dev.turso.plan.logical.BoundExpression;

/** Expressions as EXPLAIN shows them: short, not for parsing. */
final class Texts {

  private Texts() {}

  static String of(BoundExpression expression) {
    return switch (expression) {
      case BoundExpression.Constant e -> e.value().toString();
      case BoundExpression.Parameter e -> "?" + e.index();
      case BoundExpression.ColumnReference e -> e.column().name();
      case BoundExpression.Arithmetic e -> infix(e.left(), e.operator().sql(), e.right());
      case BoundExpression.Concat e -> infix(e.left(), "||", e.right());
      case BoundExpression.Comparison e -> infix(e.left(), e.operator().sql(), e.right());
      case BoundExpression.And e -> infix(e.left(), "AND", e.right());
      case BoundExpression.Or e -> "(" + infix(e.left(), "OR", e.right()) + ")";
      case BoundExpression.Not e -> "NOT " + of(e.operand());
      case BoundExpression.IsNull e -> of(e.operand()) + (e.negated() ? " NOTNULL" : " ISNULL");
      case BoundExpression.Collate e -> of(e.operand()) + " COLLATE " + e.collation().name();
      case BoundExpression.UnaryPlus e -> "+" + of(e.operand());
      case BoundExpression.Negate e -> "-" + of(e.operand());
      case BoundExpression.FunctionCall e -> e.function().signature().name() + "(…)";
      case BoundExpression.AffinityApplied e -> of(e.operand());
      case BoundExpression.InList e -> of(e.operand()) + (e.negated() ? " NOT" : "") + " IN (…)";
      case BoundExpression.Case e -> "CASE …";
      case BoundExpression.Cast e -> "CAST " + of(e.operand());
      case BoundExpression.Coalesce e -> "coalesce(…)";
      case BoundExpression.Between e -> of(e.operand()) + " BETWEEN …";
      case BoundExpression.IsTruth e -> of(e.operand()) + " IS " + e.truth();
      case BoundExpression.BitNot e -> "~" + of(e.operand());
      case BoundExpression.RowComparison e -> "(…) " + e.operator().sql() + " (…)";
      case BoundExpression.InSubquery e -> (e.negated() ? "NOT " : "") + "IN (SELECT …)";
      case BoundExpression.Exists e -> (e.negated() ? "NOT " : "") + "EXISTS (SELECT …)";
      case BoundExpression.ScalarSubquery e -> "(SELECT …)";
      case BoundExpression.Raise e -> "RAISE";
    };
  }

  private static String infix(BoundExpression left, String operator, BoundExpression right) {
    return of(left) + " " + operator + " " + of(right);
  }
}
