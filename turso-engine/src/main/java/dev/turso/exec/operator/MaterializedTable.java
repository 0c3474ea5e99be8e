package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.format.RecordReader;
import dev.turso.value.Register;

/**
 * The rows of a common table, each computed when it is first asked for in an execution: a recursive
 * one may have no end.
 */
final class MaterializedTable implements Resettable {

  private static final Register[] NONE = new Register[0];

  private final Frame frame;
  private final Operator input;
  private final StoredColumns stored;
  private final RowBuffer rows;
  private boolean started;
  private boolean complete;

  MaterializedTable(Frame frame, Operator input, StoredColumns stored) {
    this.frame = frame;
    this.input = input;
    this.stored = stored;
    this.rows = new RowBuffer(frame);
  }

  @Override
  public void reset() {
    if (started) {
      input.close();
    }
    started = false;
    complete = false;
    rows.clear();
  }

  /** Points a reader at a row, which is computed if it was not yet; false if there are fewer rows. */
  boolean read(int row, RecordReader reader) {
    while (row >= rows.size()) {
      if (!more()) {
        return false;
      }
    }
    rows.read(row, reader);
    return true;
  }

  private boolean more() {
    if (!started) {
      started = true;
      input.open();
    }
    if (complete || !input.next()) {
      complete = true;
      return false;
    }
    rows.add(stored.pack(frame, NONE));
    return true;
  }
}
