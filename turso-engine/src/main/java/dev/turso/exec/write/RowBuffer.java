package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.operator.Executable;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows put aside, as records in large arrays, to be read in the order they came.
 *
 * <pre>
 *   chunk: length (7 bits a byte, the lowest first, the highest bit says that more follow), record; ...
 * </pre>
 *
 * <p>Beside its record a row takes a byte or two: statements over millions of rows keep all their keys.
 */
public final class RowBuffer {

  private static final int FIRST_CHUNK = 256;
  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_LENGTH = 5;

  private final RecordWriter writer = new RecordWriter();
  private final RecordReader reader = new RecordReader();
  private final List<byte[]> chunks = new ArrayList<>();
  private byte[] last = new byte[0];
  private int lastUsed;
  private int lastStart;
  private int[] ends = new int[8];
  private int count;
  private int at = -1;
  private int chunk;
  private int position;

  /** Adds a row made of what nodes compute. */
  public void add(Frame f, Node[] values) {
    writer.reset();
    for (Node each : values) {
      int tag = each.eval(f);
      writer.add(tag, f.bits, f.ref);
    }
    append();
  }

  /** Adds the current row of a query. */
  public void add(Executable row) {
    writer.reset();
    int n = row.columnCount();
    for (int i = 0; i < n; i++) {
      Register each = row.column(i);
      writer.add(each.tag, each.bits, each.ref);
    }
    append();
  }

  private void append() {
    writer.finish();
    int n = writer.length();
    if (last.length - lastUsed < n + LONGEST_LENGTH) {
      int size = Math.min(CHUNK, Math.max(FIRST_CHUNK, last.length * 4));
      last = new byte[Math.max(size, n + LONGEST_LENGTH)];
      chunks.add(last);
      lastUsed = 0;
      if (chunks.size() > ends.length) {
        ends = Arrays.copyOf(ends, chunks.size() * 2);
      }
    }
    lastStart = lastUsed;
    int left = n;
    for (; left > 0x7f; left >>>= 7) {
      last[lastUsed++] = (byte) (left | 0x80);
    }
    last[lastUsed++] = (byte) left;
    System.arraycopy(writer.array(), writer.offset(), last, lastUsed, n);
    lastUsed += n;
    ends[chunks.size() - 1] = lastUsed;
    count++;
  }

  /** Takes back the row that was added last; only once for each row added. */
  void dropLast() {
    lastUsed = lastStart;
    ends[chunks.size() - 1] = lastUsed;
    count--;
  }

  public int size() {
    return count;
  }

  /** Before the first row. */
  public void rewind() {
    at = -1;
    chunk = 0;
    position = 0;
  }

  /** Moves to the next row; false at the end. */
  public boolean next() {
    if (++at >= count) {
      return false;
    }
    // An array that was kept may have been too short for the first row.
    while (position == ends[chunk]) {
      chunk++;
      position = 0;
    }
    byte[] from = chunks.get(chunk);
    int length = 0;
    int shift = 0;
    int b;
    do {
      b = from[position++];
      length |= (b & 0x7f) << shift;
      shift += 7;
    } while (b < 0);
    reader.reset(from, position, length);
    position += length;
    return true;
  }

  /** Reads a value of the current row. */
  public void load(int column, Register into) {
    int tag = reader.load(column);
    into.set(tag, reader.bits(), reader.ref());
    into.subtype = 0;
  }

  /** The current row. */
  public RecordReader record() {
    return reader;
  }

  /** Forgets every row. A small buffer is kept for the next ones. */
  public void clear() {
    if (chunks.size() > 1 || last.length > CHUNK) {
      chunks.clear();
      last = new byte[0];
    }
    lastUsed = 0;
    ends[0] = 0;
    count = 0;
    rewind();
  }
}
