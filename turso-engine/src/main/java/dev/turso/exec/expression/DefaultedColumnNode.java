package dev.turso.exec.expression;

import dev.turso.format.RecordReader;
import dev.turso.value.Tag;
import dev.turso.value.Value;

/** A column that rows older than it do not hold: its default stands in. */
final class DefaultedColumnNode extends Node {

  private final int source;
  private final int column;
  private final boolean real;
  private final int defaultTag;
  private final long defaultBits;
  private final byte[] defaultRef;

  DefaultedColumnNode(int source, int column, boolean real, Value defaultValue) {
    this.source = source;
    this.column = column;
    this.real = real;
    this.defaultTag = defaultValue.tag();
    this.defaultBits = defaultValue.bits();
    this.defaultRef = defaultValue.ref();
  }

  @Override
  public int eval(Frame f) {
    int tag = f.rows[source].loadOrAbsent(column, f);
    if (tag == RecordReader.ABSENT) {
      f.bits = defaultBits;
      f.ref = defaultRef;
      tag = defaultTag;
    }
    if (real && tag == Tag.INTEGER) {
      f.bits = Double.doubleToRawLongBits((double) f.bits);
      return Tag.REAL;
    }
    return tag;
  }
}
