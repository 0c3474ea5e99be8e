package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * The rows around the current one that a window function sees.
 *
 * @param end CURRENT ROW where only a start was written
 */
public record WindowFrame(Unit unit, Bound start, Bound end, Exclude exclude) {

  /** What bounds are counted in. */
  public enum Unit {
    ROWS,
    RANGE,
    GROUPS
  }

  /** The kinds of bound, in the order of the partition. */
  public enum BoundKind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  /** Rows taken out of the frame again. */
  public enum Exclude {
    NO_OTHERS,
    CURRENT_ROW,
    GROUP,
    TIES
  }

  /**
   * An end of the frame.
   *
   * @param offset with PRECEDING and FOLLOWING only
   */
  public record Bound(BoundKind kind, @Nullable Expression offset) {}
}
