package dev.turso.bind;

import dev.turso.bind.SelectBinder.BoundCore;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.Collate;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.SortKey;
import dev.turso.schema.Names;
import dev.turso.sql.ast.BinaryOperator;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.UnaryOperator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How terms of ORDER BY and GROUP BY name result columns: by number, by alias, or by repeating them. */
final class OrderTerms {

  private OrderTerms() {}

  /** The result column a term names by its number, from 0, or -1 if it is no number. */
  static int byNumber(Expression term, String clause, int index, int columns) {
    Long number = number(bare(term));
    if (number == null) {
      return -1;
    }
    if (number < 1 || number > columns) {
      throw new SqlException(
          ResultCode.ERROR,
          ordinal(index + 1)
              + " "
              + clause
              + " BY term out of range - should be between 1 and "
              + columns,
          term.position());
    }
    return (int) (number - 1);
  }

  private static @Nullable Long number(Expression term) {
    if (term instanceof Expression.Unary unary
        && (unary.operator() == UnaryOperator.MINUS || unary.operator() == UnaryOperator.PLUS)) {
      Long operand = number(unary.operand());
      if (operand == null || unary.operator() == UnaryOperator.PLUS) {
        return operand;
      }
      return Long.valueOf(-operand);
    }
    if (term instanceof Expression.Literal literal
        && literal.kind() == Expression.LiteralKind.INTEGER
        && literal.text().length() <= 10) {
      long value = Literals.integer(literal.text(), false).asLong();
      return value <= Integer.MAX_VALUE ? Long.valueOf(value) : null;
    }
    return folded(term);
  }

  /**
   * The number that SQLite's parser puts in the place of a test of a literal for NULL, and of an AND
   * with 0, which therefore name a column by number too.
   */
  private static @Nullable Long folded(Expression term) {
    if (term instanceof Expression.IsNull test) {
      return isLiteral(test.operand()) ? Long.valueOf(test.negated() ? 1 : 0) : null;
    }
    if (term instanceof Expression.Binary binary && binary.operator() == BinaryOperator.AND) {
      return isZero(binary.left()) || isZero(binary.right()) ? Long.valueOf(0) : null;
    }
    return null;
  }

  private static boolean isLiteral(Expression operand) {
    if (operand instanceof Expression.Unary unary
        && (unary.operator() == UnaryOperator.MINUS || unary.operator() == UnaryOperator.PLUS)) {
      return isLiteral(unary.operand());
    }
    if (operand instanceof Expression.Literal literal) {
      return switch (literal.kind()) {
        case INTEGER, REAL, STRING, BLOB -> true;
        case NULL, CURRENT_TIME, CURRENT_DATE, CURRENT_TIMESTAMP -> false;
      };
    }
    return folded(operand) != null;
  }

  private static boolean isZero(Expression operand) {
    Long number = operand instanceof Expression.Literal literal ? number(literal) : folded(operand);
    return number != null && number == 0;
  }

  /** The result column whose alias a term is, from 0, or -1. */
  static int byAlias(Expression term, List<ResultItem> items) {
    if (bare(term) instanceof Expression.ColumnName name && name.table() == null) {
      for (int i = 0; i < items.size(); i++) {
        String alias = items.get(i).alias();
        if (alias != null && Names.same(alias, name.name().text())) {
          return i;
        }
      }
    }
    return -1;
  }

  /** The result column whose value an expression repeats, from 0, or -1. */
  static int byValue(BoundExpression expression, List<ResultItem> items) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).expression().equals(expression)) {
        return i;
      }
    }
    return -1;
  }

  /** The column of a compound that a term names in any of its cores, from 0, or -1. */
  static int inCompound(Expression term, int index, List<BoundCore> cores) {
    int number = byNumber(term, "ORDER", index, cores.getFirst().items().size());
    if (number >= 0) {
      return number;
    }
    for (BoundCore core : cores) {
      int alias = byAlias(term, core.items());
      if (alias >= 0) {
        return alias;
      }
      int value = byValue(core, bare(term));
      if (value >= 0) {
        return value;
      }
    }
    return -1;
  }

  /** Names that mean nothing in this core may mean something in the next. */
  private static int byValue(BoundCore core, Expression term) {
    Scope scope = core.expressions().scope;
    Scope.Aggregates before = scope.aggregatesHere;
    scope.aggregatesHere = Scope.Aggregates.ALLOWED;
    try {
      return byValue(core.expressions().bind(term), core.items());
    } catch (SqlException notHere) {
      return -1;
    } finally {
      scope.aggregatesHere = before;
    }
  }

  /** The key that sorts by an output column, under the term's own COLLATE if it has one. */
  static SortKey key(ExpressionBinder expressions, OrderingTerm term, BoundColumn column) {
    BoundExpression reference = new ColumnReference(column);
    if (term.expression() instanceof Expression.Collate collate) {
      reference = new Collate(reference, expressions.collation(collate.collation()));
    }
    return SortKeys.of(reference, term);
  }

  /** A term without the COLLATEs around it. */
  static Expression bare(Expression term) {
    Expression bare = term;
    while (bare instanceof Expression.Collate collate) {
      bare = collate.operand();
    }
    return bare;
  }

  /** {@code 1st, 2nd, 3rd, 4th, … 11th, …}. */
  static String ordinal(int n) {
    int tens = n / 10 % 10;
    String suffix =
        tens == 1 ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
    return n + suffix;
  }
}
