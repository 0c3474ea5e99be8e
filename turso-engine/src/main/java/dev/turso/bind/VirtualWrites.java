package dev.turso.bind;

import dev.turso.bind.BoundVirtualWrite.Kind;
import dev.turso.bind.WriteTargetBinder.Target;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.sql.ast.ConflictAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What writes to virtual tables are bound to, and what they may not say. */
final class VirtualWrites {

  private final BindContext context;
  private final Table table;

  private VirtualWrites(BindContext context, Table table) {
    this.context = context;
    this.table = table;
  }

  /** The writes of a target, or null if it is no virtual table. */
  static @Nullable VirtualWrites of(BindContext context, Target target) {
    return target.table().kind() == TableKind.VIRTUAL
        ? new VirtualWrites(context, target.table())
        : null;
  }

  /**
   * An INSERT.
   *
   * @param columnSources which source column each column gets, or -1
   * @param rowidSource the one that the rowid gets, or -1
   */
  BoundVirtualWrite insert(LogicalPlan source, int[] columnSources, int rowidSource) {
    if (rowidSource >= 0) {
      throw new SqlException("the rowids of virtual table " + table.name() + " are its own");
    }
    return write(Kind.INSERT, source, columnSources);
  }

  /**
   * An UPDATE.
   *
   * @param source the rowid, then the values of all columns, then the new ones
   * @param assigned whose new values those are
   */
  BoundVirtualWrite update(LogicalPlan source, int[] assigned) {
    int[] values = new int[table.columns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 1;
    }
    for (int i = 0; i < assigned.length; i++) {
      if (assigned[i] < 0) {
        throw new SqlException("the rowids of virtual table " + table.name() + " are its own");
      }
      values[assigned[i]] = 1 + values.length + i;
    }
    return write(Kind.UPDATE, source, values);
  }

  /** A DELETE. */
  BoundVirtualWrite delete(LogicalPlan source) {
    return write(Kind.DELETE, source, new int[0]);
  }

  private BoundVirtualWrite write(Kind kind, LogicalPlan source, int[] values) {
    return new BoundVirtualWrite(table, TableBinder.moduleOf(context, table), kind, source, values);
  }

  /** Refuses what a virtual table does not know. */
  VirtualWrites plain(@Nullable ConflictAction conflict, List<?> returning, List<?> upserts) {
    if (!upserts.isEmpty()) {
      throw new SqlException("UPSERT not implemented for virtual table \"" + table.name() + "\"");
    }
    if (!returning.isEmpty()) {
      throw SqlException.unsupported("RETURNING of a virtual table");
    }
    if (conflict != null && conflict != ConflictAction.ABORT) {
      throw SqlException.unsupported("OR " + conflict + " with a virtual table");
    }
    return this;
  }
}
