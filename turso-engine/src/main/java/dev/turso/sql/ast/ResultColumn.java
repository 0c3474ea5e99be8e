package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/** One entry between SELECT and FROM, or after RETURNING. */
public sealed interface ResultColumn {

  /** Offset of the first token. */
  int position();

  /** {@code *}. */
  record AllColumns(int position) implements ResultColumn {}

  /** {@code table.*}. */
  record AllColumnsOf(Name table, int position) implements ResultColumn {}

  /**
   * An expression.
   *
   * @param source the expression's text as written: the column's name where nothing better is known
   */
  record Computed(Expression expression, @Nullable Name alias, String source)
      implements ResultColumn {

    @Override
    public int position() {
      return expression.position();
    }
  }
}
