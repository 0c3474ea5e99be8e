package dev.turso.sql.ast;

/** How two inputs are joined. JOIN alone is INNER; COMMA and CROSS differ for the planner. */
public enum JoinKind {
  COMMA(","),
  INNER("JOIN"),
  CROSS("CROSS JOIN"),
  LEFT("LEFT JOIN"),
  RIGHT("RIGHT JOIN"),
  FULL("FULL JOIN");

  private final String sql;

  JoinKind(String sql) {
    this.sql = sql;
  }

  /** As it is written. */
  public String sql() {
    return sql;
  }

  /** Whether rows of the left input without a partner are kept. */
  public boolean keepsLeft() {
    return this == LEFT || this == FULL;
  }

  /** Whether rows of the right input without a partner are kept. */
  public boolean keepsRight() {
    return this == RIGHT || this == FULL;
  }
}
