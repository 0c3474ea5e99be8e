package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.dbsp.trace.Trace;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.function.Accumulator;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY with its aggregates; also DISTINCT, which is GROUP BY all columns.
 *
 * <p>State of a group: the number of its rows, its output row, the stored accumulators. Where equal keys
 * may look different (1 and 1.0, 'a' and 'A'), or columns beside the aggregates are shown, the rows of a
 * group are kept in source order and the first one is shown.
 */
public final class AggregateOperator extends StatefulOperator {

  private static final int FIRST = 1;
  private static final int CALLS = 2;

  private final CircuitOperator input;
  private final Shape shape;
  private final int[] slots;
  private final List<OrderPart> order = new ArrayList<>();
  private final @Nullable OrderedBag firsts;
  private final RowCodec shown;
  private final @Nullable OrderedBag[] bags;
  private final GroupTable groups = new GroupTable();
  private final GroupStates states = new GroupStates();
  private final OrderedKey key = new OrderedKey();
  private final OrderedKey entry = new OrderedKey();
  private final Register[] arguments = new Register[32];
  private final RecordWriter records = new RecordWriter();
  private final RecordReader reader = new RecordReader();

  /**
   * What is grouped and computed.
   *
   * @param keys compute the group's key from an input row, into {@code keyColumns}
   * @param exactKeys whether equal keys always look the same
   * @param bareSources slots of the input that are shown beside the aggregates, in {@code bareSlots}
   * @param bareFollows the extreme whose row they are taken from, or -1: the first row of the group
   */
  public record Shape(
      Node[] keys,
      List<KeyColumn> keyColumns,
      boolean exactKeys,
      List<Aggregation> calls,
      int[] bareSources,
      int[] bareSlots,
      int bareFollows) {}

  public AggregateOperator(
      CircuitContext context, int number, CircuitOperator input, Shape shape, int identitySlot) {
    super(context, number, shape.keyColumns, identitySlot);
    this.input = input;
    this.shape = shape;
    this.slots = outputSlots(shape);
    for (KeyColumn each : shape.keyColumns) {
      order.add(new OrderPart(each.slot(), each.collation(), false, true));
    }
    boolean bareFirst = shape.bareSlots.length > 0 && shape.bareFollows < 0;
    this.firsts = !shape.exactKeys || bareFirst ? new OrderedBag(true) : null;
    this.shown = new RowCodec(shownSlots(shape));
    this.bags = new OrderedBag[shape.calls.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = new Register();
    }
    for (int i = 0; i < bags.length; i++) {
      Aggregation call = shape.calls.get(i);
      if (call.keepsRows()) {
        bags[i] = new OrderedBag(!call.countsValues());
      }
    }
  }

  private static int[] outputSlots(Shape shape) {
    List<Integer> all = new ArrayList<>();
    shape.keyColumns.forEach(each -> all.add(each.slot()));
    shape.calls.forEach(each -> all.add(each.output()));
    for (int each : shape.bareSlots) {
      all.add(each);
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  /** What is kept of a group's first row: its key, and the bare columns. */
  private static int[] shownSlots(Shape shape) {
    List<Integer> all = new ArrayList<>();
    shape.keyColumns.forEach(each -> all.add(each.slot()));
    for (int each : shape.bareSlots) {
      all.add(each);
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
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
  List<KeyColumn> seekable() {
    return shape.keyColumns;
  }

  @Override
  void update() {
    groups.clear();
    if (context.filling() && shape.keyColumns.isEmpty()) {
      group(key(key, ROWS));
    }
    if (!input.changed()) {
      finish();
      return;
    }
    input.changes(this::take);
    flush();
    finish();
  }

  // ---- rows in and out

  private void take(long weight) {
    context.rowsTouched++;
    Frame frame = context.frame();
    key(key, ROWS);
    for (int i = 0; i < shape.keys.length; i++) {
      KeyColumn column = shape.keyColumns.get(i);
      Register r = frame.slots[column.slot()];
      shape.keys[i].evalInto(frame, r);
      Keys.append(key, r, column.collation());
    }
    for (int i = 0; i < shape.bareSlots.length; i++) {
      frame.slots[shape.bareSlots[i]].copyFrom(frame.slots[shape.bareSources[i]]);
    }
    Group group = group(key);
    group.count += weight;
    if (group.shown == null) {
      group.shown = shown.encode(frame);
    }
    if (firsts != null) {
      begin(FIRST, group);
      Keys.append(entry, frame, input.order());
      firsts.add(entry.toBytes(), shown.encode(frame), weight);
    }
    for (int i = 0; i < shape.calls.size(); i++) {
      take(i, group, weight);
    }
  }

  private void take(int call, Group group, long weight) {
    Frame frame = context.frame();
    Aggregation each = shape.calls.get(call);
    boolean passes = each.filter() == null || each.filter().truth(frame) == 1;
    if (shape.bareFollows == call) {
      takeFollowed(call, group, passes, weight);
      return;
    }
    if (!passes) {
      return;
    }
    Node[] nodes = each.arguments();
    for (int i = 0; i < nodes.length; i++) {
      nodes[i].evalInto(frame, arguments[i]);
    }
    OrderedBag bag = bags[call];
    if (bag == null) {
      Aggregation.step(group.accumulators[call], arguments, nodes.length, weight);
      return;
    }
    if ((each.countsValues() || each.isExtreme()) && arguments[0].isNull()) {
      return;
    }
    begin(CALLS + call, group);
    appendPlace(each, frame);
    bag.add(entry.toBytes(), bagRow(each, call, frame), weight);
  }

  /**
   * A row for the extreme that bare columns follow. All rows of the group are in its bag, so that there is
   * one to follow where no value is: of equal values the first row, of NULLs the last, and then the first
   * of those that FILTER leaves out, as SQLite meets them.
   */
  private void takeFollowed(int call, Group group, boolean passes, long weight) {
    Aggregation each = shape.calls.get(call);
    Frame frame = context.frame();
    Register value = arguments[0];
    if (passes) {
      each.arguments()[0].evalInto(frame, value);
    } else {
      value.setNull();
    }
    begin(CALLS + call, group);
    entry.addInteger(passes ? value.isNull() ? 1 : 0 : 2);
    boolean greatest = each.kind() == Aggregation.Kind.GREATEST;
    Keys.append(entry, value, each.collation(), greatest, true);
    for (OrderPart part : input.order()) {
      boolean last = passes && value.isNull();
      Keys.append(
          entry,
          frame.slots[part.slot()],
          part.collation(),
          part.descending() != last,
          part.nullsFirst() != last);
    }
    bag(call).add(entry.toBytes(), bagRow(each, call, frame), weight);
  }

  /** Appends where in its bag a row belongs. */
  private void appendPlace(Aggregation each, Frame frame) {
    if (each.isExtreme()) {
      boolean descending = each.kind() == Aggregation.Kind.GREATEST;
      Keys.append(entry, arguments[0], each.collation(), descending, true);
      if (shape.bareFollows >= 0) {
        Keys.append(entry, frame, input.order());
      }
    } else if (each.countsValues()) {
      Keys.append(entry, arguments[0], each.collation());
    } else if (each.distinct()) {
      Keys.append(entry, frame, input.order());
    } else {
      Register r = new Register();
      for (Aggregation.SortPart part : each.order()) {
        part.node().evalInto(frame, r);
        Keys.append(entry, r, part.collation(), part.descending(), part.nullsFirst());
      }
      Keys.append(entry, frame, input.order());
    }
  }

  private byte[] bagRow(Aggregation each, int call, Frame frame) {
    GroupRecords.begin(records);
    for (int i = 0; i < each.arguments().length; i++) {
      GroupRecords.add(records, arguments[i]);
    }
    if (each.kind() == Aggregation.Kind.COLLECTED) {
      for (int i = 0; i < each.arguments().length; i++) {
        records.addInteger(arguments[i].subtype);
      }
      if (each.distinct()) {
        DistinctRows.addOrder(each, frame, records);
      }
    }
    if (shape.bareFollows == call) {
      for (int slot : shape.bareSources) {
        GroupRecords.add(records, frame.slots[slot]);
      }
    }
    return GroupRecords.finish(records);
  }

  private void begin(int kind, Group group) {
    key(entry, kind).addRaw(group.key, PREFIX, group.key.length - PREFIX);
  }

  // ---- groups

  private Group group(OrderedKey rowKey) {
    Group found = groups.find(rowKey.array(), rowKey.length());
    if (found == null) {
      found = new Group(rowKey.toBytes(), shape.calls);
      byte[] state = context.filling() ? null : trace().get(found.key);
      if (state != null) {
        states.load(found, state);
      }
      groups.add(found);
    }
    return found;
  }

  private void flush() {
    Trace trace = trace();
    if (firsts != null) {
      firsts.flush(trace, null);
    }
    for (int i = 0; i < bags.length; i++) {
      OrderedBag bag = bags[i];
      Aggregation each = shape.calls.get(i);
      if (bag != null) {
        bag.flush(trace, each.countsValues() ? distinctListener(i) : null);
      }
    }
  }

  /** A distinct value that appears or disappears is a row for the accumulator. */
  private OrderedBag.Listener distinctListener(int call) {
    return (bagKey, row, appeared) -> {
      int end = PREFIX;
      for (int i = 0; i < shape.keys.length; i++) {
        end = OrderedKey.skip(bagKey, end);
      }
      key(entry, ROWS).addRaw(bagKey, PREFIX, end - PREFIX);
      int count = GroupRecords.read(reader, row, arguments);
      Accumulator accumulator = group(entry).accumulators[call];
      Aggregation.step(accumulator, arguments, count, appeared ? 1 : -1);
    };
  }

  private void finish() {
    Trace trace = trace();
    for (Group each : groups.sorted()) {
      byte[] after = null;
      if (each.count < 0) {
        throw new IllegalStateException("a group lost more rows than it had");
      }
      if (each.count > 0 || shape.keyColumns.isEmpty()) {
        after = output(each);
        trace.put(each.key, states.store(each, after));
      } else {
        trace.remove(each.key);
      }
      if (!Arrays.equals(each.before, after)) {
        record(new Change(each.key, each.before, 1, after, 1));
      }
    }
    groups.clear();
  }

  /** The group's row. */
  private byte[] output(Group group) {
    Frame frame = context.frame();
    if (group.before != null) {
      codec().decode(frame, group.before);
    } else {
      frame.slots[identitySlot()].setInteger(nextIdentity());
    }
    showKey(group, frame);
    for (int i = 0; i < shape.calls.size(); i++) {
      Aggregation each = shape.calls.get(i);
      Register result = frame.slots[each.output()];
      if (each.isExtreme()) {
        extreme(i, group, frame, result);
      } else if (each.kind() == Aggregation.Kind.LINEAR) {
        group.accumulators[i].value(result);
      } else {
        collected(i, group, result);
      }
    }
    return codec().encode(frame);
  }

  private void showKey(Group group, Frame frame) {
    if (firsts != null && group.count > 0) {
      begin(FIRST, group);
      byte[] first = firsts.first(trace(), entry.toBytes());
      assert first != null;
      shown.decode(frame, first);
    } else if (group.before == null && group.shown != null) {
      shown.decode(frame, group.shown);
    }
    if (group.count == 0) {
      for (int slot : shape.bareSlots) {
        frame.slots[slot].setNull();
      }
    }
  }

  private void extreme(int call, Group group, Frame frame, Register result) {
    begin(CALLS + call, group);
    byte[] first = bag(call).first(trace(), entry.toBytes());
    boolean follows = shape.bareFollows == call;
    if (first == null) {
      result.setNull();
      for (int i = 0; follows && i < shape.bareSlots.length; i++) {
        frame.slots[shape.bareSlots[i]].setNull();
      }
      return;
    }
    GroupRecords.read(reader, first, 0, result);
    for (int i = 0; follows && i < shape.bareSlots.length; i++) {
      GroupRecords.read(reader, first, 1 + i, frame.slots[shape.bareSlots[i]]);
    }
  }

  private void collected(int call, Group group, Register result) {
    Aggregation each = shape.calls.get(call);
    Accumulator accumulator = each.accumulators().get();
    DistinctRows distinct = each.distinct() ? new DistinctRows(each, reader) : null;
    begin(CALLS + call, group);
    bag(call)
        .scan(
            trace(),
            entry.toBytes(),
            (bagKey, row, times) -> {
              context.rowsTouched++;
              if (distinct != null) {
                distinct.add(row);
              } else {
                step(each, accumulator, row, times);
              }
              return true;
            });
    if (distinct != null) {
      distinct.inOrder().forEach(row -> step(each, accumulator, row, 1));
    }
    accumulator.value(result);
  }

  private void step(Aggregation each, Accumulator accumulator, byte[] row, long times) {
    int count = each.arguments().length;
    for (long i = 0; i < times; i++) {
      GroupRecords.read(reader, row, arguments);
      for (int a = 0; a < count; a++) {
        arguments[a].subtype = (int) arguments[count + a].bits;
      }
      accumulator.step(arguments, count);
    }
  }

  private OrderedBag bag(int call) {
    OrderedBag bag = bags[call];
    assert bag != null;
    return bag;
  }

  // ---- for readers

  @Override
  byte[] row(byte[] state) {
    return states.outputOf(state);
  }

  @Override
  public boolean readsChangesOnly() {
    return true;
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder();
    for (KeyColumn each : shape.keyColumns) {
      text.append(text.isEmpty() ? "" : ", ").append(each.name());
    }
    String keys = text.toString();
    text.setLength(0);
    text.append(shape.calls.isEmpty() && shape.bareSlots.length == 0 ? "distinct" : "aggregate");
    text.append(keys.isEmpty() ? "" : " by " + keys);
    for (int i = 0; i < shape.calls.size(); i++) {
      Aggregation each = shape.calls.get(i);
      text.append(i == 0 ? ": " : ", ")
          .append(each.text())
          .append(' ')
          .append(
              each.countsValues()
                  ? "(values counted)"
                  : switch (each.kind()) {
                    case LINEAR -> "(linear)";
                    case LEAST, GREATEST ->
                        shape.bareFollows == i ? "(rows in order)" : "(values in order)";
                    case COLLECTED -> "(group's rows stepped anew)";
                  });
    }
    return text + (firsts == null ? "" : "; first rows kept") + secondaryText();
  }
}
