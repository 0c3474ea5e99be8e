package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Window functions: the rows of a partition whose results may have changed are evaluated anew.
 *
 * <p>The rows of each partition are kept in the window's order, and among peers in source order, with
 * their results. A partition with summed values that are no integers has the number of such rows beside
 * it: what queries sum of them rests on the rows that were in a frame before.
 *
 * <pre>
 *   ROWS, partition, order, source order   →  the input's columns and the results
 *   INEXACT, partition                     →  rows with such values (8)
 * </pre>
 */
public final class PartitionOperator extends StatefulOperator {

  private static final int INEXACT = 1;

  /** Integers from here on might overflow in sums. */
  private static final long LARGE = 1L << 40;

  private final CircuitOperator input;
  private final Shape shape;
  private final int[] slots;
  private final List<KeyColumn> seekable;
  private final WindowResults results;
  private final RowCodec inputCodec;
  private final OrderedKey key = new OrderedKey();
  private final Register value = new Register();

  /** A part of the partition's key, or of the order within it. */
  public record Key(Node node, Collation collation, boolean descending, boolean nullsFirst) {}

  /**
   * What a window is.
   *
   * @param order of the rows of a partition
   * @param summed what functions sum
   */
  public record Shape(
      List<Key> partition, List<Key> order, Node[] summed, WindowReach reach, String text) {}

  /** Evaluates the window over rows of one partition. */
  public interface Evaluation {

    /** @param rows in their order: the input's columns, and the row's number */
    void evaluate(List<Register[]> rows, Results results);
  }

  /** Takes the values of the window functions of one row, by the row's number. */
  public interface Results {
    void result(int row, Register[] values);
  }

  /** @param slots the input's columns and the results */
  public PartitionOperator(
      CircuitContext context,
      int number,
      CircuitOperator input,
      Shape shape,
      int[] slots,
      List<KeyColumn> seekable,
      Evaluation evaluation) {
    super(context, number, List.of(), input.identitySlot());
    this.input = input;
    this.shape = shape;
    this.slots = slots;
    this.seekable = seekable;
    this.inputCodec = RowCodec.of(input);
    this.results = new WindowResults(this, evaluation, inputCodec, input.slots().length);
  }

  @Override
  public int[] slots() {
    return slots;
  }

  @Override
  public List<OrderPart> order() {
    return input.order();
  }

  @Override
  List<KeyColumn> seekable() {
    return seekable;
  }

  @Override
  void update() {
    if (!input.changed()) {
      return;
    }
    Map<ByteBuffer, ChangedPartition> partitions = new LinkedHashMap<>();
    input.changes(weight -> take(partitions, weight));
    for (ChangedPartition each : partitions.values()) {
      boolean exact = isExact(each);
      if (!each.settle().isEmpty()) {
        new WindowStep(this, results, each).run(exact ? shape.reach : new WindowReach.Whole());
      }
    }
  }

  private void take(Map<ByteBuffer, ChangedPartition> partitions, long weight) {
    context.rowsTouched++;
    Frame frame = context.frame();
    key(key, ROWS);
    append(frame, shape.partition);
    byte[] prefix = key.toBytes();
    ChangedPartition partition =
        partitions.computeIfAbsent(ByteBuffer.wrap(prefix), each -> new ChangedPartition(prefix));
    append(frame, shape.order);
    Keys.append(key, frame, input.order());
    partition.add(key.toBytes(), inputCodec.encode(frame), weight);
    for (Node each : shape.summed) {
      each.evalInto(frame, value);
      boolean exact = value.tag == Tag.INTEGER && value.bits > -LARGE && value.bits < LARGE;
      partition.inexact += exact || value.tag == Tag.NULL ? 0 : weight;
    }
  }

  private void append(Frame frame, List<Key> keys) {
    for (Key each : keys) {
      each.node.evalInto(frame, value);
      Keys.append(key, value, each.collation, each.descending, each.nullsFirst);
    }
  }

  /** Keeps count of values that sums are not exact with, and says whether there are none. */
  private boolean isExact(ChangedPartition partition) {
    if (shape.summed.length == 0) {
      return true;
    }
    key(key, INEXACT).addRaw(partition.prefix, PREFIX, partition.prefix.length - PREFIX);
    byte[] at = key.toBytes();
    byte[] stored = trace().get(at);
    long before = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    long after = before + partition.inexact;
    if (after == 0 && before != 0) {
      trace().remove(at);
    } else if (after != before) {
      trace().put(at, ByteBuffer.allocate(8).putLong(after).array());
    }
    return before == 0 && after == 0;
  }

  /** What the keys of a row's peers begin with. */
  byte[] peers(ChangedPartition partition, byte @Nullable [] stored, byte @Nullable [] fresh) {
    Frame frame = context.frame();
    results.decode(frame, stored, fresh);
    key.reset().addRaw(partition.prefix, 0, partition.prefix.length);
    append(frame, shape.order);
    return key.toBytes();
  }

  /** Writes a row's image after the step where it differs. */
  void write(byte[] rowKey, byte @Nullable [] before, byte[] after) {
    trace().put(rowKey, after);
    record(new Change(rowKey, before, 1, after, 1));
  }

  /** Takes out a row that is gone. */
  void erase(byte[] rowKey) {
    byte[] before = trace().get(rowKey);
    if (before != null) {
      trace().remove(rowKey);
      record(new Change(rowKey, before, 1, null, 0));
    }
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    List<String> parts = new ArrayList<>(List.of(shape.text, shape.reach.describe()));
    if (shape.summed.length > 0 && !recomputes()) {
      parts.add("with sums of other numbers than integers the whole partition");
    }
    return parts.removeFirst() + " (" + String.join("; ", parts) + ")" + secondaryText();
  }

  @Override
  public boolean recomputes() {
    return shape.reach instanceof WindowReach.Whole;
  }
}
