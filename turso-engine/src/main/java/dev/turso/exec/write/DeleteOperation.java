package dev.turso.exec.write;

import dev.turso.change.Origin;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.RaisedException;
import dev.turso.exec.operator.Executable;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.value.Register;

/** DELETE: reads which rows to the end, then deletes them; or empties the table at once. */
final class DeleteOperation extends WriteOperation {

  private final Executable source;
  private final WriteTarget target;
  private final RowDeleter deleter;
  private final Origin origin;
  private final int keyColumns;
  private final int viewBase;
  private final boolean everything;
  private final RowBuffer rows = new RowBuffer();
  private final Register key = new Register();

  /**
   * @param keyColumns how many columns of the source find the row
   * @param viewBase for a view: the slot of the first column of OLD; else -1
   * @param everything whether all rows go and nothing but the table cares
   */
  DeleteOperation(
      Frame frame,
      Executable source,
      WriteTarget target,
      RowDeleter deleter,
      Origin origin,
      int keyColumns,
      int viewBase,
      boolean everything,
      ReturningSink returning) {
    super(frame, returning);
    this.source = source;
    this.target = target;
    this.deleter = deleter;
    this.origin = origin;
    this.keyColumns = keyColumns;
    this.viewBase = viewBase;
    this.everything = everything;
  }

  @Override
  void execute(WriteContext ctx, Frame f) {
    if (everything && !(ctx.foreignKeys && target.deleteKeys().isReferenced())) {
      target.open(ctx, f, true);
      cleared = target.rows().clear(f, origin);
      return;
    }
    rows.clear();
    source.open();
    try {
      while (source.next()) {
        f.tick();
        rows.add(source);
      }
    } finally {
      source.close();
    }
    target.open(ctx, f, true);
    if (returningMayFail() || target.reaches(ctx) || rows.size() > 1 && target.isRecorded()) {
      ctx.protect();
    }
    rows.rewind();
    while (rows.next()) {
      f.tick();
      if (seek(f)) {
        deleteRow(ctx, f);
        ctx.rowWritten(target.table().databaseIndex());
      }
    }
    rows.clear();
  }

  private void deleteRow(WriteContext ctx, Frame f) {
    try {
      deleter.delete(ctx, f);
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
