package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.Version;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order in which the inputs of a join are visited, each found by what is known so far.
 *
 * <p>The order is chosen greedily: always the input that is cheapest to reach next. A condition is
 * tested as soon as its columns are known.
 */
final class JoinPath {

  private final CircuitContext context;
  private final List<Step> steps = new ArrayList<>();
  private final List<Condition> first;
  private double cost = 1;

  private record Step(int input, Access access, List<Condition> conditions) {}

  /**
   * @param start the input whose row is in the frame already, or -1
   * @param outside wishes that come from outside the join
   */
  JoinPath(
      CircuitContext context,
      List<CircuitOperator> inputs,
      List<Condition> conditions,
      int start,
      List<Equality> outside) {
    this.context = context;
    BitSet unknown = new BitSet();
    for (int i = 0; i < inputs.size(); i++) {
      if (i != start) {
        addSlots(unknown, inputs.get(i));
      }
    }
    List<Condition> open = new ArrayList<>(conditions);
    this.first = takeKnown(open, unknown);
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (i != start) {
        left.add(i);
      }
    }
    while (!left.isEmpty()) {
      addStep(inputs, left, open, unknown, outside);
    }
  }

  private void addStep(
      List<CircuitOperator> inputs,
      List<Integer> left,
      List<Condition> open,
      BitSet unknown,
      List<Equality> outside) {
    int best = left.getFirst();
    Access access = null;
    for (int each : left) {
      Access way = inputs.get(each).access(wishes(inputs.get(each), open, unknown, outside));
      if (access == null || way.cost() < access.cost()) {
        best = each;
        access = way;
      }
    }
    assert access != null;
    left.remove(Integer.valueOf(best));
    unknown.clear();
    for (int each : left) {
      addSlots(unknown, inputs.get(each));
    }
    steps.add(new Step(best, access, takeKnown(open, unknown)));
    cost *= Math.max(1, access.cost());
  }

  private static List<Equality> wishes(
      CircuitOperator input, List<Condition> open, BitSet unknown, List<Equality> outside) {
    Slots own = Slots.of(input);
    List<Equality> wishes = new ArrayList<>();
    for (Equality each : outside) {
      if (own.has(each.slot())) {
        wishes.add(each);
      }
    }
    for (Condition each : open) {
      for (Condition.Side side : each.sides()) {
        if (own.has(side.equality().slot()) && !side.valueSlots().intersects(unknown)) {
          wishes.add(side.equality());
        }
      }
    }
    return wishes;
  }

  private static void addSlots(BitSet to, CircuitOperator input) {
    for (int slot : input.slots()) {
      to.set(slot);
    }
  }

  private static List<Condition> takeKnown(List<Condition> open, BitSet unknown) {
    List<Condition> known = new ArrayList<>();
    for (int i = open.size() - 1; i >= 0; i--) {
      if (!open.get(i).slots().intersects(unknown)) {
        known.addFirst(open.remove(i));
      }
    }
    return known;
  }

  /** Tells the ways of this path that they will be used. */
  void chosen() {
    for (Step each : steps) {
      each.access.chosen();
    }
  }

  double cost() {
    return cost;
  }

  /**
   * Completes the row of input {@code start} with rows of the others.
   *
   * @param version one version for all, or null: new before {@code start}, old after it
   */
  void complete(@Nullable Version version, int start, long weight, RowSink sink) {
    if (Condition.all(first, context.frame())) {
      extend(0, version, start, weight, sink);
    }
  }

  private void extend(int at, @Nullable Version version, int start, long weight, RowSink sink) {
    if (at == steps.size()) {
      sink.row(weight);
      return;
    }
    Step step = steps.get(at);
    Version wanted = version != null ? version : step.input < start ? Version.NEW : Version.OLD;
    step.access.rows(
        wanted,
        found -> {
          if (Condition.all(step.conditions, context.frame())) {
            extend(at + 1, version, start, weight * found, sink);
          }
        });
  }

  String describe() {
    StringBuilder text = new StringBuilder();
    for (Step each : steps) {
      text.append(text.isEmpty() ? "" : ", then ").append(each.access.describe());
    }
    return text.toString();
  }
}
