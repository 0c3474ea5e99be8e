package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.Version;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Each row of the input with the value of a subquery for it.
 *
 * <p>Keeps nothing. A changed row of the input gets the new value. Changes inside the subquery lead to
 * the rows they may concern ({@link Correlation}); for each of these the value is computed before and
 * after, and a row whose value differs is exchanged.
 */
public final class SubqueryOperator extends CircuitOperator {

  private final CircuitContext context;
  private final CircuitOperator input;
  private final CircuitOperator plan;
  private final List<CircuitOperator> others;
  private final SubqueryValue value;
  private final int valueSlot;
  private final boolean correlated;
  private final List<Correlation> correlations;
  private final RowCodec codec;
  private final int[] slots;
  private final Access allInput;

  /**
   * @param plan the subquery, and {@code others} what else is kept for its value
   * @param correlated whether its value depends on the row
   */
  public SubqueryOperator(
      CircuitContext context,
      CircuitOperator input,
      CircuitOperator plan,
      List<CircuitOperator> others,
      SubqueryValue value,
      int valueSlot,
      boolean correlated,
      List<Correlation> correlations) {
    this.context = context;
    this.input = input;
    this.plan = plan;
    this.others = others;
    this.value = value;
    this.valueSlot = valueSlot;
    this.correlated = correlated;
    this.correlations = correlations;
    this.codec = RowCodec.of(input);
    this.slots = Arrays.copyOf(input.slots(), input.slots().length + 1);
    this.slots[slots.length - 1] = valueSlot;
    this.allInput = input.access(List.of());
    allInput.chosen();
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
  public int identitySlot() {
    return input.identitySlot();
  }

  @Override
  public boolean changed() {
    return input.changed() || insideChanged();
  }

  private boolean insideChanged() {
    if (plan.changed()) {
      return true;
    }
    for (Correlation each : correlations) {
      if (each.changed()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void changes(RowSink sink) {
    if (input.changed()) {
      input.changes(evaluating(Version.NEW, sink));
    }
    if (context.filling() || !insideChanged()) {
      return;
    }
    if (!correlated) {
      exchangeAll(sink);
      return;
    }
    boolean all = value instanceof InValue in && in.turnedForAll();
    for (ByteBuffer each : concerned(all)) {
      codec.decode(context.frame(), each.array());
      exchange(sink);
    }
  }

  private RowSink evaluating(Version version, RowSink sink) {
    return weight -> {
      value.evaluate(version, context.frame().slots[valueSlot]);
      sink.row(weight);
    };
  }

  /** The value is the same for all rows: nothing to do unless it has changed. */
  private void exchangeAll(RowSink sink) {
    Register before = new Register();
    Register after = new Register();
    value.evaluate(Version.OLD, before);
    value.evaluate(Version.NEW, after);
    if (same(before, after)) {
      return;
    }
    allInput.rows(
        Version.OLD,
        weight -> {
          Register shown = context.frame().slots[valueSlot];
          shown.copyFrom(before);
          sink.row(-weight);
          shown.copyFrom(after);
          sink.row(weight);
        });
  }

  private static boolean same(Register a, Register b) {
    return a.tag == b.tag && Comparison.same(a, b, Collation.BINARY);
  }

  private void exchange(RowSink sink) {
    Register shown = context.frame().slots[valueSlot];
    Register before = new Register();
    Register after = new Register();
    value.evaluate(Version.OLD, before);
    value.evaluate(Version.NEW, after);
    if (!same(before, after)) {
      shown.copyFrom(before);
      sink.row(-1);
      shown.copyFrom(after);
      sink.row(1);
    }
  }

  /** Old rows of the input, each once: with its source order a row is unique (X5). */
  private Set<ByteBuffer> concerned(boolean all) {
    Set<ByteBuffer> rows = new LinkedHashSet<>();
    RowSink take = weight -> rows.add(ByteBuffer.wrap(codec.encode(context.frame())));
    if (all) {
      allInput.rows(Version.OLD, take);
      return rows;
    }
    for (Correlation each : correlations) {
      each.concerned(take);
    }
    return rows;
  }

  @Override
  public Access access(List<Equality> equalities) {
    Slots own = Slots.of(input);
    Access below = input.access(equalities.stream().filter(each -> own.has(each.slot())).toList());
    return Access.over(
        below,
        below.cost() * 2,
        "",
        (version, sink) -> below.rows(version, evaluating(version, sink)));
  }

  @Override
  public List<CircuitOperator> inputs() {
    List<CircuitOperator> all = new ArrayList<>();
    all.add(input);
    all.add(plan);
    all.addAll(others);
    for (Correlation correlation : correlations) {
      for (CircuitOperator each : correlation.inputs()) {
        if (!isBelow(plan, each)) {
          all.add(each);
        }
      }
    }
    return all;
  }

  private static boolean isBelow(CircuitOperator top, CircuitOperator wanted) {
    if (top == wanted) {
      return true;
    }
    for (CircuitOperator each : top.inputs()) {
      if (isBelow(each, wanted)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder("subquery, ").append(value.describe());
    for (Correlation each : correlations) {
      text.append("; changes inside seek ").append(each.describe());
    }
    return text.toString();
  }
}
