package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** A column of REAL affinity: whole numbers are stored as integers and read back as REAL. */
final class RealColumnNode extends Node {

  private final int source;
  private final int column;

  RealColumnNode(int source, int column) {
    this.source = source;
    this.column = column;
  }

  @Override
  public int eval(Frame f) {
    int tag = f.rows[source].load(column, f);
    if (tag == Tag.INTEGER) {
      f.bits = Double.doubleToRawLongBits((double) f.bits);
      return Tag.REAL;
    }
    return tag;
  }

  @Override
  public boolean reals(Frame f, RowVector rows, double[] out) {
    return rows.isOf(f, source) && rows.reals(column, out);
  }
}
