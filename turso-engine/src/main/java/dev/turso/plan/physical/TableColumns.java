package dev.turso.plan.physical;

import dev.turso.bind.TableExpressions;
import dev.turso.bind.TableRow;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ColumnOrigin;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SortKey;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.KeyPart;
import dev.turso.schema.Table;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of one scan as its indexes see them. */
final class TableColumns {

  private final LogicalPlan.Scan scan;
  private final Table table;
  private final BitSet used;
  private final TableKnowledge knowledge;
  private final @Nullable BoundColumn[] byPosition;
  private final @Nullable BoundColumn rowid;
  private @Nullable Substitution substitution;
  private @Nullable TableExpressions expressions;

  TableColumns(LogicalPlan.Scan scan, BitSet used, TableKnowledge knowledge) {
    this.scan = scan;
    this.table = scan.table();
    this.used = used;
    this.knowledge = knowledge;
    this.byPosition = new BoundColumn[table.columns().size()];
    BoundColumn found = null;
    for (BoundColumn each : scan.columns()) {
      ColumnOrigin origin = each.origin();
      if (origin != null && origin.isRowid()) {
        found = each;
      } else if (origin != null) {
        byPosition[origin.column()] = each;
      }
    }
    for (LogicalPlan.Computed each : scan.computed()) {
      ColumnOrigin origin = each.column().origin();
      if (origin != null && !origin.isRowid()) {
        byPosition[origin.column()] = each.column();
      }
    }
    this.rowid = table.rowidAlias() >= 0 ? byPosition[table.rowidAlias()] : found;
  }

  @Nullable BoundColumn rowid() {
    return rowid;
  }

  List<SortKey> rowidOrder() {
    return rowid == null ? List.of() : List.of(ascending(rowid, Collation.BINARY, false));
  }

  /** The order of the rows of a WITHOUT ROWID table. */
  List<SortKey> keyOrder() {
    List<SortKey> order = new ArrayList<>();
    for (KeyPart each : table.primaryKey()) {
      BoundColumn column = byPosition[each.column()];
      if (column == null) {
        break;
      }
      order.add(ascending(column, each.collation(), each.descending()));
    }
    return order;
  }

  private static SortKey ascending(BoundColumn column, Collation collation, boolean descending) {
    return new SortKey(
        new BoundExpression.ColumnReference(column), descending, !descending, collation);
  }

  /** The stored parts of an index as expressions over the scan's columns. */
  List<BoundExpression> parts(int index) {
    Index of = table.indexes().get(index);
    List<BoundExpression> all = new ArrayList<>();
    for (int i = 0; i < of.storedParts().size(); i++) {
      IndexPart part = of.storedParts().get(i);
      BoundColumn column =
          part.isExpression() ? null : part.isRowid() ? rowid : byPosition[part.column()];
      if (column != null) {
        all.add(new BoundExpression.ColumnReference(column));
      } else if (part.isExpression()) {
        all.add(here(expressions().indexes().get(index).parts().get(i)));
      } else {
        break;
      }
    }
    return all;
  }

  /** The condition of a partial index over the scan's columns, or null. */
  @Nullable BoundExpression predicate(int index) {
    if (table.indexes().get(index).predicate() == null) {
      return null;
    }
    BoundExpression predicate = expressions().indexes().get(index).predicate();
    return predicate == null ? null : here(predicate);
  }

  private TableExpressions expressions() {
    if (expressions == null) {
      expressions = knowledge.of(table);
    }
    return expressions;
  }

  private BoundExpression here(BoundExpression expression) {
    if (substitution == null) {
      Map<BoundColumn, BoundExpression> definitions = new HashMap<>();
      TableRow row = expressions().row();
      for (int i = 0; i < byPosition.length; i++) {
        BoundColumn column = byPosition[i];
        if (column != null) {
          definitions.put(row.columns().get(i), new BoundExpression.ColumnReference(column));
        }
      }
      BoundColumn rowRowid = row.rowid();
      if (rowRowid != null && rowid != null) {
        definitions.put(rowRowid, new BoundExpression.ColumnReference(rowid));
      }
      substitution = new Substitution(definitions);
    }
    return substitution.rewrite(expression);
  }

  /** Whether the entries of an index hold every column that is used. */
  boolean covered(Index index) {
    for (int i = 0; i < byPosition.length; i++) {
      BoundColumn column = byPosition[i];
      if (column != null && used.get(column.id()) && !holds(index, i)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(Index index, int column) {
    if (column == table.rowidAlias()) {
      return true;
    }
    for (IndexPart each : index.storedParts()) {
      if (each.column() == column && !each.isExpression()) {
        return true;
      }
    }
    return false;
  }

  /** The columns that are used, in table order. */
  List<BoundColumn> used() {
    List<BoundColumn> all = new ArrayList<>();
    for (BoundColumn each : scan.columns()) {
      if (used.get(each.id())) {
        all.add(each);
      }
    }
    return all;
  }
}
