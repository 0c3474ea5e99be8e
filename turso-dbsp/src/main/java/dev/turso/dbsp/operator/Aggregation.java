package dev.turso.dbsp.operator;

import dev.turso.exec.expression.Node;
import dev.turso.function.Accumulator;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of an {@link AggregateOperator}.
 *
 * @param kind how it is kept up to date
 * @param accumulators makes the function's accumulators; of no use to the extremes
 * @param arguments computed on each input row
 * @param distinct whether equal first arguments count once
 * @param filter only rows for which it is true count, or null
 * @param order how COLLECTED rows are ordered, before their source order
 * @param output the slot of the result
 * @param collation how first arguments compare
 * @param text for EXPLAIN
 */
public record Aggregation(
    Kind kind,
    Supplier<Accumulator> accumulators,
    Node[] arguments,
    boolean distinct,
    @Nullable Node filter,
    SortPart[] order,
    int output,
    Collation collation,
    String text) {

  /** How an aggregate follows changes. */
  public enum Kind {
    /** Rows are added to and taken out of a stored accumulator. */
    LINEAR,
    /** The values are kept in order: the first one is the result. */
    LEAST,
    /** As LEAST, in descending order. */
    GREATEST,
    /** The rows of each group are kept, and stepped anew when the group changes. */
    COLLECTED
  }

  /** One key of an order, computed. */
  public record SortPart(Node node, Collation collation, boolean descending, boolean nullsFirst) {}

  boolean isExtreme() {
    return kind == Kind.LEAST || kind == Kind.GREATEST;
  }

  /** Whether it is kept how often each value occurs, as a new one is a row for the accumulator. */
  boolean countsValues() {
    return distinct && kind == Kind.LINEAR;
  }

  /** Whether the operator keeps rows for this aggregate. */
  boolean keepsRows() {
    return kind != Kind.LINEAR || distinct;
  }

  static void step(Accumulator accumulator, Register[] arguments, int count, long times) {
    for (long i = 0; i < times; i++) {
      accumulator.step(arguments, count);
    }
    for (long i = times; i < 0; i++) {
      accumulator.inverse(arguments, count);
    }
  }
}
