package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table that satisfy a condition, many at a time. */
final class FilteredRows {

  private final Frame frame;
  private final TableRows rows;
  private final @Nullable Node filter;
  private final Node[] conjuncts;

  FilteredRows(Frame frame, TableRows rows, @Nullable Node filter) {
    this.frame = frame;
    this.rows = rows;
    this.filter = filter;
    List<Node> parts = new ArrayList<>();
    if (filter != null) {
      filter.conjuncts(parts);
    }
    this.conjuncts = parts.toArray(new Node[0]);
  }

  /** As {@link Operator#nextRows}. */
  int nextRows() {
    while (rows.nextRows()) {
      RowVector v = rows.vector();
      if (v == null) {
        if (filter == null || filter.truth(frame) == 1) {
          return 1;
        }
        continue;
      }
      for (Node each : conjuncts) {
        v.filter(frame, each);
      }
      if (v.count() > 0) {
        return v.count();
      }
    }
    return 0;
  }

  @Nullable RowVector vector() {
    return rows.vector();
  }

  void show(int i) {
    RowVector v = rows.vector();
    if (v != null) {
      v.show(i);
    }
  }
}
