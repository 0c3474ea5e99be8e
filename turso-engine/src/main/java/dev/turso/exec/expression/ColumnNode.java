package dev.turso.exec.expression;

import org.jspecify.annotations.Nullable;

/** A column of the current row of a source. */
final class ColumnNode extends Node {

  final int source;
  final int column;

  ColumnNode(int source, int column) {
    this.source = source;
    this.column = column;
  }

  @Override
  public int eval(Frame f) {
    return f.rows[source].load(column, f);
  }

  @Override
  public boolean integers(Frame f, RowVector rows, long[] out) {
    return rows.isOf(f, source) && rows.integers(column, out);
  }

  @Override
  byte @Nullable [] texts(Frame f, RowVector rows, long[] out) {
    return rows.isOf(f, source) ? rows.texts(column, out) : null;
  }
}
