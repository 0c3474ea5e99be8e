package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowVector;
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

  /** So many sums and values, as powers of two, cannot overflow. */
  private static final int LARGE_SHIFT = 46;

  private static final int COUNT_SHIFT = 16;

  private final Register[] value = Registers.create(1);

  /** Of each group its sum and its count, side by side: one cache line for both. */
  private long[] sums = new long[8];

  private long[] integers = {};
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

  @Override
  void stepRows(Operator input, int count, int @Nullable [] groups) {
    RowVector rows = input.vector();
    if (rows == null || filter != null || moved.length > 0) {
      super.stepRows(input, count, groups);
      return;
    }
    if (integers.length < count) {
      integers = new long[2 * count];
    }
    if (!argument.integers(frame, rows, integers)
        || !(groups == null ? addAll(count) : addEach(count, groups))) {
      super.stepRows(input, count, groups);
    }
  }

  /** Adds integers to the only group, unless the sum would not fit. */
  private boolean addAll(int count) {
    long sum = sums[0];
    long overflow = 0;
    for (int i = 0; i < count; i++) {
      long y = integers[i];
      long next = sum + y;
      overflow |= (sum ^ next) & (y ^ next);
      sum = next;
    }
    if (overflow < 0) {
      return false;
    }
    sums[0] = sum;
    sums[1] += count;
    return true;
  }

  /** Adds integers to their groups, unless they are so large that a sum might not fit. */
  private boolean addEach(int count, int[] groups) {
    long large = 0;
    for (int i = 0; i < count; i++) {
      large |= integers[i] ^ integers[i] >> 63;
    }
    for (int i = 0; i < count; i++) {
      large |= sums[2 * groups[i]] ^ sums[2 * groups[i]] >> 63;
    }
    if (large >>> LARGE_SHIFT != 0 || count >>> COUNT_SHIFT != 0) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      sums[2 * groups[i]] += integers[i];
      sums[2 * groups[i] + 1]++;
    }
    return true;
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
      if (kind == Kind.AVERAGE && !into.isNull()) {
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
