package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** The rowid of the current row of a source. */
final class RowidNode extends Node {

  private final int source;

  RowidNode(int source) {
    this.source = source;
  }

  @Override
  public int eval(Frame f) {
    RowSource row = f.rows[source];
    if (row.absent) {
      return Tag.NULL;
    }
    f.bits = row.rowid;
    return Tag.INTEGER;
  }

  @Override
  public boolean integers(Frame f, RowVector rows, long[] out) {
    if (!rows.isOf(f, source)) {
      return false;
    }
    rows.keys(out);
    return true;
  }
}
