package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.exec.expression.Frame;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives rows of a partition their results, by the engine's own evaluation of the window. */
final class WindowResults {

  private final PartitionOperator operator;
  private final PartitionOperator.Evaluation evaluation;
  private final RowCodec inputCodec;
  private final int inputs;

  /** Results that the rows of a segment go on from. */
  static final class Carried {
    final List<CarriedResult> how;

    /** Of the row before the segment; null before the first row. */
    Register @Nullable [] results;

    long peers;

    Carried(List<CarriedResult> how) {
      this.how = how;
    }

    boolean needsPeers() {
      for (CarriedResult each : how) {
        if (each.kind() == CarriedResult.Kind.RANK) {
          return true;
        }
      }
      return false;
    }

    void into(Register[] values) {
      Register[] earlier = results;
      for (int i = 0; earlier != null && i < values.length; i++) {
        how.get(i).carry(earlier[i], peers, values[i]);
      }
    }
  }

  /** @param inputs how many columns the input has */
  WindowResults(
      PartitionOperator operator,
      PartitionOperator.Evaluation evaluation,
      RowCodec inputCodec,
      int inputs) {
    this.operator = operator;
    this.evaluation = evaluation;
    this.inputCodec = inputCodec;
    this.inputs = inputs;
  }

  /** Fills the slots of a row. */
  void decode(Frame frame, byte @Nullable [] stored, byte @Nullable [] fresh) {
    if (fresh != null) {
      inputCodec.decode(frame, fresh);
    } else if (stored != null) {
      operator.codec().decode(frame, stored);
    }
  }

  /** The results of a stored row. */
  Register[] of(byte[] stored) {
    Frame frame = operator.context.frame();
    operator.codec().decode(frame, stored);
    int[] slots = operator.slots();
    Register[] values = new Register[slots.length - inputs];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Register();
      values[i].copyFrom(frame.slots[slots[inputs + i]]);
    }
    return values;
  }

  /** A row without results, and with a place as its only one. */
  byte[] placed(byte[] fresh, long place) {
    Frame frame = operator.context.frame();
    inputCodec.decode(frame, fresh);
    frame.slots[operator.slots()[inputs]].setInteger(place);
    return operator.codec().encode(frame);
  }

  /**
   * The rows of a segment with their results.
   *
   * @param carried what they go on from, or null if the segment is all that there is
   */
  List<byte[]> evaluate(WindowSegment segment, @Nullable Carried carried) {
    Frame frame = operator.context.frame();
    int[] slots = operator.slots();
    List<Register[]> given = new ArrayList<>(segment.size());
    List<byte[]> rows = new ArrayList<>(segment.size());
    for (int n = 0; n < segment.size(); n++) {
      operator.context.rowsTouched++;
      decode(frame, segment.stored(n), segment.fresh(n));
      Register[] row = new Register[inputs + 1];
      for (int i = 0; i < inputs; i++) {
        row[i] = new Register();
        row[i].copyFrom(frame.slots[slots[i]]);
      }
      row[inputs] = new Register();
      row[inputs].setInteger(n);
      given.add(row);
      rows.add(inputCodec.encode(frame));
    }
    List<byte[]> after = new ArrayList<>(rows);
    evaluation.evaluate(
        given,
        (row, values) -> {
          inputCodec.decode(frame, rows.get(row));
          if (carried != null) {
            carried.into(values);
          }
          for (int i = 0; i < values.length; i++) {
            frame.slots[slots[inputs + i]].copyFrom(values[i]);
          }
          after.set(row, operator.codec().encode(frame));
        });
    return after;
  }
}
