package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The right side of an IN that a seek goes through: its values once each, in order, without NULL. */
final class ValueList {

  private final Node @Nullable [] nodes;
  private final @Nullable Operator query;
  private final @Nullable Node column;
  private final List<Register> values = new ArrayList<>();
  private Register[] sorted = {};

  /** The values of a written list. */
  ValueList(Node[] nodes) {
    this.nodes = nodes;
    this.query = null;
    this.column = null;
  }

  /** The values of a subquery's column. */
  ValueList(Operator query, Node column) {
    this.nodes = null;
    this.query = query;
    this.column = column;
  }

  int size() {
    return sorted.length;
  }

  Register get(int i) {
    return sorted[i];
  }

  void fill(Frame frame, Affinity affinity, Collation collation) {
    values.clear();
    if (nodes != null) {
      for (Node node : nodes) {
        add(frame, node, affinity);
      }
    }
    if (query != null && column != null) {
      query.open();
      while (query.next()) {
        add(frame, column, affinity);
      }
      query.close();
    }
    sort(collation);
  }

  private void add(Frame frame, Node node, Affinity affinity) {
    Register value = new Register();
    node.evalInto(frame, value);
    if (!value.isNull()) {
      affinity.apply(value);
      value.keep();
      values.add(value);
    }
  }

  private void sort(Collation collation) {
    sorted = values.toArray(new Register[0]);
    if (sorted.length < 2) {
      return;
    }
    Arrays.sort(sorted, new ValueOrder(collation));
    int n = 1;
    for (int i = 1; i < sorted.length; i++) {
      if (!Comparison.same(sorted[n - 1], sorted[i], collation)) {
        sorted[n++] = sorted[i];
      }
    }
    sorted = Arrays.copyOf(sorted, n);
  }
}
