package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.Version;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import java.util.List;

/** Rows that never change: VALUES, and the one row of a query without FROM. */
public final class ConstantOperator extends CircuitOperator {

  private final CircuitContext context;
  private final int[] slots;
  private final List<Node[]> rows;
  private final int numberSlot;

  /** @param numberSlot holds the number of the row, its place in the source order */
  public ConstantOperator(CircuitContext context, int[] slots, List<Node[]> rows, int numberSlot) {
    this.context = context;
    this.slots = slots;
    this.rows = rows;
    this.numberSlot = numberSlot;
  }

  @Override
  public int[] slots() {
    return slots;
  }

  @Override
  public List<OrderPart> order() {
    return List.of(OrderPart.of(numberSlot));
  }

  @Override
  public boolean changed() {
    return context.filling();
  }

  @Override
  public void changes(RowSink sink) {
    if (context.filling()) {
      give(sink);
    }
  }

  private void give(RowSink sink) {
    Frame frame = context.frame();
    for (int n = 0; n < rows.size(); n++) {
      Node[] row = rows.get(n);
      for (int i = 0; i < row.length; i++) {
        row[i].evalInto(frame, frame.slots[slots[i]]);
      }
      frame.slots[numberSlot].setInteger(n);
      sink.row(1);
    }
  }

  @Override
  public Access access(List<Equality> equalities) {
    return new Access(rows.size()) {
      @Override
      public void rows(Version version, RowSink sink) {
        if (version == Version.NEW || !context.filling()) {
          give(sink);
        }
      }

      @Override
      public String describe() {
        return "constant";
      }
    };
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of();
  }

  @Override
  public String describe() {
    return rows.size() == 1 ? "one row" : rows.size() + " constant rows";
  }
}
