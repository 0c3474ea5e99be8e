package dev.turso.bind;

import dev.turso.sql.ast.BinaryOperator;
import dev.turso.sql.ast.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an expression calls a function, by name or as an operator; queries in it do not count. */
final class FunctionUse {

  private FunctionUse() {}

  static boolean in(@Nullable Expression expression) {
    return switch (expression) {
      case null -> false;
      case Expression.Literal e -> isClock(e.kind());
      case Expression.Parameter e -> false;
      case Expression.ColumnName e -> false;
      case Expression.Unary e -> in(e.operand());
      case Expression.Binary e -> isFunction(e.operator()) || in(e.left()) || in(e.right());
      case Expression.Is e -> in(e.left()) || in(e.right());
      case Expression.IsNull e -> in(e.operand());
      case Expression.Collate e -> in(e.operand());
      case Expression.Cast e -> in(e.operand());
      case Expression.Case e -> in(e.operand()) || in(e.otherwise()) || inBranches(e.whens());
      case Expression.Between e -> in(e.operand()) || in(e.low()) || in(e.high());
      case Expression.InList e -> in(e.operand()) || inAny(e.list());
      case Expression.InSelect e -> in(e.operand());
      case Expression.InTable e -> in(e.operand());
      case Expression.Exists e -> false;
      case Expression.ScalarSubquery e -> false;
      case Expression.RowValue e -> inAny(e.values());
      case Expression.FunctionCall e -> true;
      case Expression.Like e -> true;
      case Expression.Raise e -> false;
    };
  }

  private static boolean inAny(List<Expression> expressions) {
    for (Expression each : expressions) {
      if (in(each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inBranches(List<Expression.When> branches) {
    for (Expression.When each : branches) {
      if (in(each.condition()) || in(each.result())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFunction(BinaryOperator operator) {
    return operator == BinaryOperator.JSON_EXTRACT || operator == BinaryOperator.JSON_EXTRACT_TEXT;
  }

  private static boolean isClock(Expression.LiteralKind kind) {
    return kind == Expression.LiteralKind.CURRENT_DATE
        || kind == Expression.LiteralKind.CURRENT_TIME
        || kind == Expression.LiteralKind.CURRENT_TIMESTAMP;
  }
}
