package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import java.util.List;

/** Rows that never change: VALUES, and the one row of a query without FROM. */
public final class ConstantOperator extends FixedOperator {

  private final List<Node[]> rows;

  /** @param numberSlot holds the number of the row, its place in the source order */
  public ConstantOperator(CircuitContext context, int[] slots, List<Node[]> rows, int numberSlot) {
    super(context, slots, numberSlot);
    this.rows = rows;
  }

  @Override
  double rows() {
    return rows.size();
  }

  @Override
  void give(RowSink sink) {
    Frame frame = context.frame();
    for (int n = 0; n < rows.size(); n++) {
      Node[] row = rows.get(n);
      for (int i = 0; i < row.length; i++) {
        row[i].evalInto(frame, frame.slots[slots[i]]);
      }
      next(frame, n, sink);
    }
  }

  @Override
  public String describe() {
    return rows.size() == 1 ? "one row" : rows.size() + " constant rows";
  }
}
