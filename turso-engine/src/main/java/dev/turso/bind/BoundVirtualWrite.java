package dev.turso.bind;

import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TableValuedFunction;
import dev.turso.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * INSERT, UPDATE or DELETE of a virtual table.
 *
 * @param table a stand-in with the columns that the module gives it
 * @param function what answers for the table
 * @param source one row per row to write: for UPDATE and DELETE its rowid first
 * @param values for each column of the table the source's column with its new value, -1 for NULL;
 *     empty for DELETE
 */
public record BoundVirtualWrite(
    Table table, TableValuedFunction function, Kind kind, LogicalPlan source, int[] values)
    implements BoundWrite {

  /** What is done with the rows. */
  public enum Kind {
    INSERT,
    UPDATE,
    DELETE
  }

  @Override
  public boolean targetIsView() {
    return false;
  }

  @Override
  public @Nullable Returning returning() {
    return null;
  }
}
