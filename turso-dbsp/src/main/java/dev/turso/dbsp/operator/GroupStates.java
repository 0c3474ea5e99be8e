package dev.turso.dbsp.operator;

import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.function.Accumulator;
import dev.turso.value.Register;
import java.util.Arrays;

/**
 * Groups as they are stored: row count, output row, accumulator states, as one record. Not
 * thread-safe.
 */
final class GroupStates {

  private static final int MOST_STATE = 16;

  private final RecordReader reader = new RecordReader();
  private final RecordWriter writer = new RecordWriter();
  private final Register[] registers = new Register[MOST_STATE];

  GroupStates() {
    for (int i = 0; i < registers.length; i++) {
      registers[i] = new Register();
    }
  }

  void load(Group group, byte[] state) {
    reader.reset(state, 0, state.length);
    GroupRecords.load(reader, 0, registers[0]);
    group.count = registers[0].integer();
    group.before = blob();
    int column = 2;
    for (Accumulator each : group.accumulators) {
      if (each != null) {
        for (int i = 0; i < each.stateWidth(); i++) {
          GroupRecords.load(reader, column++, registers[i]);
        }
        each.decode(registers);
      }
    }
  }

  byte[] store(Group group, byte[] output) {
    GroupRecords.begin(writer);
    writer.addInteger(group.count);
    writer.addBlob(output, 0, output.length);
    for (Accumulator each : group.accumulators) {
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
  byte[] outputOf(byte[] state) {
    reader.reset(state, 0, state.length);
    return blob();
  }

  private byte[] blob() {
    GroupRecords.load(reader, 1, registers[0]);
    Register r = registers[0];
    return Arrays.copyOfRange(r.ref, r.offset(), r.offset() + r.length());
  }
}
