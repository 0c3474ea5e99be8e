package dev.turso.plan.logical;

/** What makes one relation of two with the same number of columns. */
public enum SetOperator {
  UNION_ALL("UNION ALL"),
  UNION("UNION"),
  INTERSECT("INTERSECT"),
  EXCEPT("EXCEPT");

  private final String sql;

  SetOperator(String sql) {
    this.sql = sql;
  }

  /** As it is written. */
  public String sql() {
    return sql;
  }
}
