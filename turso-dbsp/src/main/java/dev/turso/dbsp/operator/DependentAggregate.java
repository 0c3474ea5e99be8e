package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.Version;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.function.Accumulator;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of a correlated subquery, computed when an outer row asks for them.
 *
 * <p>It is never asked for changes: those of its input lead to outer rows.
 */
public final class DependentAggregate extends CircuitOperator {

  private final CircuitContext context;
  private final CircuitOperator input;
  private final AggregateOperator.Shape shape;
  private final int[] slots;
  private final RowCodec keys;
  private final List<OrderPart> order = new ArrayList<>();
  private final Register[] arguments = new Register[16];

  private final OrderedKey placeKey = new OrderedKey();

  private static final class Totals {
    byte[] shown;

    /** Where the row of {@code shown} stands in source order. */
    byte[] place;

    final Accumulator[] accumulators;
    final @Nullable Extreme[] extremes;
    final List<Set<ByteBuffer>> seen = new ArrayList<>();

    Totals(byte[] shown, byte[] place, List<Aggregation> calls) {
      this.shown = shown;
      this.place = place;
      this.accumulators = new Accumulator[calls.size()];
      this.extremes = new Extreme[calls.size()];
      for (int i = 0; i < accumulators.length; i++) {
        accumulators[i] = calls.get(i).accumulators().get();
        seen.add(new HashSet<>());
      }
    }
  }

  /** The least or greatest value yet: of equal ones that of the first row in source order. */
  private record Extreme(Register value, byte[] place) {}

  public DependentAggregate(
      CircuitContext context, CircuitOperator input, AggregateOperator.Shape shape) {
    this.context = context;
    this.input = input;
    this.shape = shape;
    int count = shape.keyColumns().size();
    int[] keySlots = new int[count];
    this.slots = new int[count + shape.calls().size()];
    for (int i = 0; i < count; i++) {
      KeyColumn each = shape.keyColumns().get(i);
      keySlots[i] = each.slot();
      slots[i] = each.slot();
      order.add(new OrderPart(each.slot(), each.collation(), false, true));
    }
    for (int i = 0; i < shape.calls().size(); i++) {
      slots[count + i] = shape.calls().get(i).output();
    }
    this.keys = new RowCodec(keySlots);
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = new Register();
    }
  }

  @Override
  public int[] slots() {
    return slots;
  }

  @Override
  public List<OrderPart> order() {
    return order;
  }

  @Override
  public boolean changed() {
    return input.changed();
  }

  @Override
  public void changes(RowSink sink) {
    throw new IllegalStateException("a correlated aggregate has no changes of its own");
  }

  @Override
  public Access access(List<Equality> equalities) {
    Access rows = input.access(List.of());
    return Access.over(
        rows, rows.cost(), "aggregate of ", (version, sink) -> compute(rows, version, sink));
  }

  private void compute(Access rows, Version version, RowSink sink) {
    Map<ByteBuffer, Totals> groups =
        new TreeMap<>((a, b) -> Arrays.compareUnsigned(a.array(), b.array()));
    Frame frame = context.frame();
    if (shape.keyColumns().isEmpty()) {
      groups.put(ByteBuffer.wrap(new byte[0]), new Totals(new byte[0], new byte[0], shape.calls()));
    }
    OrderedKey key = new OrderedKey();
    rows.rows(version, weight -> take(groups, key, weight));
    for (Totals each : groups.values()) {
      if (each.shown.length > 0) {
        keys.decode(frame, each.shown);
      }
      for (int i = 0; i < each.accumulators.length; i++) {
        Register result = frame.slots[shape.calls().get(i).output()];
        Extreme extreme = each.extremes[i];
        if (extreme != null) {
          result.copyFrom(extreme.value);
        } else {
          each.accumulators[i].value(result);
        }
      }
      sink.row(1);
    }
  }

  private void take(Map<ByteBuffer, Totals> groups, OrderedKey key, long weight) {
    Frame frame = context.frame();
    key.reset();
    for (int i = 0; i < shape.keys().length; i++) {
      KeyColumn column = shape.keyColumns().get(i);
      shape.keys()[i].evalInto(frame, frame.slots[column.slot()]);
      Keys.append(key, frame.slots[column.slot()], column.collation());
    }
    ByteBuffer group = ByteBuffer.wrap(key.toBytes());
    Totals totals = groups.get(group);
    if (totals == null) {
      totals = new Totals(keys.encode(frame), place(), shape.calls());
      groups.put(group, totals);
    } else if (!shape.exactKeys() && isBefore(place(), totals.place)) {
      totals.shown = keys.encode(frame);
      totals.place = place();
    }
    for (int i = 0; i < shape.calls().size(); i++) {
      step(totals, i, weight);
    }
  }

  private void step(Totals totals, int call, long weight) {
    Frame frame = context.frame();
    Aggregation each = shape.calls().get(call);
    if (each.filter() != null && each.filter().truth(frame) != 1) {
      return;
    }
    Node[] nodes = each.arguments();
    for (int i = 0; i < nodes.length; i++) {
      nodes[i].evalInto(frame, arguments[i]);
    }
    if (each.isExtreme()) {
      extreme(totals, call);
      return;
    }
    long times = weight;
    if (each.distinct()) {
      OrderedKey value = new OrderedKey();
      Keys.append(value, arguments[0], each.collation());
      if (!totals.seen.get(call).add(ByteBuffer.wrap(value.toBytes()))) {
        return;
      }
      times = 1;
    }
    Aggregation.step(totals.accumulators[call], arguments, nodes.length, times);
  }

  private void extreme(Totals totals, int call) {
    Aggregation each = shape.calls().get(call);
    Register value = arguments[0];
    if (value.isNull()) {
      return;
    }
    Extreme best = totals.extremes[call];
    int order = best == null ? -1 : Comparison.compare(value, best.value, each.collation());
    boolean greater = each.kind() == Aggregation.Kind.GREATEST;
    boolean better = best == null || (greater ? order > 0 : order < 0);
    if (better || order == 0 && best != null && isBefore(place(), best.place)) {
      Register kept = new Register();
      kept.copyFrom(value);
      kept.keep();
      totals.extremes[call] = new Extreme(kept, place());
    }
  }

  /** Where the row in the frame stands in source order. */
  private byte[] place() {
    placeKey.reset();
    Keys.append(placeKey, context.frame(), input.order());
    return placeKey.toBytes();
  }

  private static boolean isBefore(byte[] place, byte[] other) {
    return Arrays.compareUnsigned(place, other) < 0;
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    return "aggregate, for each outer row that asks";
  }
}
