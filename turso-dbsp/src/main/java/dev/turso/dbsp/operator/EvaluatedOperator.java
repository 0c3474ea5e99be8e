package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.exec.expression.Frame;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a query without a table, as a recursion that counts: evaluated when first asked for. */
public final class EvaluatedOperator extends FixedOperator {

  private final Source source;
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
    super(context, slots, numberSlot);
    this.source = source;
    this.codec = new RowCodec(slots);
  }

  @Override
  double rows() {
    return Access.WHOLE / 10;
  }

  @Override
  void give(RowSink sink) {
    Frame frame = context.frame();
    long number = 0;
    for (byte[] each : evaluated()) {
      context.rowsTouched++;
      codec.decode(frame, each);
      next(frame, number++, sink);
    }
  }

  private List<byte[]> evaluated() {
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
  public String describe() {
    return "rows without a table, evaluated once";
  }
}
