package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.sql.ast.ConflictAction;

/** Looks for rows in the way of NEW, and does what the constraints say about them. */
final class Uniqueness {

  /** NEW may be written. */
  static final int FREE = -1;

  /** NEW is to be left out. */
  static final int IGNORED = -2;

  private final WriteTarget target;
  private final RowDeleter deleter;
  private boolean replacedWithTriggers;
  private boolean firedTriggers;

  Uniqueness(WriteTarget target, RowDeleter deleter) {
    this.target = target;
    this.deleter = deleter;
  }

  /**
   * Checks NEW before an INSERT.
   *
   * @param rowidChosen whether the rowid was chosen by us and so is free
   * @return FREE, IGNORED, or the number of the upsert clause that takes the conflict; then OLD is
   *     the row in the way
   */
  int checkInsert(WriteContext ctx, Frame f, boolean rowidChosen) {
    for (UniqueCheck each : target.uniques()) {
      if (rowidChosen && each.kind() == UniqueCheck.Kind.ROWID || !inTheWay(f, each, false)) {
        continue;
      }
      if (each.upsert() >= 0) {
        makeOld(f, each);
        return each.upsert();
      }
      if (!resolve(ctx, f, each)) {
        return IGNORED;
      }
    }
    if (replacedWithTriggers) {
      checkAgain(ctx, f, false);
    }
    return FREE;
  }

  /**
   * Checks NEW before an UPDATE of the remembered row. After it OLD may be another row.
   *
   * @param touched which indexes may have another entry for NEW
   * @return whether NEW may be written
   */
  boolean checkUpdate(WriteContext ctx, Frame f, boolean[] touched, boolean keyChanged) {
    firedTriggers = false;
    for (UniqueCheck each : target.uniques()) {
      boolean concerned =
          each.kind() == UniqueCheck.Kind.INDEX ? touched[each.index()] : keyChanged;
      if (concerned && inTheWay(f, each, true) && !resolve(ctx, f, each)) {
        return false;
      }
    }
    if (replacedWithTriggers) {
      firedTriggers = true;
      checkAgain(ctx, f, true);
    }
    return true;
  }

  /** Whether the newest {@link #checkUpdate} replaced rows whose triggers were fired. */
  boolean firedTriggers() {
    return firedTriggers;
  }

  /** Triggers that fired for replaced rows may have put new ones in the way. */
  private void checkAgain(WriteContext ctx, Frame f, boolean update) {
    replacedWithTriggers = false;
    for (UniqueCheck each : target.uniques()) {
      if (inTheWay(f, each, update)) {
        ctx.failure = ConflictAction.ABORT;
        throw each.failure(target.rows());
      }
    }
  }

  private boolean inTheWay(Frame f, UniqueCheck check, boolean update) {
    TableWriter writer = target.rows();
    return switch (check.kind()) {
      case ROWID -> writer.hasRowidOfNew(f, update);
      case TABLE_KEY -> writer.hasKeyOfNew(f, update);
      case INDEX -> writer.hasDuplicate(f, writer.indexes()[check.index()], update);
    };
  }

  private void makeOld(Frame f, UniqueCheck check) {
    TableWriter writer = target.rows();
    if (check.kind() == UniqueCheck.Kind.INDEX) {
      writer.seekFound(f, writer.indexes()[check.index()]);
    } else {
      writer.seekRowLikeNew(f);
    }
  }

  /** Whether NEW may still be written. */
  private boolean resolve(WriteContext ctx, Frame f, UniqueCheck check) {
    if (check.action() == ConflictAction.IGNORE) {
      return false;
    }
    if (check.action() == ConflictAction.REPLACE) {
      makeOld(f, check);
      replacedWithTriggers |= deleter.replace(ctx, f);
      return true;
    }
    ctx.failure = check.action();
    throw check.failure(target.rows());
  }
}
