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
 * Any aggregate function, with DISTINCT, FILTER and ORDER BY. Rows of an ordered aggregate are kept
 * until {@link #finish} and stepped then.
 */
final class GeneralAggregate extends AggregateStep {

  private final AggregateFunction function;
  private final Node[] arguments;
  private final @Nullable Node filter;
  private final Collation collation;
  private final Register[] values;
  private final @Nullable KeyTable distinct;
  private final Register[] distinctKey;
  private final Node[] orderNodes;
  private final @Nullable RowOrder order;
  private final RowBuffer waiting;
  private final RecordWriter writer = new RecordWriter();
  private final RecordReader reader = new RecordReader();
  private @Nullable CallContext context;
  private boolean taken;
  private Accumulator[] accumulators = new Accumulator[4];

  /**
   * @param order by group number and then as the call says, or null if rows are stepped as they come
   */
  GeneralAggregate(
      Frame frame,
      int slot,
      AggregateFunction function,
      Node[] arguments,
      @Nullable Node filter,
      boolean distinct,
      Collation collation,
      Node[] orderNodes,
      @Nullable RowOrder order) {
    super(frame, slot);
    this.function = function;
    this.arguments = arguments;
    this.filter = filter;
    this.collation = collation;
    this.orderNodes = orderNodes;
    this.order = order;
    this.waiting = new RowBuffer(frame);
    this.values = Registers.create(arguments.length);
    int width = distinct ? 1 + arguments.length : 0;
    this.distinctKey = Registers.create(width);
    Collation[] collations = new Collation[width];
    Arrays.fill(collations, collation);
    this.distinct = distinct ? new KeyTable(collations, frame) : null;
  }

  @Override
  Collation collation() {
    return collation;
  }

  @Override
  void clear() {
    context = null;
    waiting.clear();
    accumulators = new Accumulator[4];
    if (distinct != null) {
      distinct.clear();
    }
  }

  @Override
  void begin(int group) {
    CallContext c = context;
    if (c == null) {
      c = new CallContext(frame.environment, collation, CallPurpose.QUERY);
      context = c;
    }
    if (group >= accumulators.length) {
      accumulators = Arrays.copyOf(accumulators, group * 2);
    }
    accumulators[group] = function.create(c);
    if (distinct != null && group == 0) {
      distinct.clear();
    }
  }

  @Override
  void step(int group) {
    taken = filter == null || filter.truth(frame) == 1;
    if (!taken) {
      return;
    }
    for (int i = 0; i < arguments.length; i++) {
      arguments[i].evalInto(frame, values[i]);
    }
    if (distinct != null && !isNew(group)) {
      return;
    }
    if (order == null) {
      accumulators[group].step(values, values.length);
    } else {
      keep(group);
    }
  }

  @Override
  boolean hasTaken() {
    return taken;
  }

  private boolean isNew(int group) {
    distinctKey[0].setInteger(group);
    for (int i = 0; i < values.length; i++) {
      distinctKey[i + 1].copyFrom(values[i]);
    }
    assert distinct != null;
    return distinct.findOrAdd(distinctKey) < 0;
  }

  /** A record: the group, what the call orders by, then each argument and its subtype. */
  private void keep(int group) {
    writer.reset().addInteger(group);
    for (Node node : orderNodes) {
      int tag = node.eval(frame);
      writer.add(tag, frame.bits, frame.ref);
    }
    for (Register value : values) {
      writer.add(value.tag, value.bits, value.ref);
      writer.addInteger(value.subtype);
    }
    writer.finish();
    waiting.add(writer);
  }

  @Override
  void finish() {
    if (order == null) {
      return;
    }
    for (int row : new RowSorter(waiting, order).sort()) {
      waiting.read(row, reader);
      reader.load(0);
      int group = (int) reader.bits();
      for (int i = 0; i < values.length; i++) {
        int at = 1 + orderNodes.length + 2 * i;
        int tag = reader.load(at);
        values[i].set(tag, reader.bits(), reader.ref());
        reader.load(at + 1);
        values[i].subtype = (int) reader.bits();
      }
      accumulators[group].step(values, values.length);
    }
    waiting.clear();
  }

  @Override
  void value(int group, Register into) {
    accumulators[group].value(into);
  }
}
