package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.RowSource;
import org.jspecify.annotations.Nullable;

/** The rows of a common table that is computed once. */
final class MaterializedScanOperator extends Operator {

  private final Frame frame;
  private final MaterializedTable table;
  private final boolean afresh;
  private final RowSource row;
  private @Nullable RowBuffer rows;
  private int at;

  /**
   * @param afresh whether the table depends on outer rows, so that every opening computes it anew
   */
  MaterializedScanOperator(Frame frame, MaterializedTable table, boolean afresh, int source) {
    this.frame = frame;
    this.table = table;
    this.afresh = afresh;
    this.row = frame.rows[source];
  }

  @Override
  public void open() {
    if (afresh) {
      table.reset();
    }
    rows = null;
    at = 0;
    row.absent = false;
  }

  @Override
  public boolean next() {
    RowBuffer r = rows;
    if (r == null) {
      r = table.rows();
      rows = r;
    }
    if (at == r.size()) {
      return false;
    }
    frame.tick();
    r.read(at++, row.record);
    return true;
  }

  @Override
  public void close() {
    rows = null;
  }
}
