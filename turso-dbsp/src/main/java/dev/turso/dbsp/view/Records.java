package dev.turso.dbsp.view;

import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.value.Tag;

/** Records in the encoding of circuits, which is UTF-8, and in that of the database. */
final class Records {

  private Records() {}

  /** The same values in another encoding; the record itself where that is the same. */
  static byte[] recoded(byte[] record, TextEncoding from, TextEncoding to) {
    if (from == to) {
      return record;
    }
    RecordReader reader = new RecordReader(from);
    RecordWriter writer = new RecordWriter(to);
    reader.reset(record, 0, record.length);
    writer.reset();
    int count = reader.columnCount();
    for (int i = 0; i < count; i++) {
      int tag = reader.load(i);
      if (tag <= Tag.NULL) {
        writer.addNull();
      } else {
        writer.add(tag, reader.bits(), reader.ref());
      }
    }
    writer.finish();
    return writer.toByteArray();
  }
}
