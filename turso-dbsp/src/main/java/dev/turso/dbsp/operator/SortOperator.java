package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import java.util.List;

/** The input under another order: computes what the order needs and keeps nothing. */
public final class SortOperator extends CircuitOperator {

  private final CircuitContext context;
  private final CircuitOperator input;
  private final Node[] keys;
  private final int[] keySlots;
  private final List<OrderPart> order;
  private final String text;

  /** @param order the parts on {@code keySlots}, then the input's order */
  public SortOperator(
      CircuitContext context,
      CircuitOperator input,
      Node[] keys,
      int[] keySlots,
      List<OrderPart> order,
      String text) {
    this.context = context;
    this.input = input;
    this.keys = keys;
    this.keySlots = keySlots;
    this.order = order;
    this.text = text;
  }

  @Override
  public int[] slots() {
    return input.slots();
  }

  @Override
  public List<OrderPart> order() {
    return order;
  }

  @Override
  public int identitySlot() {
    return input.identitySlot();
  }

  @Override
  public boolean changed() {
    return input.changed();
  }

  @Override
  public void changes(RowSink sink) {
    input.changes(computing(sink));
  }

  private RowSink computing(RowSink sink) {
    return weight -> {
      Frame frame = context.frame();
      for (int i = 0; i < keys.length; i++) {
        keys[i].evalInto(frame, frame.slots[keySlots[i]]);
      }
      sink.row(weight);
    };
  }

  @Override
  public Access access(List<Equality> equalities) {
    Access below = input.access(equalities);
    return Access.over(
        below, below.cost(), "", (version, sink) -> below.rows(version, computing(sink)));
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    return "order by " + text;
  }
}
