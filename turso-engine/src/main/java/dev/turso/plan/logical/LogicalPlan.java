package dev.turso.plan.logical;

import dev.turso.schema.Table;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relation, as an immutable tree of operators.
 *
 * <p>{@link #columns()} is what a node puts out; expressions of its parent may refer to nothing else
 * below it. Order of rows: {@code Sort} makes one, and {@code Filter, Project, Limit, Distinct,
 * Window} keep it; no other node promises any.
 */
public sealed interface LogicalPlan {

  /** The output, in order. */
  List<BoundColumn> columns();

  /** Calls the method of {@code visitor} for this kind of node. */
  <R> R accept(PlanVisitor<R> visitor);

  /**
   * The rows of a table.
   *
   * @param columns the table's columns that are asked for, in table order, and last the rowid where
   *     the table has one without a name of its own; {@link BoundColumn#origin()} tells which is
   *     which. Not pruned by the binder
   * @param computed what the virtual generated columns among {@code columns} are computed from
   * @param alias how the statement calls the table
   */
  record Scan(
      Table table,
      List<BoundColumn> columns,
      List<Computed> computed,
      String alias,
      IndexChoice indexChoice)
      implements LogicalPlan {
    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.scan(this);
    }
  }

  /** A virtual generated column of a scan and its expression over the scan's other columns. */
  record Computed(BoundColumn column, BoundExpression expression) {}

  /**
   * What INDEXED BY or NOT INDEXED demands.
   *
   * @param index the one index that may be used, or null
   * @param forbidden whether no index may be used
   * @param rows whether the rows of the table themselves are wanted, so that an index is good for
   *     finding some of them but not for walking through all
   */
  record IndexChoice(@Nullable String index, boolean forbidden, boolean rows) {

    /** Any index, or none. */
    public static final IndexChoice FREE = new IndexChoice(null, false, false);

    /** The same choice for a table whose rows are about to be changed. */
    public IndexChoice forRows() {
      return new IndexChoice(index, forbidden, true);
    }

    /** Whether nothing was demanded. */
    public boolean isFree() {
      return index == null && !forbidden;
    }
  }

  /**
   * The rows of a table-valued function or a virtual table.
   *
   * @param arguments one per hidden column, null where none was given; they may refer to columns of
   *     inputs further left in the same FROM clause
   * @param columns all its columns, the hidden ones among them, and last its rowid
   */
  record TableFunction(
      TableValuedFunction function,
      List<@Nullable BoundExpression> arguments,
      List<BoundColumn> columns,
      String alias)
      implements LogicalPlan {
    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.tableFunction(this);
    }
  }

  /** Rows written out, each with one expression per column. */
  record Values(List<List<BoundExpression>> rows, List<BoundColumn> columns)
      implements LogicalPlan {
    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.values(this);
    }
  }

  /** One row without columns: a query without FROM. */
  record SingleRow() implements LogicalPlan {
    @Override
    public List<BoundColumn> columns() {
      return List.of();
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.singleRow(this);
    }
  }

  /** The rows for which the predicate is true. */
  record Filter(LogicalPlan input, BoundExpression predicate) implements LogicalPlan {
    @Override
    public List<BoundColumn> columns() {
      return input.columns();
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.filter(this);
    }
  }

  /** Each row replaced by the values of expressions; {@code columns} are new ones. */
  record Project(LogicalPlan input, List<BoundExpression> expressions, List<BoundColumn> columns)
      implements LogicalPlan {
    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.project(this);
    }
  }

  /**
   * Two inputs side by side.
   *
   * @param condition null for true; it may refer to both inputs
   */
  record Join(
      LogicalPlan left,
      LogicalPlan right,
      LogicalJoinKind kind,
      @Nullable BoundExpression condition)
      implements LogicalPlan {
    @Override
    public List<BoundColumn> columns() {
      if (kind.isFilter()) {
        return left.columns();
      }
      List<BoundColumn> both = new ArrayList<>(left.columns());
      both.addAll(right.columns());
      return both;
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.join(this);
    }
  }

  /**
   * One row per group; without keys one row always.
   *
   * @param bare columns used beside the aggregates though they are no keys
   * @param bareFollows index of the one min or max in {@code calls} whose row the bare columns are
   *     taken from, or -1: the first row of the group
   */
  record Aggregate(
      LogicalPlan input,
      List<GroupKey> keys,
      List<AggregateCall> calls,
      List<BareColumn> bare,
      int bareFollows)
      implements LogicalPlan {
    @Override
    public List<BoundColumn> columns() {
      List<BoundColumn> all = new ArrayList<>();
      for (GroupKey each : keys) {
        all.add(each.output());
      }
      for (AggregateCall each : calls) {
        all.add(each.output());
      }
      for (BareColumn each : bare) {
        all.add(each.output());
      }
      return all;
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.aggregate(this);
    }
  }

  /** Rows belong to one group where this expression is equal under this collation. */
  record GroupKey(BoundExpression expression, BoundColumn output, Collation collation) {}

  /** A column of one row of the group; NULL where an aggregate without keys saw no row. */
  record BareColumn(BoundColumn source, BoundColumn output) {}

  /**
   * The first of the rows that agree in some columns, compared under the collations of these.
   *
   * @param on the columns that decide; the others come along (a sort key that is not selected)
   */
  record Distinct(LogicalPlan input, List<BoundColumn> on) implements LogicalPlan {
    @Override
    public List<BoundColumn> columns() {
      return input.columns();
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.distinct(this);
    }
  }

  /** The rows in order; stable. */
  record Sort(LogicalPlan input, List<SortKey> keys) implements LogicalPlan {
    @Override
    public List<BoundColumn> columns() {
      return input.columns();
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.sort(this);
    }
  }

  /**
   * At most {@code limit} rows after the first {@code offset}. Both are evaluated once; a negative
   * limit is none, a value that is no integer a MISMATCH.
   */
  record Limit(LogicalPlan input, BoundExpression limit, @Nullable BoundExpression offset)
      implements LogicalPlan {
    @Override
    public List<BoundColumn> columns() {
      return input.columns();
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.limit(this);
    }
  }

  /**
   * A compound query; rows are matched by position under the collations of {@code columns}.
   *
   * @param columns new ones, as many as each side has
   */
  record SetOperation(
      SetOperator operator, LogicalPlan left, LogicalPlan right, List<BoundColumn> columns)
      implements LogicalPlan {
    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.setOperation(this);
    }
  }

  /** The input's columns and the results of window functions over one partition and order. */
  record Window(
      LogicalPlan input, List<SortKey> partitionBy, List<SortKey> orderBy, List<WindowCall> calls)
      implements LogicalPlan {
    @Override
    public List<BoundColumn> columns() {
      List<BoundColumn> all = new ArrayList<>(input.columns());
      for (WindowCall each : calls) {
        all.add(each.output());
      }
      return all;
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.window(this);
    }
  }

  /**
   * A recursive common table: the rows of {@code seed} enter a queue; each row taken from it is put
   * out, and the rows that {@code step} makes of that one row enter the queue.
   *
   * @param id what the {@link RecursiveReference}s in {@code step} name
   * @param distinct whether a row that was in the queue before does not enter again (UNION)
   * @param orderBy over {@code columns}: which row is taken next; empty for first in, first out
   * @param columns new ones, filled by position from seed and step
   */
  record Recursive(
      int id,
      LogicalPlan seed,
      LogicalPlan step,
      boolean distinct,
      List<SortKey> orderBy,
      @Nullable BoundExpression limit,
      @Nullable BoundExpression offset,
      List<BoundColumn> columns)
      implements LogicalPlan {
    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.recursive(this);
    }
  }

  /** Within a step: the one row taken from the queue. */
  record RecursiveReference(int id, String name, List<BoundColumn> columns) implements LogicalPlan {
    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.recursiveReference(this);
    }
  }

  /**
   * A common table computed once and read by every node of the same id. The input is the same object
   * in all of them.
   *
   * @param columns new ones at each use, filled by position from the input
   */
  record Materialize(int id, String name, LogicalPlan input, List<BoundColumn> columns)
      implements LogicalPlan {
    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
      return visitor.materialize(this);
    }
  }
}
