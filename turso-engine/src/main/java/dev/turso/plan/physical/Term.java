package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import org.jspecify.annotations.Nullable;

/**
 * A conjunct as an access path to one table can use it: something of the table, an operator, and
 * values that are known before its rows are read.
 *
 * @param side what is compared: a column of the table, or an expression over its columns
 * @param operator IS also stands for IS NULL
 * @param value null for an IN
 * @param in null but for an IN
 * @param exact whether the path implies the conjunct, so that it need not be checked again
 */
record Term(
    Conjunct conjunct,
    BoundExpression side,
    ComparisonOperator operator,
    @Nullable BoundExpression value,
    AccessPath.@Nullable InValues in,
    Affinity affinity,
    Collation collation,
    boolean exact) {

  boolean isEquality() {
    return in != null || operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.IS;
  }

  boolean isNullTest() {
    return operator == ComparisonOperator.IS
        && value instanceof BoundExpression.Constant constant
        && constant.value().isNull();
  }

  boolean isLower() {
    return operator == ComparisonOperator.GREATER
        || operator == ComparisonOperator.GREATER_OR_EQUAL;
  }

  boolean isUpper() {
    return operator == ComparisonOperator.LESS || operator == ComparisonOperator.LESS_OR_EQUAL;
  }

  boolean isExclusive() {
    return operator == ComparisonOperator.GREATER || operator == ComparisonOperator.LESS;
  }

  /** Whether an index part of this affinity and collation agrees with the comparison. */
  boolean fits(Affinity part, Collation partCollation) {
    if (!isNullTest() && !collation.name().equalsIgnoreCase(partCollation.name())) {
      return false;
    }
    return fits(part);
  }

  /** Whether values of a column of this affinity are compared as they are stored. */
  boolean fits(Affinity part) {
    return switch (affinity) {
      case NONE, BLOB -> true;
      case TEXT -> part == Affinity.TEXT;
      case NUMERIC, INTEGER, REAL -> part.isNumeric();
    };
  }
}
