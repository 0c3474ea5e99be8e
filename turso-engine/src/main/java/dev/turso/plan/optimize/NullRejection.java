package dev.turso.plan.optimize;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.And;
import dev.turso.plan.logical.BoundExpression.Arithmetic;
import dev.turso.plan.logical.BoundExpression.Between;
import dev.turso.plan.logical.BoundExpression.Cast;
import dev.turso.plan.logical.BoundExpression.Collate;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.BoundExpression.Comparison;
import dev.turso.plan.logical.BoundExpression.Concat;
import dev.turso.plan.logical.BoundExpression.InList;
import dev.turso.plan.logical.BoundExpression.IsNull;
import dev.turso.plan.logical.BoundExpression.Negate;
import dev.turso.plan.logical.BoundExpression.Not;
import dev.turso.plan.logical.BoundExpression.Or;
import dev.turso.plan.logical.BoundExpression.UnaryPlus;
import java.util.Set;

/** What an expression can be where some columns are all NULL. Says no where it cannot tell. */
final class NullRejection {

  private NullRejection() {}

  /** Whether the expression is certainly NULL or false where the columns are NULL. */
  static boolean isNeverTrue(BoundExpression e, Set<BoundColumn> columns) {
    if (e instanceof And and) {
      return isNeverTrue(and.left(), columns) || isNeverTrue(and.right(), columns);
    }
    if (e instanceof Or or) {
      return isNeverTrue(or.left(), columns) && isNeverTrue(or.right(), columns);
    }
    if (e instanceof IsNull test) {
      return test.negated() && isNull(test.operand(), columns);
    }
    return isNull(e, columns);
  }

  /** Whether the expression is certainly NULL where the columns are NULL. */
  static boolean isNull(BoundExpression e, Set<BoundColumn> columns) {
    if (e instanceof ColumnReference reference) {
      return columns.contains(reference.column());
    }
    if (e instanceof Comparison c) {
      return !c.operator().isNullSafe()
          && (isNull(c.left(), columns) || isNull(c.right(), columns));
    }
    if (e instanceof Arithmetic a) {
      return isNull(a.left(), columns) || isNull(a.right(), columns);
    }
    if (e instanceof Concat c) {
      return isNull(c.left(), columns) || isNull(c.right(), columns);
    }
    if (e instanceof Between b) {
      return isNull(b.operand(), columns);
    }
    if (e instanceof InList in) {
      return isNull(in.operand(), columns);
    }
    return isNullUnary(e, columns);
  }

  private static boolean isNullUnary(BoundExpression e, Set<BoundColumn> columns) {
    if (e instanceof Not not) {
      return isNull(not.operand(), columns);
    }
    if (e instanceof Negate negate) {
      return isNull(negate.operand(), columns);
    }
    if (e instanceof UnaryPlus plus) {
      return isNull(plus.operand(), columns);
    }
    if (e instanceof Collate collate) {
      return isNull(collate.operand(), columns);
    }
    return e instanceof Cast cast && isNull(cast.operand(), columns);
  }
}
