package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** count(*) and count(x). */
final class CountAggregate extends AggregateStep {

  private final @Nullable Node argument;
  private final @Nullable Node filter;
  private long[] counts = new long[4];

  CountAggregate(Frame frame, int slot, @Nullable Node argument, @Nullable Node filter) {
    super(frame, slot);
    this.argument = argument;
    this.filter = filter;
  }

  @Override
  void clear() {
    counts = new long[4];
  }

  @Override
  void begin(int group) {
    if (group >= counts.length) {
      counts = Arrays.copyOf(counts, group * 2);
    }
    counts[group] = 0;
  }

  @Override
  void step(int group) {
    if (filter != null && filter.truth(frame) != 1) {
      return;
    }
    if (argument == null || argument.eval(frame) != Tag.NULL) {
      counts[group]++;
    }
  }

  @Override
  void stepRows(Operator input, int count, int @Nullable [] groups) {
    if (filter != null || argument != null) {
      super.stepRows(input, count, groups);
    } else if (groups == null) {
      counts[0] += count;
    } else {
      for (int i = 0; i < count; i++) {
        counts[groups[i]]++;
      }
    }
  }

  @Override
  void value(int group, Register into) {
    into.setInteger(counts[group]);
  }
}
