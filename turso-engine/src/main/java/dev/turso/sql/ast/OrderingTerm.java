package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * A term of ORDER BY, or a column of an index, a key or an upsert target. A COLLATE of the term is
 * the outermost node of the expression.
 *
 * @param direction absent if not written, which means ascending
 * @param nulls absent if not written: NULLs are the smallest values
 */
public record OrderingTerm(
    Expression expression, @Nullable SortDirection direction, @Nullable NullsOrder nulls) {

  /** Whether the term sorts downwards. */
  public boolean descending() {
    return direction == SortDirection.DESC;
  }
}
