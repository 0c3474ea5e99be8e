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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Window functions: a partition that changed is evaluated anew, and the difference comes out.
 *
 * <p>The rows of each partition are kept in source order with their results, under one key:
 *
 * <pre>
 *   ROWS, partition, source order   →  the input's columns and the results
 * </pre>
 */
public final class PartitionOperator extends StatefulOperator {

  private final CircuitOperator input;
  private final List<Key> keys;
  private final int[] slots;
  private final List<OrderPart> order;
  private final List<KeyColumn> seekable;
  private final Evaluation evaluation;
  private final String text;
  private final RowCodec inputCodec;
  private final OrderedKey key = new OrderedKey();
  private final Register value = new Register();

  /** A part of the partition's key. */
  public record Key(Node node, Collation collation) {}

  /** Evaluates the window over the rows of one partition. */
  public interface Evaluation {

    /** @param rows in source order: the input's columns, and the row's number */
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
      List<Key> keys,
      int[] slots,
      List<OrderPart> order,
      List<KeyColumn> seekable,
      Evaluation evaluation,
      String text) {
    super(context, number, List.of(), input.identitySlot());
    this.input = input;
    this.keys = keys;
    this.slots = slots;
    this.order = order;
    this.seekable = seekable;
    this.evaluation = evaluation;
    this.text = text;
    this.inputCodec = RowCodec.of(input);
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
    return seekable;
  }

  /** What a step does to one partition. */
  private static final class Partition {

    /** Net weights of the images of a row: in the middle of a step there may be several. */
    private final Map<byte[], Map<ByteBuffer, Long>> images =
        new TreeMap<>(Arrays::compareUnsigned);

    /** The rows that are new or different, and null for those that are gone. */
    final Map<byte[], byte @Nullable []> changed = new TreeMap<>(Arrays::compareUnsigned);

    void add(byte[] rowKey, byte[] record, long weight) {
      images
          .computeIfAbsent(rowKey, key -> new HashMap<>())
          .merge(ByteBuffer.wrap(record), weight, Long::sum);
    }

    void settle() {
      images.forEach((rowKey, weights) ->
          weights.forEach((record, weight) -> {
            if (weight > 0) {
              changed.put(rowKey, record.array());
            } else if (weight < 0) {
              changed.putIfAbsent(rowKey, null);
            }
          }));
    }
  }

  @Override
  void update() {
    if (!input.changed()) {
      return;
    }
    Map<ByteBuffer, Partition> partitions = new LinkedHashMap<>();
    input.changes(weight -> take(partitions, weight));
    for (Map.Entry<ByteBuffer, Partition> each : partitions.entrySet()) {
      evaluate(each.getKey().array(), each.getValue());
    }
  }

  private void take(Map<ByteBuffer, Partition> partitions, long weight) {
    context.rowsTouched++;
    Frame frame = context.frame();
    key(key, ROWS);
    for (Key each : keys) {
      each.node.evalInto(frame, value);
      Keys.append(key, value, each.collation);
    }
    Partition partition =
        partitions.computeIfAbsent(ByteBuffer.wrap(key.toBytes()), prefix -> new Partition());
    Keys.append(key, frame, input.order());
    partition.add(key.toBytes(), inputCodec.encode(frame), weight);
  }

  private void evaluate(byte[] prefix, Partition partition) {
    partition.settle();
    if (partition.changed.isEmpty()) {
      return;
    }
    Map<byte[], byte[]> before = new TreeMap<>(Arrays::compareUnsigned);
    currentRows(
        prefix,
        (rowKey, record, times) -> {
          before.put(rowKey, record);
          return true;
        });
    Map<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
    rows.putAll(before);
    partition.changed.forEach((rowKey, record) -> {
      if (record == null) {
        rows.remove(rowKey);
      } else {
        rows.put(rowKey, record);
      }
    });
    List<byte[]> rowKeys = new ArrayList<>(rows.keySet());
    List<byte[]> after = results(rows, partition);
    for (int i = 0; i < rowKeys.size(); i++) {
      byte[] old = before.remove(rowKeys.get(i));
      if (!Arrays.equals(old, after.get(i))) {
        trace().put(rowKeys.get(i), after.get(i));
        record(new Change(rowKeys.get(i), old, 1, after.get(i), 1));
      }
    }
    before.forEach((rowKey, old) -> {
      trace().remove(rowKey);
      record(new Change(rowKey, old, 1, null, 0));
    });
  }

  /** The rows with the results of the window, in the order of their keys. */
  private List<byte[]> results(Map<byte[], byte[]> rows, Partition partition) {
    Frame frame = context.frame();
    List<Register[]> given = new ArrayList<>(rows.size());
    List<byte[]> records = new ArrayList<>(rows.size());
    int inputs = input.slots().length;
    rows.forEach((rowKey, record) -> {
      context.rowsTouched++;
      boolean fresh = partition.changed.get(rowKey) != null;
      (fresh ? inputCodec : codec()).decode(frame, record);
      Register[] row = new Register[inputs + 1];
      for (int i = 0; i < inputs; i++) {
        row[i] = new Register();
        row[i].copyFrom(frame.slots[slots[i]]);
      }
      row[inputs] = new Register();
      row[inputs].setInteger(records.size());
      given.add(row);
      records.add(inputCodec.encode(frame));
    });
    List<byte[]> after = new ArrayList<>(records);
    evaluation.evaluate(
        given,
        (row, values) -> {
          inputCodec.decode(frame, records.get(row));
          for (int i = 0; i < values.length; i++) {
            frame.slots[slots[inputs + i]].copyFrom(values[i]);
          }
          after.set(row, codec().encode(frame));
        });
    return after;
  }

  @Override
  void currentRows(byte[] prefix, RowVisitor visitor) {
    trace().scan(prefix, (rowKey, record) -> visitor.visit(rowKey, record, 1));
  }

  @Override
  void currentRow(byte[] rowKey, RowVisitor visitor) {
    byte[] record = trace().get(rowKey);
    if (record != null) {
      visitor.visit(rowKey, record, 1);
    }
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    return text + " (recompute: each changed partition)" + secondaryText();
  }

  @Override
  public boolean recomputes() {
    return true;
  }
}
