package dev.turso.bind;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.sql.ast.ConflictAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INSERT.
 *
 * @param conflict what OR says, or null
 * @param source the rows; one row without columns for DEFAULT VALUES
 * @param columnSources for each column of the table: the index of the source column that fills it, or
 *     -1 for its default
 * @param rowidSource the index of the source column that is the rowid, or -1; where the table has an
 *     INTEGER PRIMARY KEY this is what fills it
 * @param upserts the ON CONFLICT clauses in their order
 */
public record BoundInsert(
    Table table,
    boolean targetIsView,
    TableExpressions expressions,
    @Nullable ConflictAction conflict,
    LogicalPlan source,
    int[] columnSources,
    int rowidSource,
    List<BoundUpsert> upserts,
    @Nullable Returning returning)
    implements BoundWrite {

  /**
   * One ON CONFLICT clause.
   *
   * @param anyConflict whether it has no target and so catches every uniqueness conflict
   * @param onRowid whether the target is the rowid (INTEGER PRIMARY KEY)
   * @param index the unique index that is the target, or null
   * @param existing the row in the way, as the expressions see it
   * @param excluded the row that was not inserted
   * @param assignments empty for DO NOTHING
   * @param where the row in the way is left alone where this is not true
   */
  public record BoundUpsert(
      boolean anyConflict,
      boolean onRowid,
      @Nullable Index index,
      TableRow existing,
      TableRow excluded,
      List<BoundAssignment> assignments,
      @Nullable BoundExpression where) {

    public boolean doNothing() {
      return assignments.isEmpty();
    }
  }

  /**
   * {@code column = value}.
   *
   * @param column index in the table's columns, or -1 for the rowid of a table without another name
   *     for it
   */
  public record BoundAssignment(int column, BoundExpression value) {}
}
