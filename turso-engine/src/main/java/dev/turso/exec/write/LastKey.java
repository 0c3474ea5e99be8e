package dev.turso.exec.write;

import dev.turso.exec.operator.Executable;
import dev.turso.format.RecordWriter;
import dev.turso.value.Register;
import java.util.Arrays;

/** Tells whether a row of a query has the key of the row before, to the bit. */
final class LastKey {

  private final RecordWriter writer = new RecordWriter();
  private byte[] last = new byte[0];

  /** Whether the first columns are those of the call before. */
  boolean isAgain(Executable row, int columns) {
    writer.reset();
    for (int i = 0; i < columns; i++) {
      Register each = row.column(i);
      writer.add(each.tag, each.bits, each.ref);
    }
    writer.finish();
    byte[] key = writer.toByteArray();
    boolean again = Arrays.equals(key, last);
    last = key;
    return again;
  }
}
