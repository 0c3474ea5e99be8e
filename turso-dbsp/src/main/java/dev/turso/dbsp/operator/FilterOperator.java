package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.Version;
import dev.turso.dbsp.circuit.Visible;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows for which all conditions are true. */
public final class FilterOperator extends CircuitOperator {

  private final CircuitContext context;
  private final CircuitOperator input;
  private final List<Condition> conditions;

  /** The way to the first rows, where the table has one that is shorter than reading all of it. */
  private final @Nullable Access first;

  public FilterOperator(CircuitContext context, CircuitOperator input, List<Condition> conditions) {
    this.context = context;
    this.input = input;
    this.conditions = conditions;
    Access way = input instanceof ScanOperator ? input.access(wanted(List.of())) : null;
    this.first = way == null || way.cost() >= Access.WHOLE ? null : way;
  }

  List<Condition> conditions() {
    return conditions;
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
  public int identitySlot() {
    return input.identitySlot();
  }

  @Override
  public boolean changed() {
    return input.changed();
  }

  @Override
  public void changes(RowSink sink) {
    if (first != null && context.filling() && context.visible() == Visible.ALL) {
      first.rows(Version.NEW, passing(sink));
    } else {
      input.changes(passing(sink));
    }
  }

  private RowSink passing(RowSink sink) {
    return weight -> {
      if (Condition.all(conditions, context.frame())) {
        sink.row(weight);
      }
    };
  }

  @Override
  public Access access(List<Equality> equalities) {
    Access below = input.access(wanted(equalities));
    return Access.over(
        below,
        below.cost() / (conditions.size() + 1),
        "",
        (version, sink) -> below.rows(version, passing(sink)));
  }

  /** What the conditions wish for, and somebody else. */
  private List<Equality> wanted(List<Equality> others) {
    List<Equality> wanted = new ArrayList<>(others);
    Slots own = Slots.of(input);
    for (Condition each : conditions) {
      Equality equality = each.equalityOn(own);
      if (equality != null) {
        wanted.add(equality);
      }
    }
    return wanted;
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
    return "filter " + Condition.describe(conditions);
  }
}
