package dev.turso.bind;

import dev.turso.function.AggregateDefinition;
import dev.turso.plan.logical.AggregateCall;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.SortKey;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The aggregates found so far in one level of a query, each once. */
final class AggregateCollector {

  private final BindContext context;
  private final List<AggregateCall> calls = new ArrayList<>();

  AggregateCollector(BindContext context) {
    this.context = context;
  }

  List<AggregateCall> calls() {
    return calls;
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /** The column that will hold the value of an aggregate. */
  BoundColumn add(
      AggregateDefinition function,
      List<BoundExpression> arguments,
      boolean distinct,
      @Nullable BoundExpression filter,
      List<SortKey> orderBy,
      Collation collation) {
    for (AggregateCall each : calls) {
      if (each.function().equals(function)
          && each.arguments().equals(arguments)
          && each.distinct() == distinct
          && Objects.equals(each.filter(), filter)
          && each.orderBy().equals(orderBy)
          && each.collation() == collation) {
        return each.output();
      }
    }
    BoundColumn output = context.computed(function.signature().name(), Affinity.NONE, null);
    calls.add(new AggregateCall(function, arguments, distinct, filter, orderBy, output, collation));
    return output;
  }
}
