package dev.turso.plan.logical;

/** Operators that order two values. IS and IS NOT treat NULL as a value like any other. */
public enum ComparisonOperator {
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  IS("IS"),
  IS_NOT("IS NOT");

  private final String sql;

  ComparisonOperator(String sql) {
    this.sql = sql;
  }

  /** As it is written. */
  public String sql() {
    return sql;
  }

  /** Whether NULL compares as a value, so that the result is never NULL. */
  public boolean isNullSafe() {
    return this == IS || this == IS_NOT;
  }

  /** The operator that holds of (b, a) exactly when this holds of (a, b). */
  public ComparisonOperator mirrored() {
    return switch (this) {
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      case EQUAL, NOT_EQUAL, IS, IS_NOT -> this;
    };
  }

  /** The operator that holds exactly when this does not, NULL aside. */
  public ComparisonOperator negated() {
    return switch (this) {
      case EQUAL -> NOT_EQUAL;
      case NOT_EQUAL -> EQUAL;
      case LESS -> GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> GREATER;
      case GREATER -> LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> LESS;
      case IS -> IS_NOT;
      case IS_NOT -> IS;
    };
  }

  /** Whether a comparison result (negative, zero, positive) satisfies this operator. */
  public boolean holds(int order) {
    return switch (this) {
      case EQUAL, IS -> order == 0;
      case NOT_EQUAL, IS_NOT -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
