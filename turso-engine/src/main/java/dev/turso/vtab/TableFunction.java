package dev.turso.vtab;

import dev.turso.function.StatementEnvironment;
import dev.turso.plan.logical.TableValuedFunction;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/** A table-valued function that can be run. One instance serves all statements and threads. */
public interface TableFunction extends TableValuedFunction {

  /**
   * The rows for some arguments.
   *
   * @param arguments one per hidden column, null where the call gives none; valid until the cursor is
   *     closed
   */
  RowCursor open(@Nullable Register[] arguments, StatementEnvironment environment);
}
