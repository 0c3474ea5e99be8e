package dev.turso.sql.ast;

/** EXPLAIN in its three forms. */
public record Explain(Kind kind, Statement statement) implements Statement {

  /** What is asked for. */
  public enum Kind {
    /** {@code EXPLAIN}: the executable. */
    EXECUTABLE("EXPLAIN"),
    /** {@code EXPLAIN QUERY PLAN}: the plan. */
    QUERY_PLAN("EXPLAIN QUERY PLAN"),
    /** {@code EXPLAIN ANALYZE}: runs the statement; rows and time per operator. */
    ANALYZE("EXPLAIN ANALYZE");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }

    /** As it is written. */
    public String sql() {
      return sql;
    }
  }
}
