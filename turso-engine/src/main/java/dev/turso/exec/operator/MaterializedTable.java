package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.value.Register;

/** The rows of a common table, computed when they are first asked for in an execution. */
final class MaterializedTable implements Resettable {

  private final Frame frame;
  private final Operator input;
  private final StoredColumns stored;
  private final RowBuffer rows = new RowBuffer();
  private boolean filled;

  MaterializedTable(Frame frame, Operator input, StoredColumns stored) {
    this.frame = frame;
    this.input = input;
    this.stored = stored;
  }

  @Override
  public void reset() {
    filled = false;
    rows.clear();
  }

  RowBuffer rows() {
    if (!filled) {
      rows.clear();
      Register[] none = new Register[0];
      input.open();
      while (input.next()) {
        rows.add(stored.pack(frame, none));
      }
      input.close();
      filled = true;
    }
    return rows;
  }
}
