package dev.turso.sql.ast;

/** Operators with one operand. */
public enum UnaryOperator {
  NOT("NOT"),
  MINUS("-"),
  PLUS("+"),
  BIT_NOT("~");

  private final String sql;

  UnaryOperator(String sql) {
    this.sql = sql;
  }

  /** As it is written. */
  public String sql() {
    return sql;
  }
}
