package dev.turso.exec.write;

import dev.turso.change.Origin;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/** Inserts NEW, with all that hangs on it. */
final class RowInserter {

  private final WriteTarget target;
  private final Origin origin;
  private final Uniqueness uniqueness;
  private final UpsertClause[] upserts;
  private final @Nullable Sequence sequence;
  private final ReturningSink returning;

  RowInserter(
      WriteTarget target,
      Origin origin,
      RowDeleter deleter,
      UpsertClause[] upserts,
      @Nullable Sequence sequence,
      ReturningSink returning) {
    this.returning = returning;
    this.target = target;
    this.origin = origin;
    this.uniqueness = new Uniqueness(target, deleter);
    this.upserts = upserts;
    this.sequence = sequence;
  }

  void open(WriteContext ctx) {
    if (sequence != null) {
      sequence.open(ctx);
    }
  }

  /** Ends one execution: the sequence's new value is written. */
  void finish() {
    if (sequence != null) {
      sequence.store();
    }
  }

  /**
   * Inserts NEW. Its columns are filled, and its rowid unless it is to be chosen: then that register
   * is NULL.
   *
   * @return whether a row was inserted or, by an upsert, updated
   */
  boolean insert(WriteContext ctx, Frame f) {
    target.checks().applyAffinities(f);
    Register rowid = target.places().rowid(f);
    boolean chosen = rowid.tag == Tag.NULL && !target.table().withoutRowid();
    if (rowid.tag != Tag.NULL && target.writer() != null) {
      requireInteger(rowid);
    }
    if (target.insertTriggers().hasBefore()) {
      fireBefore(ctx, f, rowid, chosen);
    }
    if (target.writer() == null) {
      returning.passed(f);
      return true;
    }
    TableWriter writer = target.rows();
    if (chosen) {
      rowid.setInteger(sequence == null ? writer.newRowid() : sequence.next(writer));
    }
    if (sequence != null) {
      sequence.saw(rowid.bits);
    }
    int alias = target.table().rowidAlias();
    if (alias >= 0) {
      target.places().column(f, alias).setInteger(rowid.bits);
    }
    target.checks().generate(f);
    if (!target.checks().pass(ctx, f, null)) {
      return false;
    }
    int conflict = uniqueness.checkInsert(ctx, f, chosen);
    if (conflict != Uniqueness.FREE) {
      return conflict != Uniqueness.IGNORED && upsert(ctx, f, upserts[conflict]);
    }
    writer.insert(f, origin, chosen);
    if (!target.table().withoutRowid()) {
      ctx.lastInsertRowid = rowid.bits;
    }
    if (ctx.foreignKeys && target.foreignKeys() != ForeignKeyRunner.NONE) {
      target.foreignKeys().added(ctx, f, WriteTarget.NO_ROW, target.newRow());
    }
    returning.wrote(f);
    target.insertTriggers().after(ctx, f, WriteTarget.NO_ROW, target.newRow());
    return true;
  }

  private static void requireInteger(Register rowid) {
    if (!becomesInteger(rowid)) {
      throw new SqlException(ResultCode.MISMATCH, "datatype mismatch");
    }
  }

  /**
   * Makes an integer of what is to be a rowid, where it is one. Other than the affinity of a column,
   * which leaves it REAL, a rowid takes the least of all integers given as REAL (not as text).
   */
  static boolean becomesInteger(Register rowid) {
    boolean isReal = rowid.tag == Tag.REAL;
    Affinity.INTEGER.apply(rowid);
    if (isReal && rowid.tag == Tag.REAL && Double.longBitsToDouble(rowid.bits) == -0x1p63) {
      rowid.setInteger(Long.MIN_VALUE);
    }
    return rowid.tag == Tag.INTEGER;
  }

  /** A rowid that is not known yet is -1 to a BEFORE trigger. */
  private void fireBefore(WriteContext ctx, Frame f, Register rowid, boolean chosen) {
    int alias = target.table().rowidAlias();
    if (chosen) {
      rowid.setInteger(-1);
    }
    if (alias >= 0) {
      target.places().column(f, alias).copyFrom(rowid);
    }
    target.checks().generate(f);
    target.insertTriggers().before(ctx, f, WriteTarget.NO_ROW, target.newRow());
    if (chosen) {
      rowid.setNull();
    }
  }

  private boolean upsert(WriteContext ctx, Frame f, UpsertClause clause) {
    RowUpdater updater = clause.updater();
    if (updater == null || clause.where() != null && clause.where().truth(f) != 1) {
      return false;
    }
    Register[] values = new Register[clause.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Register();
      clause.values()[i].evalInto(f, values[i]);
      values[i].keep();
    }
    for (int i = 0; i < values.length; i++) {
      int column = clause.columns()[i];
      Register into = column < 0 ? target.places().rowid(f) : target.places().column(f, column);
      into.copyFrom(values[i]);
    }
    return updater.update(ctx, f);
  }
}
