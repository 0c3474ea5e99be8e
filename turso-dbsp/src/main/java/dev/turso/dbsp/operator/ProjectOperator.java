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

/** Each row with values computed from it; a column that is only renamed shares its slot. */
public final class ProjectOperator extends CircuitOperator {

  private final CircuitContext context;
  private final CircuitOperator input;
  private final int[] slots;
  private final Node[] computed;
  private final int[] targets;
  private final List<OrderPart> order;
  private final String text;

  /**
   * @param slots the output
   * @param computed the expressions, and {@code targets} the slots they fill
   */
  public ProjectOperator(
      CircuitContext context,
      CircuitOperator input,
      int[] slots,
      Node[] computed,
      int[] targets,
      List<OrderPart> order,
      String text) {
    this.context = context;
    this.input = input;
    this.slots = slots;
    this.computed = computed;
    this.targets = targets;
    this.order = order;
    this.text = text;
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
    if (computed.length == 0) {
      return sink;
    }
    return weight -> {
      Frame frame = context.frame();
      for (int i = 0; i < computed.length; i++) {
        computed[i].evalInto(frame, frame.slots[targets[i]]);
        frame.slots[targets[i]].keep();
      }
      sink.row(weight);
    };
  }

  @Override
  public Access access(List<Equality> equalities) {
    Slots below = Slots.of(input);
    Access found = input.access(equalities.stream().filter(e -> below.has(e.slot())).toList());
    return Access.over(
        found, found.cost(), "", (version, sink) -> found.rows(version, computing(sink)));
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
    return text;
  }
}
