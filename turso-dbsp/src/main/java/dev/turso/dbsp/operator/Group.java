package dev.turso.dbsp.operator;

import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.function.Accumulator;
import dev.turso.value.Register;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One group while a step works on it. Stored as: row count, output row, accumulator states. */
final class Group {

  private static final int MOST_STATE = 16;

  final byte[] key;
  final Accumulator[] accumulators;
  long count;
  byte @Nullable [] before;

  /** Key and bare columns of some row of the group that the step saw. */
  byte @Nullable [] shown;

  Group(byte[] key, List<Aggregation> calls) {
    this.key = key;
    this.accumulators = new Accumulator[calls.size()];
    for (int i = 0; i < accumulators.length; i++) {
      if (calls.get(i).kind() == Aggregation.Kind.LINEAR) {
        accumulators[i] = calls.get(i).accumulators().get();
      }
    }
  }

  void load(byte[] state) {
    RecordReader reader = new RecordReader();
    reader.reset(state, 0, state.length);
    Register[] registers = registers();
    GroupRecords.load(reader, 0, registers[0]);
    count = registers[0].integer();
    before = blob(reader);
    int column = 2;
    for (Accumulator each : accumulators) {
      if (each != null) {
        for (int i = 0; i < each.stateWidth(); i++) {
          GroupRecords.load(reader, column++, registers[i]);
        }
        each.decode(registers);
      }
    }
  }

  byte[] store(byte[] output) {
    RecordWriter writer = new RecordWriter();
    writer.addInteger(count);
    writer.addBlob(output, 0, output.length);
    Register[] registers = registers();
    for (Accumulator each : accumulators) {
      if (each != null) {
        each.encode(registers);
        for (int i = 0; i < each.stateWidth(); i++) {
          GroupRecords.add(writer, registers[i]);
        }
      }
    }
    return GroupRecords.finish(writer);
  }

  /** The output row in a stored state. */
  static byte[] outputOf(byte[] state) {
    RecordReader reader = new RecordReader();
    reader.reset(state, 0, state.length);
    return blob(reader);
  }

  private static byte[] blob(RecordReader reader) {
    Register r = new Register();
    GroupRecords.load(reader, 1, r);
    return Arrays.copyOfRange(r.ref, r.offset(), r.offset() + r.length());
  }

  private static Register[] registers() {
    Register[] registers = new Register[MOST_STATE];
    for (int i = 0; i < registers.length; i++) {
      registers[i] = new Register();
    }
    return registers;
  }
}
