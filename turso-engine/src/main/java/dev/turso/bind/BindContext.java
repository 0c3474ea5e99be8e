package dev.turso.bind;

import dev.turso.error.SqlException;
import dev.turso.function.FunctionRegistry;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.ColumnOrigin;
import dev.turso.schema.Catalog;
import dev.turso.schema.Column;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is shared by everything bound for one statement; gives out ids. Used by one thread. */
final class BindContext {

  final Catalog catalog;
  final FunctionRegistry functions;
  final BinderSettings settings;

  /** Names of the views being expanded, to find one that contains itself. */
  final List<String> openViews = new ArrayList<>();

  /** SQLite's limit of references to one table, as a view of views can have. */
  private static final int MAXIMUM_REFERENCES = 65535;

  /** Above 0 where only the types of a query's columns are asked for, which nothing will run. */
  int typesOnly;

  private final Map<Object, Integer> references = new HashMap<>();

  /**
   * How deep queries may stand in each other, views and common tables counted as what they stand for:
   * what a thread's stack has room for.
   */
  private static final int MAXIMUM_DEPTH = 250;

  private int depth;
  private int columns;
  private int commonTables;

  BindContext(Catalog catalog, FunctionRegistry functions, BinderSettings settings) {
    this.catalog = catalog;
    this.functions = functions;
    this.settings = settings;
  }

  /**
   * Counts another use of a table or view in a FROM clause, to stop a statement that views of views
   * make endless.
   */
  void countReference(Object tableOrView, String name) {
    if (references.merge(tableOrView, 1, Integer::sum) >= MAXIMUM_REFERENCES) {
      throw new SqlException("too many references to \"" + name + "\": max " + MAXIMUM_REFERENCES);
    }
  }

  /** A query begins inside another one. */
  void enter() {
    if (++depth > MAXIMUM_DEPTH) {
      throw new SqlException("VIEWs and/or subqueries nested too deep");
    }
  }

  void leave() {
    depth--;
  }

  /** An id that no column has yet. */
  int freeColumn() {
    return columns;
  }

  int nextCommonTable() {
    return commonTables++;
  }

  /** A column computed by the statement. */
  BoundColumn computed(String name, Affinity affinity, @Nullable Collation collation) {
    return new BoundColumn(columns++, name, affinity, collation, true, null, null);
  }

  BoundColumn column(
      String name,
      Affinity affinity,
      @Nullable Collation collation,
      boolean nullable,
      @Nullable ColumnOrigin origin,
      @Nullable String declaredType) {
    return new BoundColumn(columns++, name, affinity, collation, nullable, origin, declaredType);
  }

  /** A column of the same properties with an id of its own. */
  BoundColumn copy(BoundColumn of) {
    return column(
        of.name(), of.affinity(), of.collation(), of.nullable(), of.origin(), of.declaredType());
  }

  /** A column of a table. */
  BoundColumn ofTable(Table table, int index, boolean nullable) {
    Column column = table.columns().get(index);
    boolean never = index == table.rowidAlias() || column.notNull();
    return column(
        column.name(),
        column.affinity(),
        column.collation(),
        nullable || !never,
        new ColumnOrigin(table, index),
        column.declaredType());
  }

  /** The rowid of a table that has no other name for it. */
  BoundColumn rowidOf(Table table, boolean nullable) {
    return column(
        "rowid",
        Affinity.INTEGER,
        Collation.BINARY,
        nullable,
        new ColumnOrigin(table, ColumnOrigin.ROWID),
        "INTEGER");
  }

  /** A row of a table that is not scanned. */
  TableRow row(Table table) {
    List<BoundColumn> all = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      all.add(ofTable(table, i, true));
    }
    BoundColumn rowid = null;
    if (table.rowidAlias() >= 0) {
      rowid = all.get(table.rowidAlias());
    } else if (!table.withoutRowid()) {
      rowid = rowidOf(table, true);
    }
    return new TableRow(table, List.copyOf(all), rowid);
  }

  /**
   * The row that an upsert did not insert. As in SQLite its columns are values without the affinity
   * and collation of the table's: {@code excluded.a = 'A'} is compared byte by byte.
   */
  TableRow excludedRow(Table table) {
    TableRow row = row(table);
    List<BoundColumn> all = new ArrayList<>();
    for (BoundColumn each : row.columns()) {
      all.add(withoutAffinity(each, null));
    }
    BoundColumn rowid = row.rowid();
    if (rowid != null) {
      rowid = table.rowidAlias() >= 0 ? all.get(table.rowidAlias()) : withoutAffinity(rowid, null);
    }
    return new TableRow(table, List.copyOf(all), rowid);
  }

  /** NEW or OLD of a trigger. As in SQLite its columns, but for the rowid, have no affinity. */
  TableRow rowOfTrigger(Table table) {
    TableRow row = row(table);
    List<BoundColumn> all = new ArrayList<>();
    for (BoundColumn each : row.columns()) {
      all.add(each == row.rowid() ? each : withoutAffinity(each, each.collation()));
    }
    return new TableRow(table, List.copyOf(all), row.rowid());
  }

  private BoundColumn withoutAffinity(BoundColumn of, @Nullable Collation collation) {
    return new BoundColumn(
        of.id(),
        of.name(),
        Affinity.NONE,
        collation,
        of.nullable(),
        of.origin(),
        of.declaredType());
  }
}
