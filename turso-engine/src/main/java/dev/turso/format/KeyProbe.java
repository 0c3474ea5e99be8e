package dev.turso.format;

import dev.turso.value.Tag;
import java.util.Arrays;

/**
 * The values to seek for: the first columns of a key, as lanes.
 *
 * <p>{@link #reset}, then one {@link #add} a column. Holds the arrays it is given, copies nothing.
 * Not thread-safe.
 */
public final class KeyProbe {

  private static final byte[] NOTHING = new byte[0];

  int[] tags = new int[4];
  long[] bits = new long[4];
  byte[][] refs = new byte[4][];
  int count;

  /** Begins a new probe. */
  public KeyProbe reset() {
    count = 0;
    return this;
  }

  /** Appends a column, as a lane in the sense of {@link Tag}. */
  public KeyProbe add(int tag, long bits, byte[] ref) {
    int n = count;
    if (n == tags.length) {
      tags = Arrays.copyOf(tags, n * 2);
      this.bits = Arrays.copyOf(this.bits, n * 2);
      refs = Arrays.copyOf(refs, n * 2);
    }
    tags[n] = tag;
    this.bits[n] = bits;
    refs[n] = ref;
    count = n + 1;
    return this;
  }

  public KeyProbe addNull() {
    return add(Tag.NULL, 0, NOTHING);
  }

  public KeyProbe addInteger(long value) {
    return add(Tag.INTEGER, value, NOTHING);
  }

  /** Fills the probe with the first columns of a record, at most {@code columns}. */
  public KeyProbe load(RecordReader record, int columns) {
    reset();
    for (int i = 0; i < columns; i++) {
      int tag = record.load(i);
      if (tag == RecordReader.ABSENT) {
        break;
      }
      add(tag, record.bits(), record.ref());
    }
    return this;
  }

  /** How many columns the probe has. */
  public int count() {
    return count;
  }

  public int tag(int column) {
    return tags[column];
  }

  public long bits(int column) {
    return bits[column];
  }

  public byte[] ref(int column) {
    return refs[column];
  }
}
