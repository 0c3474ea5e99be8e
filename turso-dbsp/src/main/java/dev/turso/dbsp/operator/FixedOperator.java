package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.Version;
import dev.turso.exec.expression.Frame;
import java.util.List;

/** Rows that no table has a part in: they come when the circuit is filled, and stay. */
abstract sealed class FixedOperator extends CircuitOperator
    permits ConstantOperator, EvaluatedOperator {

  final CircuitContext context;
  final int[] slots;
  private final int numberSlot;

  /** @param numberSlot holds the number of the row, its place in the source order */
  FixedOperator(CircuitContext context, int[] slots, int numberSlot) {
    this.context = context;
    this.slots = slots;
    this.numberSlot = numberSlot;
  }

  /** How many rows there are, or are taken to be before they are known. */
  abstract double rows();

  /** Fills the slots of each row in turn; {@link #next} passes it on. */
  abstract void give(RowSink sink);

  /** Passes on the row in the slots, which has this number. */
  final void next(Frame frame, long number, RowSink sink) {
    frame.slots[numberSlot].setInteger(number);
    sink.row(1);
  }

  @Override
  public final int[] slots() {
    return slots;
  }

  @Override
  public final List<OrderPart> order() {
    return List.of(OrderPart.of(numberSlot));
  }

  @Override
  public final boolean changed() {
    return context.filling();
  }

  @Override
  public final void changes(RowSink sink) {
    if (context.filling()) {
      give(sink);
    }
  }

  @Override
  public final Access access(List<Equality> equalities) {
    return new Access(rows()) {
      @Override
      public void rows(Version version, RowSink sink) {
        if (version == Version.NEW || !context.filling()) {
          give(sink);
        }
      }

      @Override
      public String describe() {
        return FixedOperator.this.describe();
      }
    };
  }

  @Override
  public final List<CircuitOperator> inputs() {
    return List.of();
  }
}
