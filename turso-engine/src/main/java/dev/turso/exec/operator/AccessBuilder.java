package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ColumnOrigin;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.physical.AccessPath;
import dev.turso.plan.physical.PhysicalPlan;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the operators that read tables, and settles where their columns are. */
final class AccessBuilder {

  /** An operator and the sources its columns are read from. */
  record Built(Operator operator, int[] sources) {}

  private final ExecutableBuilder builder;
  private final Frame frame;

  AccessBuilder(ExecutableBuilder builder) {
    this.builder = builder;
    this.frame = builder.frame();
  }

  Operator count(PhysicalPlan.CountRows node) {
    int slot = frame.addSlot();
    builder.locations().placeSlot(node.output(), slot);
    Table table = node.scan().table();
    Index index = node.index() != null ? node.index() : table.primaryKeyIndex();
    return index != null
        ? new CountOperator(frame, null, new IndexPlace(index, frame.addRow()), slot)
        : new CountOperator(frame, new TablePlace(table, frame.addRow()), null, slot);
  }

  Built build(PhysicalPlan.TableAccess node) {
    LogicalPlan.Scan scan = node.scan();
    Table table = scan.table();
    if (node.path() instanceof AccessPath.IndexScan path) {
      return indexScan(node, path);
    }
    if (table.withoutRowid()) {
      Index key = ExecutableBuilder.requireNonNull(table.primaryKeyIndex());
      boolean backward = node.path() instanceof AccessPath.FullScan full && full.backward();
      return indexScan(node, new AccessPath.IndexScan(key, List.of(), null, null, backward, true));
    }
    TablePlace place = new TablePlace(table, frame.addRow());
    placeTable(scan, place.source);
    int[] sources = {place.source};
    return new Built(rowidOperator(node, place), sources);
  }

  private Operator rowidOperator(PhysicalPlan.TableAccess node, TablePlace place) {
    if (node.path() instanceof AccessPath.RowidEqual path) {
      Node key = builder.compile(path.value());
      return new RowidSeekOperator(frame, place, key, filter(node));
    }
    if (node.path() instanceof AccessPath.FullScan path) {
      return new TableScanOperator(frame, place, path.backward(), filter(node));
    }
    if (node.path() instanceof AccessPath.RowidRange path) {
      AccessPath.Bound low = path.lower();
      AccessPath.Bound high = path.upper();
      return new TableScanOperator(
          frame,
          place,
          low == null ? null : builder.compile(low.value()),
          low != null && low.exclusive(),
          high == null ? null : builder.compile(high.value()),
          high != null && high.exclusive(),
          path.backward(),
          filter(node));
    }
    if (node.path() instanceof AccessPath.RowidIn path) {
      ValueList values = values(path.values());
      return new RowidInOperator(frame, place, values, path.backward(), filter(node));
    }
    if (node.path() instanceof AccessPath.Union path) {
      return union(node, path, place);
    }
    throw new IllegalStateException("no operator for " + node.path());
  }

  private @Nullable Node filter(PhysicalPlan.TableAccess node) {
    return builder.conjunction(node.filter());
  }

  private ValueList values(AccessPath.InValues in) {
    if (in.list() != null) {
      return new ValueList(builder.compiler().compileAll(in.list()));
    }
    LogicalPlan query = ExecutableBuilder.requireNonNull(in.query());
    Operator operator = builder.build(builder.planner().subquery(query));
    return new ValueList(operator, builder.locations().get(query.columns().get(0)));
  }

  private Operator union(PhysicalPlan.TableAccess node, AccessPath.Union path, TablePlace place) {
    int n = path.branches().size();
    Operator[] branches = new Operator[n];
    int[] sources = new int[n];
    for (int i = 0; i < n; i++) {
      if (path.branches().get(i) instanceof AccessPath.IndexScan index) {
        IndexPlace indexPlace = new IndexPlace(index.index(), frame.addRow());
        sources[i] = indexPlace.source;
        branches[i] = indexOperator(index, indexPlace, null, null);
      } else {
        TablePlace own = new TablePlace(node.scan().table(), frame.addRow());
        sources[i] = own.source;
        branches[i] =
            rowidOperator(
                new PhysicalPlan.TableAccess(
                    node.scan(), path.branches().get(i), List.of(), List.of()),
                own);
      }
    }
    return new RowidUnionOperator(frame, branches, sources, place, filter(node));
  }

  private Built indexScan(PhysicalPlan.TableAccess node, AccessPath.IndexScan path) {
    LogicalPlan.Scan scan = node.scan();
    Table table = scan.table();
    Index index = path.index();
    IndexPlace place = new IndexPlace(index, frame.addRow());
    if (index.isTableKey()) {
      placeTable(scan, place.source);
      Operator operator = indexOperator(path, place, () -> filter(node), null);
      return new Built(operator, new int[] {place.source});
    }
    TableLookup lookup = null;
    int[] sources = {place.source};
    if (!path.covering()) {
      int tableSource = frame.addRow();
      placeTable(scan, tableSource);
      lookup = lookup(table, index, tableSource);
      sources = new int[] {place.source, tableSource};
    }
    placeIndex(scan, index, place.source);
    placeComputed(scan, index);
    Operator operator = indexOperator(path, place, () -> filter(node), lookup);
    return new Built(operator, sources);
  }

  private TableLookup lookup(Table table, Index index, int source) {
    if (!table.withoutRowid()) {
      return new TableLookup.ByRowid(frame, new TablePlace(table, source));
    }
    Index key = ExecutableBuilder.requireNonNull(table.primaryKeyIndex());
    int[] fields = new int[key.parts().size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = fieldOf(index, key.parts().get(i).column());
    }
    return new TableLookup.ByKey(frame, new IndexPlace(key, source), fields);
  }

  private static int fieldOf(Index index, int column) {
    List<IndexPart> parts = index.storedParts();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).column() == column && !parts.get(i).isExpression()) {
        return i;
      }
    }
    return -1;
  }

  /** Makes a node when the columns it refers to have been placed. */
  private interface LateNode {
    @Nullable Node compile();
  }

  private Operator indexOperator(
      AccessPath.IndexScan path,
      IndexPlace place,
      @Nullable LateNode filter,
      @Nullable TableLookup lookup) {
    int n = path.equal().size();
    IndexKey[] keys = new IndexKey[n];
    for (int i = 0; i < n; i++) {
      AccessPath.Equal equal = path.equal().get(i);
      keys[i] =
          new IndexKey(
              builder.nullable(equal.value()),
              equal.in() == null ? null : values(equal.in()),
              equal.affinity(),
              equal.collation(),
              equal.nullMatches());
    }
    IndexBound lower = bound(path.lower());
    IndexBound upper = bound(path.upper());
    if (lower == null && upper != null) {
      lower = IndexBound.AFTER_NULLS;
    }
    boolean descending =
        n < path.index().storedParts().size() && path.index().storedParts().get(n).descending();
    boolean startsLow = descending == path.backward();
    return new IndexScanOperator(
        frame,
        place,
        keys,
        startsLow ? lower : upper,
        startsLow ? upper : lower,
        path.backward(),
        filter == null ? null : filter.compile(),
        lookup);
  }

  private @Nullable IndexBound bound(AccessPath.@Nullable Bound bound) {
    return bound == null
        ? null
        : new IndexBound(builder.compile(bound.value()), bound.exclusive(), bound.affinity());
  }

  /** Places the columns of a scan in the records of the table's own tree. */
  private void placeTable(LogicalPlan.Scan scan, int source) {
    Table table = scan.table();
    for (BoundColumn each : scan.columns()) {
      ColumnOrigin origin = each.origin();
      if (origin == null) {
        continue;
      }
      int column = origin.column();
      if (origin.isRowid() || column == table.rowidAlias()) {
        builder.locations().placeRowid(each, source);
      } else if (table.storedPosition(column) >= 0) {
        placeStored(each, table, column, source);
      }
    }
    placeComputed(scan, null);
  }

  private void placeStored(BoundColumn bound, Table table, int column, int source) {
    int field = table.storedPosition(column);
    boolean real = table.columns().get(column).affinity() == Affinity.REAL;
    Value missing = builder.planner().defaultOf(table, column);
    if (!missing.isNull()) {
      builder.locations().placeField(bound, source, field, real, missing);
    } else if (real) {
      builder.locations().placeRealField(bound, source, field);
    } else {
      builder.locations().placeField(bound, source, field);
    }
  }

  /** Places what an index entry holds at the index instead of the table. */
  private void placeIndex(LogicalPlan.Scan scan, Index index, int source) {
    Table table = scan.table();
    for (BoundColumn each : scan.columns()) {
      ColumnOrigin origin = each.origin();
      if (origin == null) {
        continue;
      }
      int column = origin.column();
      if (origin.isRowid() || column == table.rowidAlias()) {
        builder.locations().placeRowid(each, source);
        continue;
      }
      int field = fieldOf(index, column);
      if (field >= 0 && table.columns().get(column).affinity() == Affinity.REAL) {
        builder.locations().placeRealField(each, source, field);
      } else if (field >= 0) {
        builder.locations().placeField(each, source, field);
      }
    }
  }

  /** Places virtual columns that no index entry holds. */
  private void placeComputed(LogicalPlan.Scan scan, @Nullable Index index) {
    List<LogicalPlan.Computed> open = new ArrayList<>();
    for (LogicalPlan.Computed each : scan.computed()) {
      ColumnOrigin origin = each.column().origin();
      if (index == null || origin == null || fieldOf(index, origin.column()) < 0) {
        open.add(each);
      }
    }
    boolean progress = true;
    while (progress) {
      progress = false;
      for (int i = 0; i < open.size(); i++) {
        if (canCompile(open.get(i).expression())) {
          LogicalPlan.Computed each = open.remove(i--);
          builder.locations().place(each.column(), builder.compile(each.expression()));
          progress = true;
        }
      }
    }
  }

  private boolean canCompile(BoundExpression expression) {
    for (BoundColumn each : FreeColumns.of(expression)) {
      if (!builder.locations().has(each)) {
        return false;
      }
    }
    return true;
  }
}
