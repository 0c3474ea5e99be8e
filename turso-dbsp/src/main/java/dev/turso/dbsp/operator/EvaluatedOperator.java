package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.Version;
import dev.turso.exec.expression.Frame;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that no table has a part in, as a recursion that counts: evaluated when first asked for. */
public final class EvaluatedOperator extends CircuitOperator {

  private final CircuitContext context;
  private final int[] slots;
  private final Source source;
  private final int numberSlot;
  private final RowCodec codec;
  private @Nullable List<byte[]> evaluated;

  /** Evaluates the rows, the same ones each time. */
  public interface Source {
    void rows(Sink sink);
  }

  /** Takes one row, whose registers are the source's own. */
  @FunctionalInterface
  public interface Sink {
    void row(Register[] values);
  }

  /** @param numberSlot holds the number of the row, its place in the source order */
  public EvaluatedOperator(CircuitContext context, int[] slots, Source source, int numberSlot) {
    this.context = context;
    this.slots = slots;
    this.source = source;
    this.numberSlot = numberSlot;
    this.codec = new RowCodec(slots);
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
    long number = 0;
    for (byte[] each : rows()) {
      context.rowsTouched++;
      codec.decode(frame, each);
      frame.slots[numberSlot].setInteger(number++);
      sink.row(1);
    }
  }

  private List<byte[]> rows() {
    List<byte[]> known = evaluated;
    if (known == null) {
      List<byte[]> all = new ArrayList<>();
      Frame frame = context.frame();
      source.rows(values -> {
        for (int i = 0; i < slots.length; i++) {
          frame.slots[slots[i]].copyFrom(values[i]);
        }
        all.add(codec.encode(frame));
      });
      known = all;
      evaluated = all;
    }
    return known;
  }

  @Override
  public Access access(List<Equality> equalities) {
    return new Access(Access.WHOLE / 10) {
      @Override
      public void rows(Version version, RowSink sink) {
        if (version == Version.NEW || !context.filling()) {
          give(sink);
        }
      }

      @Override
      public String describe() {
        return "rows without a table";
      }
    };
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of();
  }

  @Override
  public String describe() {
    return "rows without a table, evaluated once";
  }
}
