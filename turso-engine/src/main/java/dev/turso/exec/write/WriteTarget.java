package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.schema.Table;
import dev.turso.sql.ast.ConflictAction;
import org.jspecify.annotations.Nullable;

/**
 * The table of a writing statement, with everything compiled that a row of it needs.
 *
 * @param writer null for a view
 * @param oldRow the columns of OLD and last its rowid (NULL where there is none)
 * @param newRow the same of NEW
 * @param uniques in the order of checking
 * @param statementAction what OR said, or null
 * @param foreignKeys those that the statement's own changes concern
 * @param deleteKeys those that the deletion of a row concerns
 */
record WriteTarget(
    Table table,
    RowPlaces places,
    @Nullable TableWriter writer,
    Node[] oldRow,
    Node[] newRow,
    RowChecks checks,
    UniqueCheck[] uniques,
    @Nullable ConflictAction statementAction,
    TriggerRunner insertTriggers,
    TriggerRunner updateTriggers,
    TriggerRunner deleteTriggers,
    ForeignKeyRunner foreignKeys,
    ForeignKeyRunner deleteKeys) {

  static final Node[] NO_ROW = {};

  /**
   * Opens the writer for one execution.
   *
   * @param manyRows whether the statement may write more than one row
   */
  void open(WriteContext ctx, Frame f, boolean manyRows) {
    if (ctx.foreignKeys && !ctx.dropping) {
      foreignKeys.verify(manyRows || ctx.triggerDepth > 0);
    }
    if (writer != null) {
      writer.open(ctx, f);
    }
  }

  /** Whether the write of a row may reach further than the row: triggers, keys, replaced rows. */
  boolean reaches(WriteContext ctx) {
    boolean keys = foreignKeys != ForeignKeyRunner.NONE || deleteKeys != ForeignKeyRunner.NONE;
    if (keys && ctx.foreignKeys
        || insertTriggers != TriggerRunner.NONE
        || updateTriggers != TriggerRunner.NONE
        || deleteTriggers != TriggerRunner.NONE) {
      return true;
    }
    for (UniqueCheck each : uniques) {
      if (each.action() == ConflictAction.REPLACE) {
        return true;
      }
    }
    return false;
  }

  /** Whether rows are recorded, so that views may be maintained between two of them. */
  boolean isRecorded() {
    return writer != null && writer.isRecorded();
  }

  /** The writer of a table; a view has none and never gets here. */
  TableWriter rows() {
    TableWriter w = writer;
    if (w == null) {
      throw new IllegalStateException("a view has no rows of its own");
    }
    return w;
  }
}
