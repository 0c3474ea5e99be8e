package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.RowSink;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the outer rows that changes inside a subquery may concern: a join of the subquery's inputs with
 * the outer relation, run from each changed input.
 */
public final class Correlation {

  private final List<CircuitOperator> inputs;
  private final List<JoinPath> paths = new ArrayList<>();

  /**
   * @param inputs relations that the subquery reads, none of them correlated
   * @param conditions what must hold between their rows and an outer row for it to be concerned
   */
  public Correlation(
      CircuitContext context,
      CircuitOperator outer,
      List<CircuitOperator> inputs,
      List<Condition> conditions) {
    this.inputs = inputs;
    List<CircuitOperator> all = new ArrayList<>(inputs);
    all.add(outer);
    for (int i = 0; i < inputs.size(); i++) {
      JoinPath path = new JoinPath(context, all, conditions, i, List.of());
      path.chosen();
      paths.add(path);
    }
  }

  List<CircuitOperator> inputs() {
    return inputs;
  }

  boolean changed() {
    for (CircuitOperator each : inputs) {
      if (each.changed()) {
        return true;
      }
    }
    return false;
  }

  /** Gives old outer rows that are concerned, some of them several times. */
  void concerned(RowSink sink) {
    for (int i = 0; i < inputs.size(); i++) {
      int start = i;
      if (inputs.get(i).changed()) {
        JoinPath path = paths.get(i);
        inputs.get(i).changes(ignored -> path.complete(null, start, 1, sink));
      }
    }
  }

  String describe() {
    StringBuilder text = new StringBuilder();
    for (JoinPath each : paths) {
      text.append(text.isEmpty() ? "" : "; ").append(each.describe());
    }
    return text.toString();
  }
}
