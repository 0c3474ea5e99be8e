package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One term of a query. */
public sealed interface SelectCore {

  /** Offset of the first token. */
  int position();

  /**
   * {@code SELECT [DISTINCT] … FROM … WHERE … GROUP BY … HAVING … WINDOW …}.
   *
   * @param from absent where there is no FROM clause
   * @param groupBy empty if absent
   * @param windows the WINDOW clause, empty if absent
   */
  record QuerySpecification(
      boolean distinct,
      List<ResultColumn> resultColumns,
      @Nullable TableReference from,
      @Nullable Expression where,
      List<Expression> groupBy,
      @Nullable Expression having,
      List<WindowClause> windows,
      int position)
      implements SelectCore {}

  /** {@code VALUES (…), (…)}: at least one row, all of the same length, which is at least one. */
  record Values(List<List<Expression>> rows, int position) implements SelectCore {}
}
