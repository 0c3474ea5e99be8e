package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.value.Register;

/** Makes the row OLD that the first columns of a record name. */
final class RowFinder {

  private RowFinder() {}

  static boolean seek(
      Frame f, WriteTarget target, RecordReader record, int keyColumns, Register scratch) {
    TableWriter writer = target.rows();
    if (!target.table().withoutRowid()) {
      scratch.set(record.load(0), record.bits(), record.ref());
      return writer.seek(f, scratch.bits);
    }
    KeyProbe key = writer.key();
    key.reset();
    for (int i = 0; i < keyColumns; i++) {
      int tag = record.load(i);
      key.add(tag, record.bits(), record.ref());
    }
    return writer.seekKey(f);
  }
}
