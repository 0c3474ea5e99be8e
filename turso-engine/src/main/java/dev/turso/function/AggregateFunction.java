package dev.turso.function;

/**
 * A function of many rows: a maker of {@link Accumulator}s, one for each group.
 *
 * <p>One instance serves all statements and threads.
 */
public interface AggregateFunction {

  /** An accumulator that has seen no row. */
  Accumulator create(CallContext context);

  /**
   * Whether {@link Accumulator#inverse} works: a row may be taken out again. Otherwise whoever
   * slides a window or takes rows from a group feeds a new accumulator from the rows that remain.
   * Functions that are {@link FunctionTrait#ORDER_SENSITIVE} only give up the row that has been in
   * for longest.
   */
  default boolean invertible() {
    return false;
  }
}
