package dev.turso.sql.ast;

/** What joins two cores of a compound query. */
public enum CompoundOperator {
  UNION("UNION"),
  UNION_ALL("UNION ALL"),
  INTERSECT("INTERSECT"),
  EXCEPT("EXCEPT");

  private final String sql;

  CompoundOperator(String sql) {
    this.sql = sql;
  }

  /** As it is written. */
  public String sql() {
    return sql;
  }
}
