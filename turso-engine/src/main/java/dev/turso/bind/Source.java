package dev.turso.bind;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One item of a FROM clause, or a row that is in scope without one (NEW, OLD, excluded).
 *
 * @param name its alias or, without one, its own name
 * @param schema the database a qualified name must give; null where no qualified name can match
 * @param table the table it is, or null for a subquery
 * @param rowid what {@code rowid} means, or null where it means nothing
 * @param plan what produces its rows, or null for a row that is there anyway
 * @param qualifiedOnly whether its columns are found under {@code name.column} only
 */
record Source(
    String name,
    @Nullable String schema,
    @Nullable Table table,
    List<SourceColumn> columns,
    @Nullable BoundColumn rowid,
    @Nullable LogicalPlan plan,
    boolean qualifiedOnly) {

  Source(
      String name,
      @Nullable String schema,
      @Nullable Table table,
      List<SourceColumn> columns,
      @Nullable BoundColumn rowid,
      @Nullable LogicalPlan plan) {
    this(name, schema, table, columns, rowid, plan, false);
  }

  /**
   * A column of a source.
   *
   * @param hidden whether {@code *} leaves it out
   */
  record SourceColumn(String name, boolean hidden, BoundColumn column) {}

  /** What produces the rows of an item of a FROM clause. */
  LogicalPlan rows() {
    return Objects.requireNonNull(plan);
  }

  /** The table or view under it, where it is one. */
  Table requireTable() {
    return Objects.requireNonNull(table);
  }

  /** A row that is in scope without being read by the query. */
  static Source ofRow(String name, @Nullable String schema, TableRow row) {
    return new Source(
        name, schema, row.table(), columnsOf(row.table(), row.columns()), row.rowid(), null);
  }

  /** A row whose columns must be named with it: NEW, OLD, excluded. */
  static Source ofPseudoTable(String name, TableRow row) {
    return new Source(
        name, null, row.table(), columnsOf(row.table(), row.columns()), row.rowid(), null, true);
  }

  /** The columns of a table under their names. */
  static List<SourceColumn> columnsOf(Table table, List<BoundColumn> bound) {
    List<SourceColumn> list = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      list.add(
          new SourceColumn(
              table.columns().get(i).name(), table.columns().get(i).hidden(), bound.get(i)));
    }
    return list;
  }

  /** The column of this name, or null. */
  @Nullable SourceColumn find(String column) {
    for (SourceColumn each : columns) {
      if (Names.same(each.name(), column)) {
        return each;
      }
    }
    return null;
  }

  /** Whether {@code [wantedSchema.]wantedTable} names this source. */
  boolean isNamed(@Nullable String wantedSchema, String wantedTable) {
    if (!Names.same(name, wantedTable) && !isSchemaTableUnderAnotherName(wantedTable)) {
      return false;
    }
    return wantedSchema == null || schema != null && Names.same(schema, wantedSchema);
  }

  private boolean isSchemaTableUnderAnotherName(String wanted) {
    return table != null
        && table.rootPage() == 1
        && Names.same(name, table.name())
        && (Names.same(wanted, "sqlite_schema") || Names.same(wanted, "sqlite_master"));
  }

  boolean owns(BoundColumn column) {
    if (column.equals(rowid)) {
      return true;
    }
    for (SourceColumn each : columns) {
      if (each.column().equals(column)) {
        return true;
      }
    }
    return false;
  }
}
