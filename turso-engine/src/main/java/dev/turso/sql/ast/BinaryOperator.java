package dev.turso.sql.ast;

/** Operators with two operands, from the weakest to the strongest. */
public enum BinaryOperator {
  OR("OR"),
  AND("AND"),
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  BIT_AND("&"),
  BIT_OR("|"),
  SHIFT_LEFT("<<"),
  SHIFT_RIGHT(">>"),
  ADD("+"),
  SUBTRACT("-"),
  MULTIPLY("*"),
  DIVIDE("/"),
  REMAINDER("%"),
  CONCAT("||"),
  JSON_EXTRACT("->"),
  JSON_EXTRACT_TEXT("->>");

  private final String sql;

  BinaryOperator(String sql) {
    this.sql = sql;
  }

  /** As it is written. */
  public String sql() {
    return sql;
  }

  /** Whether it is one of {@code = <> < <= > >=}. */
  public boolean isComparison() {
    return compareTo(EQUAL) >= 0 && compareTo(GREATER_OR_EQUAL) <= 0;
  }
}
