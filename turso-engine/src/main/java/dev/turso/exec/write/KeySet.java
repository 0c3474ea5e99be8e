package dev.turso.exec.write;

import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** Which rows a statement has met, by the exact values of what finds them. */
final class KeySet {

  private final Set<ByteBuffer> seen = new HashSet<>();
  private final RecordWriter writer = new RecordWriter();

  /** Adds the first columns of a record; false if they are there already. */
  boolean add(RecordReader record, int columns) {
    writer.reset();
    for (int i = 0; i < columns; i++) {
      int tag = record.load(i);
      writer.add(tag, record.bits(), record.ref());
    }
    writer.finish();
    return seen.add(ByteBuffer.wrap(writer.toByteArray()));
  }
}
