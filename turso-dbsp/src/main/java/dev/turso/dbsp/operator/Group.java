package dev.turso.dbsp.operator;

import dev.turso.function.Accumulator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One group while a step works on it. */
final class Group {

  final byte[] key;
  final Accumulator[] accumulators;
  long count;

  /** The output row before the step, or null if there was none. */
  byte @Nullable [] before;

  /** Key and bare columns of some row of the group that the step saw. */
  byte @Nullable [] shown;

  Group(byte[] key, List<Aggregation> calls) {
    this.key = key;
    this.accumulators = new Accumulator[calls.size()];
    for (int i = 0; i < accumulators.length; i++) {
      if (calls.get(i).kind() == Aggregation.Kind.LINEAR) {
        accumulators[i] = calls.get(i).accumulators().get();
      }
    }
  }
}
