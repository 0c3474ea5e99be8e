package dev.turso.bind;

import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Table;
import dev.turso.sql.ast.ConflictAction;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE.
 *
 * <p>The source gives one row per row to change: first what finds it, then the new values. What finds
 * it is the rowid; the columns of the primary key in {@code table.primaryKey()} order for a WITHOUT
 * ROWID table; all columns for a view. With FROM a row may come more than once: only the first time
 * counts.
 *
 * @param conflict what OR says, or null
 * @param keyColumns how many source columns find the row
 * @param assigned the table's columns that get values, in the order of the source columns after the
 *     key; -1 is the rowid of a table without another name for it
 */
public record BoundUpdate(
    Table table,
    boolean targetIsView,
    TableExpressions expressions,
    @Nullable ConflictAction conflict,
    LogicalPlan source,
    int keyColumns,
    int[] assigned,
    @Nullable Returning returning)
    implements BoundWrite {}
