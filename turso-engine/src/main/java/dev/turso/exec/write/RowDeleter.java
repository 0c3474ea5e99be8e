package dev.turso.exec.write;

import dev.turso.change.Origin;
import dev.turso.exec.expression.Frame;

/** Deletes OLD, with all that hangs on it. */
final class RowDeleter {

  private final WriteTarget target;
  private final Origin origin;
  private final ReturningSink returning;

  RowDeleter(WriteTarget target, Origin origin, ReturningSink returning) {
    this.returning = returning;
    this.target = target;
    this.origin = origin;
  }

  /** Deletes OLD for a DELETE statement; false if a BEFORE trigger had it gone already. */
  boolean delete(WriteContext ctx, Frame f) {
    TriggerRunner triggers = target.deleteTriggers();
    if (target.writer() == null) {
      triggers.before(ctx, f, target.oldRow(), WriteTarget.NO_ROW);
      returning.passed(f);
      return true;
    }
    if (triggers.hasBefore()) {
      target.rows().rememberOld(f);
      triggers.before(ctx, f, target.oldRow(), WriteTarget.NO_ROW);
      if (!target.rows().seekOldAgain(f)) {
        return false;
      }
    }
    remove(ctx, f, origin);
    returning.wrote(f);
    triggers.after(ctx, f, target.oldRow(), WriteTarget.NO_ROW);
    return true;
  }

  /** Deletes OLD, which is in the way of a row that replaces it; whether triggers were fired. */
  boolean replace(WriteContext ctx, Frame f) {
    TriggerRunner triggers = target.deleteTriggers();
    boolean fire = ctx.recursiveTriggers && (triggers.hasBefore() || triggers.hasAfter());
    if (fire && triggers.hasBefore()) {
      KeptOld kept = KeptOld.of(target.rows(), f);
      triggers.before(ctx, f, target.oldRow(), WriteTarget.NO_ROW);
      if (!kept.seekAgain(f)) {
        return true;
      }
    }
    remove(ctx, f, Origin.REPLACE);
    if (fire) {
      triggers.after(ctx, f, target.oldRow(), WriteTarget.NO_ROW);
    }
    return fire;
  }

  private void remove(WriteContext ctx, Frame f, Origin as) {
    ForeignKeyRunner keys = target.deleteKeys();
    if (!ctx.foreignKeys || keys == ForeignKeyRunner.NONE) {
      target.rows().delete(f, as);
      return;
    }
    keys.removing(ctx, f, target.oldRow(), WriteTarget.NO_ROW);
    target.rows().delete(f, as);
    keys.act(ctx, f, target.oldRow(), WriteTarget.NO_ROW);
  }
}
