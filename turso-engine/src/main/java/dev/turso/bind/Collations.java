package dev.turso.bind;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.AffinityApplied;
import dev.turso.plan.logical.BoundExpression.Cast;
import dev.turso.plan.logical.BoundExpression.Coalesce;
import dev.turso.plan.logical.BoundExpression.Collate;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.BoundExpression.UnaryPlus;
import dev.turso.plan.logical.ExpressionChildren;
import dev.turso.value.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which collation an expression brings along.
 *
 * <p>An explicit COLLATE anywhere in an operand beats a column's collation; among equals the left
 * operand wins.
 *
 * @see <a href="https://www.sqlite.org/datatype3.html#assigning_collating_sequences_from_sql">Datatypes,
 *     7.1</a>
 */
final class Collations {

  private Collations() {}

  /** The collation two operands are compared under. */
  static Collation forComparison(BoundExpression left, BoundExpression right) {
    Collation found;
    if (isExplicit(left)) {
      found = of(left);
    } else if (isExplicit(right)) {
      found = of(right);
    } else {
      found = of(left);
      if (found == null) {
        found = of(right);
      }
    }
    return found == null ? Collation.BINARY : UnknownCollation.known(found);
  }

  /** The collation to sort or group by an expression. */
  static Collation forOrder(BoundExpression expression) {
    return UnknownCollation.known(orBinary(expression));
  }

  /** The collation of an expression as a column. */
  static Collation orBinary(BoundExpression expression) {
    Collation found = of(expression);
    return found == null ? Collation.BINARY : found;
  }

  /** The collation of the first argument that has one, for functions that compare. */
  static Collation ofFirst(List<BoundExpression> arguments) {
    for (BoundExpression each : arguments) {
      Collation found = of(each);
      if (found != null) {
        return found;
      }
    }
    return Collation.BINARY;
  }

  /** The collation an expression brings, or null if it has no opinion. */
  static @Nullable Collation of(BoundExpression expression) {
    if (expression instanceof Collate collate) {
      return collate.collation();
    }
    if (expression instanceof ColumnReference reference) {
      return reference.column().collation();
    }
    if (expression instanceof Cast cast) {
      return of(cast.operand());
    }
    if (expression instanceof UnaryPlus plus) {
      return of(plus.operand());
    }
    if (expression instanceof AffinityApplied applied) {
      return of(applied.operand());
    }
    if (expression instanceof Coalesce coalesce && coalesce.merged()) {
      return of(coalesce.arguments().getFirst());
    }
    for (BoundExpression each : operands(expression)) {
      if (isExplicit(each)) {
        return of(each);
      }
    }
    return null;
  }

  /** Whether COLLATE stands somewhere in the expression, outside subqueries. */
  static boolean isExplicit(BoundExpression expression) {
    if (expression instanceof Collate) {
      return true;
    }
    for (BoundExpression each : operands(expression)) {
      if (isExplicit(each)) {
        return true;
      }
    }
    return false;
  }

  private static List<BoundExpression> operands(BoundExpression expression) {
    return ExpressionChildren.of(expression);
  }
}
