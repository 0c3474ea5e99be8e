package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.function.Accumulator;
import dev.turso.function.AggregateFunction;
import dev.turso.function.CallContext;
import dev.turso.function.CallPurpose;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over a frame. The frame slides forward: rows that enter are stepped, rows that leave
 * are taken out again where the function can do that; otherwise the frame is stepped anew.
 */
final class WindowAggregate extends WindowFunction {

  private final AggregateFunction function;
  private final @Nullable Node filter;
  private final Collation collation;
  private final WindowBounds bounds;
  private final Register[] values;
  private @Nullable CallContext context;
  private @Nullable Accumulator accumulator;

  /** The frame that the accumulator holds. */
  private int from;

  private int to;

  WindowAggregate(
      Frame frame,
      WindowRows rows,
      Node[] arguments,
      int slot,
      AggregateFunction function,
      @Nullable Node filter,
      Collation collation,
      WindowBounds bounds) {
    super(frame, rows, arguments, slot);
    this.function = function;
    this.filter = filter;
    this.collation = collation;
    this.bounds = bounds;
    this.values = Registers.create(arguments.length);
  }

  @Override
  void begin() {
    context = new CallContext(frame.environment, collation, CallPurpose.QUERY);
  }

  @Override
  void beginPartition() {
    bounds.begin();
    restart(rows.partitionStart);
  }

  private void restart(int position) {
    CallContext c = context;
    assert c != null;
    accumulator = function.create(c);
    from = position;
    to = position;
  }

  @Override
  void compute(int at) {
    bounds.compute(at);
    if (bounds.excludes()) {
      restart(bounds.start);
      for (int i = bounds.start; i < bounds.end; i++) {
        if (bounds.sees(i)) {
          step(i, true);
        }
      }
      from = -1;
    } else {
      slide();
    }
    Accumulator a = accumulator;
    assert a != null;
    out.subtype = 0;
    a.value(out);
  }

  private void slide() {
    boolean removes = bounds.start > from;
    if (bounds.start < from
        || bounds.end < to
        || bounds.start >= to
        || removes && !function.invertible()) {
      if (bounds.start != from || bounds.end < to) {
        restart(bounds.start);
      }
    }
    while (from < bounds.start) {
      step(from++, false);
    }
    while (to < bounds.end) {
      step(to++, true);
    }
  }

  private void step(int position, boolean in) {
    frame.tick();
    rows.show(position);
    if (filter != null && filter.truth(frame) != 1) {
      return;
    }
    for (int i = 0; i < values.length; i++) {
      arguments[i].evalInto(frame, values[i]);
    }
    Accumulator a = accumulator;
    assert a != null;
    if (in) {
      a.step(values, values.length);
    } else {
      a.inverse(values, values.length);
    }
  }
}
