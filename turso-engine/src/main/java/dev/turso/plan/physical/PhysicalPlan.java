package dev.turso.plan.physical;

import dev.turso.plan.logical.AggregateCall;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SetOperator;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.logical.WindowCall;
import dev.turso.schema.Index;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relation as a tree of steps that can be run. Columns are known by identity: what a node computes
 * or keeps is named, what merely passes through is not.
 */
public sealed interface PhysicalPlan {

  /** One row without columns. */
  record SingleRow() implements PhysicalPlan {}

  /** Rows written out. */
  record ValueRows(List<List<BoundExpression>> rows, List<BoundColumn> columns)
      implements PhysicalPlan {}

  /**
   * Rows of one table by an access path.
   *
   * @param filter what each row must fulfil beyond the path
   * @param used the columns that anything refers to
   */
  record TableAccess(
      LogicalPlan.Scan scan, AccessPath path, List<BoundExpression> filter, List<BoundColumn> used)
      implements PhysicalPlan {}

  /**
   * Rows of a table-valued function.
   *
   * @param filter what each row must fulfil
   */
  record FunctionScan(LogicalPlan.TableFunction call, List<BoundExpression> filter)
      implements PhysicalPlan {}

  /** The number of rows of a table, from its pages. */
  record CountRows(LogicalPlan.Scan scan, @Nullable Index index, BoundColumn output)
      implements PhysicalPlan {}

  /** The input, or no row at all where the conditions, which do not depend on it, are not true. */
  record Gate(PhysicalPlan input, List<BoundExpression> conditions) implements PhysicalPlan {}

  /** The rows for which all conditions are true. */
  record Filter(PhysicalPlan input, List<BoundExpression> conditions) implements PhysicalPlan {}

  /** Computed columns beside or instead of the input's. */
  record Project(PhysicalPlan input, List<BoundExpression> expressions, List<BoundColumn> columns)
      implements PhysicalPlan {}

  /**
   * A join that runs its inner input once per outer row; the input may refer to outer columns.
   *
   * @param innerColumns the columns that are NULL where a LEFT join finds no partner
   */
  record NestedLoop(
      PhysicalPlan outer,
      PhysicalPlan inner,
      LogicalJoinKind kind,
      List<BoundExpression> conditions,
      List<BoundColumn> innerColumns)
      implements PhysicalPlan {}

  /**
   * A join that keeps its inner input in a hash table; without keys in a plain list.
   *
   * @param outerColumns the columns that are NULL for inner rows without partner
   * @param innerColumns the columns of the inner input that are kept
   * @param innerConstant whether the inner input is the same at every opening
   */
  record HashJoin(
      PhysicalPlan outer,
      PhysicalPlan inner,
      LogicalJoinKind kind,
      List<Key> keys,
      List<BoundExpression> conditions,
      List<BoundColumn> outerColumns,
      List<BoundColumn> innerColumns,
      boolean innerConstant)
      implements PhysicalPlan {

    /** Two expressions that must be equal. */
    public record Key(
        BoundExpression outer,
        BoundExpression inner,
        Affinity affinity,
        Collation collation,
        boolean nullsEqual) {}
  }

  /**
   * All rows in order.
   *
   * @param stored the columns kept
   */
  record Sort(PhysicalPlan input, List<SortKey> keys, List<BoundColumn> stored)
      implements PhysicalPlan {}

  /** The first rows in order. */
  record Top(Sort sort, BoundExpression limit, @Nullable BoundExpression offset)
      implements PhysicalPlan {}

  /**
   * Groups.
   *
   * @param grouped whether the rows of each group come together
   * @param enough index of the min or max after whose first value no more rows are needed, or -1
   */
  record Aggregate(
      PhysicalPlan input,
      List<LogicalPlan.GroupKey> keys,
      List<AggregateCall> calls,
      List<LogicalPlan.BareColumn> bare,
      int bareFollows,
      boolean grouped,
      int enough)
      implements PhysicalPlan {}

  /** Each row the first time it comes. */
  record Distinct(PhysicalPlan input, List<BoundColumn> columns) implements PhysicalPlan {}

  /** Some of the first rows. */
  record Limit(PhysicalPlan input, BoundExpression limit, @Nullable BoundExpression offset)
      implements PhysicalPlan {}

  /**
   * UNION ALL.
   *
   * @param inputColumns of each input, the columns that become {@code columns}
   */
  record Concatenation(
      List<PhysicalPlan> inputs, List<List<BoundColumn>> inputColumns, List<BoundColumn> columns)
      implements PhysicalPlan {}

  /** UNION, INTERSECT or EXCEPT. */
  record SetOperation(
      SetOperator operator,
      PhysicalPlan left,
      List<BoundColumn> leftColumns,
      PhysicalPlan right,
      List<BoundColumn> rightColumns,
      List<BoundColumn> columns)
      implements PhysicalPlan {}

  /**
   * Window functions.
   *
   * @param stored the columns of the input that are kept
   */
  record Window(
      PhysicalPlan input,
      List<SortKey> partitionBy,
      List<SortKey> orderBy,
      List<WindowCall> calls,
      List<BoundColumn> stored)
      implements PhysicalPlan {}

  /** A recursive common table. */
  record Recursive(LogicalPlan.Recursive query, PhysicalPlan seed, PhysicalPlan step)
      implements PhysicalPlan {}

  /** The row of the recursive table whose turn it is. */
  record RecursiveReference(LogicalPlan.RecursiveReference reference) implements PhysicalPlan {}

  /**
   * A common table that is computed once.
   *
   * @param constant whether it depends on no outer column
   */
  record Materialize(LogicalPlan.Materialize query, PhysicalPlan input, boolean constant)
      implements PhysicalPlan {}
}
