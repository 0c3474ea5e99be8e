package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.function.Accumulator;
import dev.turso.function.AggregateFunction;
import dev.turso.function.CallContext;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * sum, total and avg while all values are integers and the sum fits: two numbers a group. The first
 * value that is something else moves the group to the function's own accumulator, which gets the sum so
 * far as if it were one row: that is what it would have computed of those rows.
 */
final class SumAggregate extends AggregateStep {

  /** Which of the three. */
  enum Kind {
    SUM,
    TOTAL,
    AVERAGE
  }

  private final Kind kind;
  private final Node argument;
  private final @Nullable Node filter;

  /** The function of a group whose values are not all integers: sum, or total for an average. */
  private final AggregateFunction general;

  private final Register[] value = Registers.create(1);

  /** Of each group its sum and its count, side by side: one cache line for both. */
  private long[] sums = new long[8];

  private @Nullable Accumulator[] moved = new Accumulator[0];

  SumAggregate(
      Frame frame,
      int slot,
      Kind kind,
      Node argument,
      @Nullable Node filter,
      AggregateFunction general) {
    super(frame, slot);
    this.kind = kind;
    this.argument = argument;
    this.filter = filter;
    this.general = general;
  }

  @Override
  void clear() {
    sums = new long[8];
    moved = new Accumulator[0];
  }

  @Override
  void begin(int group) {
    int at = 2 * group;
    if (at >= sums.length) {
      sums = Arrays.copyOf(sums, 2 * at);
    }
    sums[at] = 0;
    sums[at + 1] = 0;
    if (group < moved.length) {
      moved[group] = null;
    }
  }

  @Override
  void step(int group) {
    if (filter != null && filter.truth(frame) != 1) {
      return;
    }
    int tag = argument.eval(frame);
    if (tag == Tag.INTEGER && (group >= moved.length || moved[group] == null)) {
      long x = sums[2 * group];
      long y = frame.bits;
      long sum = x + y;
      if (((x ^ sum) & (y ^ sum)) >= 0) {
        sums[2 * group] = sum;
        sums[2 * group + 1]++;
        return;
      }
    }
    if (tag != Tag.NULL) {
      stepMoved(group, tag);
    }
  }

  private void stepMoved(int group, int tag) {
    long bits = frame.bits;
    byte[] ref = frame.ref;
    if (group >= moved.length) {
      moved = Arrays.copyOf(moved, Math.max(group + 1, sums.length / 2));
    }
    Accumulator a = moved[group];
    if (a == null) {
      a = general.create(new CallContext(frame.environment));
      moved[group] = a;
      if (sums[2 * group + 1] > 0) {
        value[0].setInteger(sums[2 * group]);
        a.step(value, 1);
      }
    }
    value[0].set(tag, bits, ref);
    a.step(value, 1);
    sums[2 * group + 1]++;
  }

  @Override
  void value(int group, Register into) {
    Accumulator a = group < moved.length ? moved[group] : null;
    long sum = sums[2 * group];
    long count = sums[2 * group + 1];
    if (a != null) {
      a.value(into);
      if (kind == Kind.AVERAGE) {
        into.setReal(into.asDouble() / count);
      }
    } else if (kind == Kind.TOTAL) {
      into.setReal((double) sum);
    } else if (count == 0) {
      into.setNull();
    } else if (kind == Kind.SUM) {
      into.setInteger(sum);
    } else {
      into.setReal((double) sum / count);
    }
  }
}
