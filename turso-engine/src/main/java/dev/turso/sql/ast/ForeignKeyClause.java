package dev.turso.sql.ast;

import java.util.List;

/**
 * {@code REFERENCES table [(columns)] [ON DELETE …] [ON UPDATE …] [[NOT] DEFERRABLE …]}.
 *
 * @param columns empty for the parent's primary key
 * @param deferred whether DEFERRABLE INITIALLY DEFERRED was written
 */
public record ForeignKeyClause(
    Name table, List<Name> columns, Action onDelete, Action onUpdate, boolean deferred) {

  /** What happens to child rows. */
  public enum Action {
    NO_ACTION("NO ACTION"),
    RESTRICT("RESTRICT"),
    SET_NULL("SET NULL"),
    SET_DEFAULT("SET DEFAULT"),
    CASCADE("CASCADE");

    private final String sql;

    Action(String sql) {
      this.sql = sql;
    }

    /** As it is written. */
    public String sql() {
      return sql;
    }
  }
}
