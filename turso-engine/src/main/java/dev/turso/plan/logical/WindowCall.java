package dev.turso.plan.logical;

import dev.turso.function.FunctionDefinition;
import dev.turso.sql.ast.WindowFrame;
import dev.turso.value.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One window function over the partition and order of its {@link LogicalPlan.Window}.
 *
 * @param function an AggregateDefinition, or a WindowDefinition
 *     (of which some ignore the frame)
 * @param filter only rows for which it is true are stepped, or null
 * @param frame for functions that have one
 * @param output the column that holds the result
 * @param collation how the function compares texts
 */
public record WindowCall(
    FunctionDefinition function,
    List<BoundExpression> arguments,
    @Nullable BoundExpression filter,
    Frame frame,
    BoundColumn output,
    Collation collation) {

  /**
   * Which rows around the current one are seen.
   *
   * @param startOffset with PRECEDING and FOLLOWING only: constant within the statement
   * @param endOffset likewise
   */
  public record Frame(
      WindowFrame.Unit unit,
      WindowFrame.BoundKind start,
      @Nullable BoundExpression startOffset,
      WindowFrame.BoundKind end,
      @Nullable BoundExpression endOffset,
      WindowFrame.Exclude exclude) {

    /** {@code RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW}. */
    public static final Frame DEFAULT =
        new Frame(
            WindowFrame.Unit.RANGE,
            WindowFrame.BoundKind.UNBOUNDED_PRECEDING,
            null,
            WindowFrame.BoundKind.CURRENT_ROW,
            null,
            WindowFrame.Exclude.NO_OTHERS);
  }
}
