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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** LIMIT and OFFSET of a correlated subquery, computed when an outer row asks. */
public final class DependentTop extends CircuitOperator {

  private final CircuitContext context;
  private final CircuitOperator input;
  private final long limit;
  private final long offset;
  private final RowCodec codec;

  private record Row(byte[] place, byte[] record, long times) {}

  public DependentTop(CircuitContext context, CircuitOperator input, long limit, long offset) {
    this.context = context;
    this.input = input;
    this.limit = limit < 0 ? Long.MAX_VALUE : limit;
    this.offset = Math.max(0, offset);
    this.codec = RowCodec.of(input);
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
  public boolean changed() {
    return input.changed();
  }

  @Override
  public void changes(RowSink sink) {
    throw new IllegalStateException("a correlated LIMIT has no changes of its own");
  }

  @Override
  public Access access(List<Equality> equalities) {
    Access rows = input.access(List.of());
    return Access.over(
        rows, rows.cost(), "first of ", (version, sink) -> compute(rows, version, sink));
  }

  private void compute(Access rows, Version version, RowSink sink) {
    List<Row> all = new ArrayList<>();
    OrderedKey key = new OrderedKey();
    rows.rows(
        version,
        weight -> {
          key.reset();
          Keys.append(key, context.frame(), input.order());
          all.add(new Row(key.toBytes(), codec.encode(context.frame()), weight));
        });
    all.sort((a, b) -> Arrays.compareUnsigned(a.place, b.place));
    long passed = 0;
    long end = limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + limit;
    for (Row each : all) {
      long from = Math.max(passed, offset);
      passed += each.times;
      long times = Math.min(passed, end) - from;
      if (times > 0) {
        codec.decode(context.frame(), each.record);
        sink.row(times);
      }
    }
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    return "limit, for each outer row that asks";
  }
}
