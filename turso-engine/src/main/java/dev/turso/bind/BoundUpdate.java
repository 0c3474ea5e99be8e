package dev.turso.bind;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Table;
import dev.turso.sql.ast.ConflictAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE.
 *
 * <p>The source gives one row per row to change: first what finds it, and for a view or with FROM
 * then the new values. What finds it is the rowid; the columns of the primary key in {@code
 * table.primaryKey()} order for a WITHOUT ROWID table; all columns for a view. With FROM a table's
 * row may come more than once, and only the last time counts; rows are changed in the order of their
 * keys.
 *
 * <p>Without FROM the new values of a table's row are computed when its turn comes, over the row as
 * it then is: an earlier row's change and its triggers are seen.
 *
 * @param conflict what OR says, or null
 * @param keyColumns how many source columns find the row
 * @param assigned the table's columns that get values, in the order of the source columns after the
 *     key; -1 is the rowid of a table without another name for it
 * @param existing the row that {@code values} are computed over, or null if the source has them
 * @param values what the assigned columns get, in their order; empty if the source has them
 * @param freeColumn the first id that no column of the statement has
 */
public record BoundUpdate(
    Table table,
    boolean targetIsView,
    TableExpressions expressions,
    @Nullable ConflictAction conflict,
    LogicalPlan source,
    int keyColumns,
    int[] assigned,
    @Nullable TableRow existing,
    List<BoundExpression> values,
    int freeColumn,
    @Nullable Returning returning)
    implements BoundWrite {

  /** The source with the values that are computed later, as a plan to be shown, not run. */
  public LogicalPlan withValues() {
    if (values.isEmpty()) {
      return source;
    }
    List<BoundColumn> columns = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      columns.add(
          new BoundColumn(freeColumn + i, "", values.get(i).affinity(), null, true, null, null));
    }
    return new LogicalPlan.Project(source, values, columns);
  }
}
