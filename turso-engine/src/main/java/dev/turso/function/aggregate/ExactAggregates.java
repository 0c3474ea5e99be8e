package dev.turso.function.aggregate;

import dev.turso.function.Accumulator;
import dev.turso.function.AggregateDefinition;
import dev.turso.function.AggregateFunction;
import dev.turso.function.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates that views compute otherwise than queries do: sum, total and avg, exactly and
 * whatever the order of rows.
 */
public final class ExactAggregates implements AggregateFunction {

  private static final AggregateFunction SUM = new ExactAggregates(SumKind.SUM);
  private static final AggregateFunction TOTAL = new ExactAggregates(SumKind.TOTAL);
  private static final AggregateFunction AVERAGE = new ExactAggregates(SumKind.AVERAGE);

  private final SumKind kind;

  private ExactAggregates(SumKind kind) {
    this.kind = kind;
  }

  /** What a circuit runs for an aggregate: its exact counterpart where there is one, or itself. */
  public static AggregateFunction forCircuit(AggregateDefinition definition) {
    AggregateFunction exact = exact(definition);
    return exact != null ? exact : definition.function();
  }

  private static @Nullable AggregateFunction exact(AggregateDefinition definition) {
    if (!(definition.function() instanceof AggregateFunctions)) {
      return null;
    }
    return switch (definition.signature().name()) {
      case "sum" -> SUM;
      case "total" -> TOTAL;
      case "avg" -> AVERAGE;
      default -> null;
    };
  }

  @Override
  public Accumulator create(CallContext context) {
    return new ExactSumAccumulator(kind);
  }

  @Override
  public boolean invertible() {
    return true;
  }
}
