package dev.turso.bind;

import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * DELETE.
 *
 * @param source one row per row to delete, with what finds it as in {@link BoundUpdate}
 * @param everything whether there is no condition, so that the table may be emptied at once
 */
public record BoundDelete(
    Table table,
    boolean targetIsView,
    TableExpressions expressions,
    LogicalPlan source,
    boolean everything,
    @Nullable Returning returning)
    implements BoundWrite {}
