package dev.turso.sql.ast;

import java.util.List;

/**
 * One common table expression.
 *
 * @param columns empty if not written
 */
public record CommonTable(
    Name name, List<Name> columns, Materialization materialization, Select select) {

  /** The hint after AS. */
  public enum Materialization {
    UNSPECIFIED,
    MATERIALIZED,
    NOT_MATERIALIZED
  }
}
