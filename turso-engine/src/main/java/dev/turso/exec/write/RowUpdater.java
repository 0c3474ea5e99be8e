package dev.turso.exec.write;

import dev.turso.change.Origin;
import dev.turso.error.ConstraintException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.value.Register;

/** Puts NEW in the place of OLD, with all that hangs on it. */
final class RowUpdater {

  private final WriteTarget target;
  private final Origin origin;
  private final Uniqueness uniqueness;
  private final boolean[] assigned;
  private final boolean rowidAssigned;
  private final boolean keyAssigned;
  private final boolean[] touched;
  private final ReturningSink returning;

  /**
   * @param assigned which columns get values
   * @param rowidAssigned whether the rowid gets one, by its own name or its alias
   * @param keyAssigned whether the rowid or a column of a WITHOUT ROWID table's key gets one
   * @param touched which of the writer's indexes may have another entry afterwards
   */
  RowUpdater(
      WriteTarget target,
      Origin origin,
      RowDeleter deleter,
      boolean[] assigned,
      boolean rowidAssigned,
      boolean keyAssigned,
      boolean[] touched,
      ReturningSink returning) {
    this.returning = returning;
    this.target = target;
    this.origin = origin;
    this.uniqueness = new Uniqueness(target, deleter);
    this.assigned = assigned;
    this.rowidAssigned = rowidAssigned;
    this.keyAssigned = keyAssigned;
    this.touched = touched;
  }

  /** Whether a column gets a value from the statement. */
  boolean assigns(int column) {
    return assigned[column];
  }

  /**
   * Updates OLD. The assigned columns of NEW, and its rowid if that is assigned, are filled; the
   * others are taken from OLD here.
   *
   * @return whether the row was changed; false where it was left alone or has gone
   */
  boolean update(WriteContext ctx, Frame f) {
    fillUnassigned(f);
    settleRowid(f);
    target.checks().applyAffinities(f);
    target.checks().generate(f);
    TriggerRunner triggers = target.updateTriggers();
    if (target.writer() == null) {
      triggers.before(ctx, f, target.oldRow(), target.newRow());
      returning.passed(f);
      return true;
    }
    TableWriter writer = target.rows();
    writer.rememberOld(f);
    if (triggers.hasBefore()) {
      KeptOld kept = KeptOld.of(writer, f);
      triggers.before(ctx, f, target.oldRow(), target.newRow());
      if (!kept.seekAgain(f)) {
        return false;
      }
      fillUnassigned(f);
      target.checks().generate(f);
      writer.rememberOld(f);
    }
    if (!target.checks().pass(ctx, f, rowidAssigned ? null : assigned)) {
      return false;
    }
    if (!uniqueness.checkUpdate(ctx, f, touched, keyAssigned)) {
      return false;
    }
    if (!writer.seekOldAgain(f) || isStale(f)) {
      // Triggers of a replaced row have deleted or changed the one that is being changed.
      throw new ConstraintException(ResultCode.CONSTRAINT, "constraint failed");
    }
    write(ctx, f, writer);
    returning.wrote(f);
    triggers.after(ctx, f, target.oldRow(), target.newRow());
    return true;
  }

  private void write(WriteContext ctx, Frame f, TableWriter writer) {
    ForeignKeyRunner keys = target.foreignKeys();
    if (!ctx.foreignKeys || keys == ForeignKeyRunner.NONE) {
      writer.update(f, origin, touched, keyAssigned);
      return;
    }
    keys.removing(ctx, f, target.oldRow(), target.newRow());
    writer.update(f, origin, touched, keyAssigned);
    keys.added(ctx, f, target.oldRow(), target.newRow());
    keys.act(ctx, f, target.oldRow(), target.newRow());
  }

  /** Whether OLD is not what NEW's unassigned columns were taken from. */
  private boolean isStale(Frame f) {
    if (!uniqueness.firedTriggers()) {
      return false;
    }
    for (int i = 0; i < assigned.length; i++) {
      if (!assigned[i] && !target.table().columns().get(i).isGenerated()) {
        Register kept = target.places().column(f, i);
        int tag = target.oldRow()[i].eval(f);
        if (!IndexWriter.sameValue(tag, f.bits, f.ref, kept.tag, kept.bits, kept.ref)) {
          return true;
        }
      }
    }
    return false;
  }

  private void fillUnassigned(Frame f) {
    RowPlaces places = target.places();
    for (int i = 0; i < assigned.length; i++) {
      if (!assigned[i]) {
        target.oldRow()[i].evalInto(f, places.column(f, i));
      }
    }
    if (!rowidAssigned) {
      target.oldRow()[assigned.length].evalInto(f, places.rowid(f));
    }
  }

  private void settleRowid(Frame f) {
    if (target.table().withoutRowid()) {
      return;
    }
    Register rowid = target.places().rowid(f);
    int alias = target.table().rowidAlias();
    if (rowidAssigned) {
      if (alias >= 0) {
        rowid.copyFrom(target.places().column(f, alias));
      }
      if (!RowInserter.becomesInteger(rowid)) {
        if (target.writer() == null) {
          return;
        }
        throw new SqlException(ResultCode.MISMATCH, "datatype mismatch");
      }
    }
    if (alias >= 0) {
      target.places().column(f, alias).copyFrom(rowid);
    }
  }
}
