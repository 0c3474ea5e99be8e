package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Index;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to find rows of one table. */
public sealed interface AccessPath {

  /** Every row, in the order of the rowids, or of the key of a WITHOUT ROWID table. */
  record FullScan(boolean backward) implements AccessPath {}

  /** The row with a rowid. */
  record RowidEqual(BoundExpression value) implements AccessPath {}

  /** The rows with the rowids of an IN. */
  record RowidIn(InValues values, boolean backward) implements AccessPath {}

  /** The rows between two rowids. */
  record RowidRange(@Nullable Bound lower, @Nullable Bound upper, boolean backward)
      implements AccessPath {}

  /**
   * Entries of an index.
   *
   * @param equal one per leading column of the index
   * @param lower in the order of values, whatever the direction of the index column
   * @param covering whether the entries hold all that is asked for
   */
  record IndexScan(
      Index index,
      List<Equal> equal,
      @Nullable Bound lower,
      @Nullable Bound upper,
      boolean backward,
      boolean covering)
      implements AccessPath {}

  /** The rows that any of several paths finds. */
  record Union(List<AccessPath> branches) implements AccessPath {}

  /** An end of a range; {@code affinity} is applied to the value first. */
  record Bound(BoundExpression value, boolean exclusive, Affinity affinity) {}

  /**
   * A leading column of an index held equal to a value, or to each value of an IN.
   *
   * @param value null for an IN
   * @param in null for a single value
   * @param nullMatches whether a NULL finds the NULLs: IS
   */
  record Equal(
      @Nullable BoundExpression value,
      @Nullable InValues in,
      Affinity affinity,
      Collation collation,
      boolean nullMatches) {}

  /**
   * The right side of an IN.
   *
   * @param list null for a subquery
   * @param query null for a list
   */
  record InValues(@Nullable List<BoundExpression> list, @Nullable LogicalPlan query) {}
}
