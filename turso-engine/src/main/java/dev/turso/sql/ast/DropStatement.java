package dev.turso.sql.ast;

/** {@code DROP kind [IF EXISTS] name}. DROP VIEW drops a materialized view too. */
public record DropStatement(Kind kind, boolean ifExists, QualifiedName name) implements Statement {

  /** What is dropped. */
  public enum Kind {
    TABLE("TABLE"),
    INDEX("INDEX"),
    VIEW("VIEW"),
    TRIGGER("TRIGGER"),
    MATERIALIZED_VIEW("MATERIALIZED VIEW");

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
