package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * LIMIT and OFFSET, over the order of the input.
 *
 * <p>All rows of the input are kept in their order; a step compares the window before and after. It reads
 * as many entries as the window's end lies deep, never the input.
 */
public final class TopOperator extends StatefulOperator {

  private static final int BAG = 1;

  private final CircuitOperator input;
  private final long limit;
  private final long offset;
  private final RowCodec inputCodec;
  private final OrderedBag bag = new OrderedBag(true);
  private final OrderedKey key = new OrderedKey();
  private final List<KeyColumn> columns;

  /** @param limit the most rows to give, negative for all */
  public TopOperator(
      CircuitContext context,
      int number,
      CircuitOperator input,
      long limit,
      long offset,
      List<KeyColumn> columns) {
    super(context, number, List.of(), -1);
    this.input = input;
    this.limit = limit < 0 ? Long.MAX_VALUE : limit;
    this.offset = Math.max(offset, 0);
    this.inputCodec = RowCodec.of(input);
    this.columns = columns;
  }

  @Override
  public int[] slots() {
    return input.slots();
  }

  @Override
  public List<OrderPart> order() {
    return input.order();
  }

  @Override
  List<KeyColumn> seekable() {
    return columns;
  }

  @Override
  void update() {
    if (!input.changed()) {
      return;
    }
    Map<ByteBuffer, Row> before = context.filling() ? Map.of() : window();
    input.changes(weight -> {
      context.rowsTouched++;
      key(key, BAG);
      Keys.append(key, context.frame(), input.order());
      bag.add(key.toBytes(), inputCodec.encode(context.frame()), weight);
    });
    bag.flush(trace(), null);
    Map<ByteBuffer, Row> after = window();
    for (Map.Entry<ByteBuffer, Row> each : before.entrySet()) {
      Row now = after.remove(each.getKey());
      Row was = each.getValue();
      if (now == null) {
        record(new Change(each.getKey().array(), was.record, was.times, null, 0));
      } else if (now.times != was.times) {
        record(new Change(each.getKey().array(), was.record, was.times, now.record, now.times));
      }
    }
    for (Map.Entry<ByteBuffer, Row> each : after.entrySet()) {
      Row now = each.getValue();
      record(new Change(each.getKey().array(), null, 0, now.record, now.times));
    }
  }

  private record Row(byte[] record, long times) {}

  private Map<ByteBuffer, Row> window() {
    Map<ByteBuffer, Row> rows = new LinkedHashMap<>();
    walk((rowKey, record, times) -> {
      rows.put(ByteBuffer.wrap(rowKey), new Row(record, times));
      return true;
    });
    return rows;
  }

  private void walk(RowVisitor visitor) {
    long[] passed = {0};
    long end = limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + limit;
    if (limit == 0) {
      return;
    }
    byte[] prefix = key(new OrderedKey(), BAG).toBytes();
    bag.scan(
        trace(),
        prefix,
        (rowKey, record, count) -> {
          context.rowsTouched++;
          long from = Math.max(passed[0], offset);
          passed[0] += count;
          long times = Math.min(passed[0], end) - from;
          if (times > 0 && !visitor.visit(rowKey, record, times)) {
            return false;
          }
          return passed[0] < end;
        });
  }

  @Override
  void currentRows(byte[] prefix, RowVisitor visitor) {
    walk(visitor);
  }

  @Override
  void currentRow(byte[] rowKey, RowVisitor visitor) {
    walk((each, record, times) ->
        !Arrays.equals(each, rowKey) || visitor.visit(each, record, times));
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    return "top "
        + (limit == Long.MAX_VALUE ? "all" : String.valueOf(limit))
        + (offset == 0 ? "" : " after " + offset)
        + " (rows kept in order)"
        + secondaryText();
  }
}
