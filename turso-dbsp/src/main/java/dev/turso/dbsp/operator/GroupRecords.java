package dev.turso.dbsp.operator;

import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/** Registers as records and back. */
final class GroupRecords {

  private static final byte[] NOTHING = {};

  private GroupRecords() {}

  static void begin(RecordWriter writer) {
    writer.reset();
  }

  static void add(RecordWriter writer, Register r) {
    if (r.tag == Tag.NULL) {
      writer.addNull();
    } else {
      writer.add(r.tag, r.bits, r.ref);
    }
  }

  static byte[] finish(RecordWriter writer) {
    writer.finish();
    return writer.toByteArray();
  }

  /** Reads one column. */
  static void read(RecordReader reader, byte[] record, int column, Register into) {
    reader.reset(record, 0, record.length);
    load(reader, column, into);
  }

  /** Reads all columns into the first registers and returns how many there are. */
  static int read(RecordReader reader, byte[] record, Register[] into) {
    reader.reset(record, 0, record.length);
    int count = reader.columnCount();
    for (int i = 0; i < count; i++) {
      load(reader, i, into[i]);
    }
    return count;
  }

  static void load(RecordReader reader, int column, Register into) {
    int tag = reader.load(column);
    into.set(Math.max(tag, Tag.NULL), reader.bits(), tag >= Tag.TEXT ? reader.ref() : NOTHING);
  }
}
