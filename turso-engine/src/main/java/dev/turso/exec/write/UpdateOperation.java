package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RaisedException;
import dev.turso.exec.operator.Executable;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.value.Register;

/**
 * UPDATE: reads its source to the end, what finds each row, then changes the rows one by one. New
 * values come from the source, or are computed over each row when its turn comes.
 */
final class UpdateOperation extends WriteOperation {

  private final Executable source;
  private final WriteTarget target;
  private final RowUpdater updater;
  private final int keyColumns;
  private final int[] assigned;
  private final Node[] values;
  private final int viewBase;
  private final boolean repeats;
  private final RowBuffer rows = new RowBuffer();
  private final Register key = new Register();

  /**
   * @param keyColumns how many columns of the source find the row
   * @param assigned what the columns after the key are assigned to, -1 for the rowid
   * @param values what the assigned columns get, over OLD; empty if the source has it after the key
   * @param viewBase for a view: the slot of the first column of OLD; else -1
   * @param repeats whether a row may come more than once, one time after the other; then the last
   *     counts
   */
  UpdateOperation(
      Frame frame,
      Executable source,
      WriteTarget target,
      RowUpdater updater,
      int keyColumns,
      int[] assigned,
      Node[] values,
      int viewBase,
      boolean repeats,
      ReturningSink returning) {
    super(frame, returning);
    this.source = source;
    this.target = target;
    this.updater = updater;
    this.keyColumns = keyColumns;
    this.assigned = assigned;
    this.values = values;
    this.viewBase = viewBase;
    this.repeats = repeats;
  }

  @Override
  void execute(WriteContext ctx, Frame f) {
    fill(f);
    target.open(ctx, f, true);
    if (rows.size() > 1 || returningMayFail() || target.reaches(ctx)) {
      ctx.protect();
    }
    rows.rewind();
    while (rows.next()) {
      f.tick();
      updateRow(ctx, f);
      ctx.rowWritten(target.table().databaseIndex());
    }
    rows.clear();
  }

  private void fill(Frame f) {
    rows.clear();
    LastKey last = repeats ? new LastKey() : null;
    source.open();
    try {
      while (source.next()) {
        f.tick();
        if (last != null && last.isAgain(source, keyColumns)) {
          rows.dropLast();
        }
        rows.add(source);
      }
    } finally {
      source.close();
    }
  }

  private void updateRow(WriteContext ctx, Frame f) {
    if (!seek(f)) {
      return;
    }
    for (int i = 0; i < assigned.length; i++) {
      Register into =
          assigned[i] < 0 ? target.places().rowid(f) : target.places().column(f, assigned[i]);
      if (values.length > 0) {
        values[i].evalInto(f, into);
      } else {
        rows.load(keyColumns + i, into);
      }
    }
    try {
      updater.update(ctx, f);
    } catch (RaisedException raised) {
      if (raised.action() != ConflictAction.IGNORE) {
        throw Raised.failure(ctx, raised);
      }
    }
  }

  private boolean seek(Frame f) {
    if (viewBase >= 0) {
      for (int i = 0; i < keyColumns; i++) {
        rows.load(i, f.slots[viewBase + i]);
      }
      return true;
    }
    return RowFinder.seek(f, target, rows.record(), keyColumns, key);
  }
}
