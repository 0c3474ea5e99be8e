package dev.turso.dbsp.circuit;

import dev.turso.dbsp.algebra.ZSet;
import dev.turso.exec.expression.Frame;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.ArrayList;
import java.util.List;

/** Turns slots into a record and back: how rows are kept beyond a sink's call. */
public final class RowCodec {

  private static final byte[] NOTHING = {};

  private final int[] slots;
  private final RecordWriter writer = new RecordWriter();
  private final RecordReader reader = new RecordReader();

  public RowCodec(int[] slots) {
    this.slots = slots;
  }

  /** All that must be put back to continue with an operator's current row. */
  public static RowCodec of(CircuitOperator operator) {
    List<Integer> all = new ArrayList<>();
    for (int slot : operator.slots()) {
      all.add(slot);
    }
    for (OrderPart each : operator.order()) {
      if (!all.contains(each.slot())) {
        all.add(each.slot());
      }
    }
    if (operator.identitySlot() >= 0 && !all.contains(operator.identitySlot())) {
      all.add(operator.identitySlot());
    }
    return new RowCodec(all.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The values of the slots as a record, exactly. */
  public byte[] encode(Frame frame) {
    write(frame);
    return writer.toByteArray();
  }

  /** Adds the values of the slots as a record to rows, after a number. */
  void addTo(ZSet rows, long number, Frame frame, long weight) {
    write(frame);
    rows.add(number, writer.array(), writer.offset(), writer.length(), weight);
  }

  private void write(Frame frame) {
    writer.reset();
    for (int slot : slots) {
      Register r = frame.slots[slot];
      if (r.tag == Tag.NULL) {
        writer.addNull();
      } else {
        writer.add(r.tag, r.bits, r.ref);
      }
    }
    writer.finish();
  }

  /** Fills the slots from a record made by {@link #encode}. */
  public void decode(Frame frame, byte[] record) {
    decode(frame, record, 0, record.length);
  }

  /** Fills the slots from a slice that holds a record made by {@link #encode}. */
  public void decode(Frame frame, byte[] array, int offset, int length) {
    reader.reset(array, offset, length);
    for (int i = 0; i < slots.length; i++) {
      int tag = reader.load(i);
      frame.slots[slots[i]].set(tag, reader.bits(), tag >= Tag.TEXT ? reader.ref() : NOTHING);
    }
  }

  /** Makes all slots NULL. */
  public void clear(Frame frame) {
    for (int slot : slots) {
      frame.slots[slot].setNull();
    }
  }
}
