package dev.turso.exec.write;

import dev.turso.bind.TableExpressions;
import dev.turso.bind.TableRow;
import dev.turso.exec.expression.ExpressionCompiler;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Locations;
import dev.turso.exec.expression.Node;
import dev.turso.function.CallPurpose;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.schema.Column;
import dev.turso.schema.Table;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.value.Affinity;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives NEW and OLD of a table their places in a frame, and compiles the table's expressions over
 * both.
 */
final class TargetCompiler {

  private final Table table;
  private final boolean view;
  private final TableExpressions expressions;
  private final Locations newLocations;
  private final Locations oldLocations = new Locations();
  private final RowPlaces places;
  private final PhysicalPlanner planner;
  private final int oldSource;
  private final int viewBase;
  private final ExpressionCompiler newCompiler;
  private final ExpressionCompiler oldCompiler;
  private final ExpressionCompiler newIndexCompiler;

  /**
   * @param locations where the statement's columns are; NEW's are added
   */
  TargetCompiler(
      Table table,
      boolean view,
      TableExpressions expressions,
      Frame frame,
      Locations locations,
      PhysicalPlanner planner) {
    this.table = table;
    this.planner = planner;
    this.view = view;
    this.expressions = expressions;
    this.newLocations = locations;
    this.places = newPlaces(frame, table);
    this.newCompiler = new ExpressionCompiler(locations, null, CallPurpose.CHECK_CONSTRAINT);
    this.newIndexCompiler = new ExpressionCompiler(locations, null, CallPurpose.INDEX);
    this.oldCompiler = new ExpressionCompiler(oldLocations, null, CallPurpose.INDEX);
    placeRow(expressions.row(), newLocations, places);
    this.oldSource = view ? -1 : frame.addRow();
    this.viewBase = view ? newPlaces(frame, table).base() : -1;
    placeOld(expressions.row());
  }

  static RowPlaces newPlaces(Frame frame, Table table) {
    int n = table.columns().size();
    int base = frame.addSlot();
    for (int i = 0; i < n; i++) {
      frame.addSlot();
    }
    return new RowPlaces(base, n);
  }

  /** Places the columns of a row in registers. */
  static void placeRow(TableRow row, Locations locations, RowPlaces places) {
    for (int i = 0; i < row.columns().size(); i++) {
      locations.placeSlot(row.columns().get(i), places.base() + i);
    }
    BoundColumn rowid = row.rowid();
    if (rowid != null && row.table().rowidAlias() < 0) {
      locations.placeSlot(rowid, places.rowidSlot());
    }
  }

  private void placeOld(TableRow row) {
    if (view) {
      placeRow(row, oldLocations, new RowPlaces(viewBase, table.columns().size()));
      return;
    }
    BoundColumn rowid = row.rowid();
    if (rowid != null && table.rowidAlias() < 0) {
      oldLocations.placeRowid(rowid, oldSource);
    }
    for (int i = 0; i < table.columns().size(); i++) {
      if (!table.columns().get(i).isVirtual()) {
        placeOldField(row.columns().get(i), i);
      }
    }
    for (int each : expressions.generationOrder()) {
      BoundExpression generated = expressions.generated().get(each);
      if (table.columns().get(each).isVirtual() && generated != null) {
        oldLocations.place(row.columns().get(each), oldCompiler.compile(generated));
      }
    }
  }

  private void placeOldField(BoundColumn bound, int column) {
    int field = table.storedPosition(column);
    if (column == table.rowidAlias()) {
      oldLocations.placeRowid(bound, oldSource);
      return;
    }
    Column c = table.columns().get(column);
    boolean real = c.affinity() == Affinity.REAL;
    Value missing = planner.defaultOf(table, column);
    if (!missing.isNull()) {
      oldLocations.placeField(bound, oldSource, field, real, missing);
    } else if (real) {
      oldLocations.placeRealField(bound, oldSource, field);
    } else {
      oldLocations.placeField(bound, oldSource, field);
    }
  }

  RowPlaces places() {
    return places;
  }

  int oldSource() {
    return oldSource;
  }

  int viewBase() {
    return viewBase;
  }

  Locations oldLocations() {
    return oldLocations;
  }

  /** The columns of OLD, and its rowid or NULL. */
  Node[] oldRow() {
    return row(oldLocations, oldCompiler);
  }

  /** The columns of NEW, and its rowid or NULL. */
  Node[] newRow() {
    return row(newLocations, newCompiler);
  }

  private Node[] row(Locations locations, ExpressionCompiler compiler) {
    TableRow row = expressions.row();
    Node[] nodes = new Node[row.columns().size() + 1];
    for (int i = 0; i < row.columns().size(); i++) {
      nodes[i] = locations.get(row.columns().get(i));
    }
    BoundColumn rowid = row.rowid();
    nodes[nodes.length - 1] =
        rowid == null
            ? compiler.compile(new BoundExpression.Constant(Value.NULL))
            : locations.get(rowid);
    return nodes;
  }

  @Nullable TableWriter writer() {
    if (view) {
      return null;
    }
    List<IndexWriter> writers = new ArrayList<>();
    for (TableExpressions.BoundIndex each : expressions.indexes()) {
      if (!each.index().isTableKey()) {
        writers.add(indexWriter(each));
      }
    }
    return new TableWriter(table, places, oldSource, writers.toArray(new IndexWriter[0]));
  }

  private IndexWriter indexWriter(TableExpressions.BoundIndex bound) {
    BoundExpression predicate = bound.predicate();
    return new IndexWriter(
        bound.index(),
        newIndexCompiler.compileAll(bound.parts()),
        oldCompiler.compileAll(bound.parts()),
        predicate == null ? null : newIndexCompiler.compile(predicate),
        predicate == null ? null : oldCompiler.compile(predicate));
  }

  /**
   * What INSERT puts where no value is given, by column.
   *
   * @param sources -1 for the columns that have no value; the others are null here
   */
  @Nullable Node[] defaults(int[] sources) {
    List<@Nullable BoundExpression> needed = new ArrayList<>();
    for (int i = 0; i < expressions.defaults().size(); i++) {
      needed.add(i >= sources.length || sources[i] < 0 ? expressions.defaults().get(i) : null);
    }
    return nullable(needed, CallPurpose.QUERY);
  }

  /** What takes the place of NULL where that is not allowed, by column. */
  private @Nullable Node[] insteadOfNull() {
    List<@Nullable BoundExpression> needed = new ArrayList<>();
    for (int i = 0; i < expressions.defaults().size(); i++) {
      needed.add(table.columns().get(i).notNull() ? expressions.defaults().get(i) : null);
    }
    return nullable(needed, CallPurpose.QUERY);
  }

  private @Nullable Node[] nullable(List<@Nullable BoundExpression> list, CallPurpose purpose) {
    ExpressionCompiler compiler = new ExpressionCompiler(newLocations, null, purpose);
    @Nullable Node[] nodes = new @Nullable Node[list.size()];
    for (int i = 0; i < nodes.length; i++) {
      BoundExpression each = list.get(i);
      nodes[i] = each == null ? null : compiler.compile(each);
    }
    return nodes;
  }

  RowChecks checks(@Nullable ConflictAction action) {
    List<TableExpressions.BoundCheck> bound = view ? List.of() : expressions.checks();
    Node[] checks = new Node[bound.size()];
    String[] labels = new String[bound.size()];
    for (int i = 0; i < checks.length; i++) {
      checks[i] = newCompiler.compile(bound.get(i).expression());
      labels[i] = bound.get(i).check().label();
    }
    return new RowChecks(
        table,
        places,
        action,
        insteadOfNull(),
        expressions.generationOrder(),
        nullable(expressions.generated(), CallPurpose.GENERATED_COLUMN),
        checks,
        labels,
        columnsOf(bound));
  }

  /** The columns that each CHECK constraint looks at; -1 for the rowid. */
  private int[][] columnsOf(List<TableExpressions.BoundCheck> bound) {
    int[][] columns = new int[bound.size()][];
    for (int i = 0; i < columns.length; i++) {
      List<Integer> found = new ArrayList<>();
      for (BoundColumn each : FreeColumns.of(bound.get(i).expression())) {
        found.add(expressions.row().columns().indexOf(each));
      }
      columns[i] = new int[found.size()];
      for (int k = 0; k < columns[i].length; k++) {
        columns[i][k] = found.get(k);
      }
    }
    return columns;
  }
}
