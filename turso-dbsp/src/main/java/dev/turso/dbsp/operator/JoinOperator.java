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

/**
 * An inner join of any number of inputs, without state of its own.
 *
 * <p>The change of A ⋈ B ⋈ C is dA ⋈ B ⋈ C + A′ ⋈ dB ⋈ C + A′ ⋈ B′ ⋈ dC, where a prime marks the new
 * version: one {@link JoinPath} for each input.
 */
public final class JoinOperator extends CircuitOperator {

  private final CircuitContext context;
  private final List<CircuitOperator> inputs;
  private final List<Condition> conditions;
  private final List<JoinPath> paths = new ArrayList<>();

  /** The way to the first rows, where it begins shorter than by reading a whole table. */
  private final @Nullable JoinPath first;

  private final int[] slots;
  private final int identitySlot;
  private final List<OrderPart> order = new ArrayList<>();

  public JoinOperator(
      CircuitContext context, List<CircuitOperator> inputs, List<Condition> conditions) {
    this.context = context;
    this.inputs = inputs;
    this.conditions = conditions;
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      for (int slot : inputs.get(i).slots()) {
        all.add(slot);
      }
      order.addAll(inputs.get(i).order());
      JoinPath path = new JoinPath(context, inputs, conditions, i, List.of());
      path.chosen();
      paths.add(path);
    }
    this.first = first();
    this.identitySlot = OneToOne.identity(inputs, conditions);
    this.slots = all.stream().mapToInt(Integer::intValue).toArray();
  }

  private @Nullable JoinPath first() {
    for (CircuitOperator each : inputs) {
      if (!(each instanceof ScanOperator)) {
        // Asking one with state for a way may make it keep another order.
        return null;
      }
    }
    JoinPath way = new JoinPath(context, inputs, conditions, -1, List.of());
    return way.cost() < Access.WHOLE * paths.getLast().cost() ? way : null;
  }

  List<Condition> conditions() {
    return conditions;
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
    return identitySlot;
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public boolean changed() {
    for (CircuitOperator each : inputs) {
      if (each.changed()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void changes(RowSink sink) {
    if (first != null && context.filling() && context.visible() == Visible.ALL) {
      first.complete(Version.NEW, -1, 1, sink);
      return;
    }
    int last = inputs.size() - 1;
    for (int i = 0; i <= last; i++) {
      int start = i;
      JoinPath path = paths.get(i);
      // While filling, the old versions are empty: only the last term is not.
      if (inputs.get(i).changed() && (i == last || !context.filling())) {
        inputs.get(i).changes(weight -> path.complete(null, start, weight, sink));
      }
    }
  }

  @Override
  public Access access(List<Equality> equalities) {
    JoinPath path = new JoinPath(context, inputs, conditions, -1, equalities);
    return new Access(path.cost()) {
      @Override
      public void chosen() {
        path.chosen();
      }

      @Override
      public void rows(Version version, RowSink sink) {
        path.complete(version, -1, 1, sink);
      }

      @Override
      public String describe() {
        return path.describe();
      }
    };
  }

  @Override
  public List<CircuitOperator> inputs() {
    return inputs;
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder("join");
    if (!conditions.isEmpty()) {
      text.append(" on ").append(Condition.describe(conditions));
    }
    for (int i = 0; i < paths.size(); i++) {
      text.append("; change of input ").append(i + 1).append(" seeks ");
      text.append(paths.get(i).describe());
    }
    return text.toString();
  }
}
