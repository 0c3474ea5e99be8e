package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.function.Accumulator;
import dev.turso.function.AggregateFunction;
import dev.turso.function.CallContext;
import dev.turso.function.CallPurpose;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate call ready to run: steps the accumulators of any number of groups and puts their
 * values into its slot.
 *
 * <p>Rows of an ordered aggregate are kept until {@link #finish} and stepped then. Not thread-safe.
 */
final class AggregateStep {

  private final Frame frame;
  private final AggregateFunction function;
  private final Node[] arguments;
  private final @Nullable Node filter;
  private final Collation collation;
  private final int slot;
  private final Register[] values;
  private final @Nullable KeyTable distinct;
  private final Register[] distinctKey;
  private final Node[] orderNodes;
  private final @Nullable RowOrder order;
  private final RowBuffer waiting = new RowBuffer();
  private final RecordWriter writer = new RecordWriter();
  private final RecordReader reader = new RecordReader();
  private @Nullable CallContext context;

  /**
   * @param order by group number and then as the call says, or null if rows are stepped as they come
   */
  AggregateStep(
      Frame frame,
      AggregateFunction function,
      Node[] arguments,
      @Nullable Node filter,
      boolean distinct,
      Collation collation,
      Node[] orderNodes,
      @Nullable RowOrder order,
      int slot) {
    this.frame = frame;
    this.function = function;
    this.arguments = arguments;
    this.filter = filter;
    this.collation = collation;
    this.orderNodes = orderNodes;
    this.order = order;
    this.slot = slot;
    this.values = Registers.create(arguments.length);
    int distinctWidth = distinct ? 1 + arguments.length : 0;
    this.distinctKey = Registers.create(distinctWidth);
    this.distinct = distinct ? new KeyTable(distinctCollations(distinctWidth)) : null;
  }

  private Collation[] distinctCollations(int width) {
    Collation[] all = new Collation[width];
    Arrays.fill(all, collation);
    return all;
  }

  /** Forgets all groups. */
  void clear() {
    context = null;
    waiting.clear();
    if (distinct != null) {
      distinct.clear();
    }
  }

  Accumulator create() {
    CallContext c = context;
    if (c == null) {
      c = new CallContext(frame.environment, collation, CallPurpose.QUERY);
      context = c;
    }
    return function.create(c);
  }

  /** Takes the current row into a group. */
  void step(Accumulator accumulator, int group) {
    if (filter != null && filter.truth(frame) != 1) {
      return;
    }
    for (int i = 0; i < arguments.length; i++) {
      arguments[i].evalInto(frame, values[i]);
    }
    if (distinct != null && !isNew(group)) {
      return;
    }
    if (order == null) {
      accumulator.step(values, values.length);
    } else {
      keep(group);
    }
  }

  private boolean isNew(int group) {
    distinctKey[0].setInteger(group);
    for (int i = 0; i < values.length; i++) {
      distinctKey[i + 1].copyFrom(values[i]);
    }
    assert distinct != null;
    return distinct.findOrAdd(distinctKey) < 0;
  }

  private void keep(int group) {
    writer.reset().addInteger(group);
    for (Node node : orderNodes) {
      int tag = node.eval(frame);
      writer.add(tag, frame.bits, frame.ref);
    }
    for (Register value : values) {
      writer.add(value.tag, value.bits, value.ref);
    }
    writer.finish();
    waiting.add(writer);
  }

  /** Steps the rows that waited for their order. */
  void finish(Accumulator[] accumulators, int width, int position, int firstGroup) {
    if (order == null) {
      return;
    }
    for (int row : new RowSorter(waiting, order).sort()) {
      waiting.read(row, reader);
      reader.load(0);
      int group = (int) reader.bits() - firstGroup;
      for (int i = 0; i < values.length; i++) {
        int tag = reader.load(1 + orderNodes.length + i);
        values[i].set(tag, reader.bits(), reader.ref());
      }
      accumulators[group * width + position].step(values, values.length);
    }
    waiting.clear();
  }

  /** Puts the value of a group's accumulator into the slot. */
  void result(Accumulator accumulator) {
    Register out = frame.slots[slot];
    out.subtype = 0;
    accumulator.value(out);
  }

  /** The value of an accumulator, wherever it is wanted. */
  void peek(Accumulator accumulator, Register out) {
    accumulator.value(out);
  }

  Collation collation() {
    return collation;
  }
}
