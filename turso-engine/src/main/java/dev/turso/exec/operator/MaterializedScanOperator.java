package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.RowSource;

/** The rows of a common table that is computed once. */
final class MaterializedScanOperator extends Operator {

  private final Frame frame;
  private final MaterializedTable table;
  private final boolean afresh;
  private final RowSource row;
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
    at = 0;
    row.absent = false;
  }

  @Override
  public boolean next() {
    frame.tick();
    return table.read(at++, row.record);
  }

  @Override
  public void close() {}
}
