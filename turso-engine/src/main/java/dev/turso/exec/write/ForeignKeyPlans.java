package dev.turso.exec.write;

import dev.turso.error.SqlException;
import dev.turso.schema.Catalog;
import dev.turso.schema.Column;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.ForeignKey;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.ForeignKeyClause.Action;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes what keeps the foreign keys from and to a table. */
public final class ForeignKeyPlans {

  private final Catalog catalog;
  private final TriggerPrograms programs;
  private final boolean enforced;

  /**
   * @param enforced whether foreign keys count now; a statement that is kept may run when they do not
   */
  public ForeignKeyPlans(Catalog catalog, TriggerPrograms programs, boolean enforced) {
    this.catalog = catalog;
    this.programs = programs;
    this.enforced = enforced;
  }

  /**
   * Refuses an action that would assign a generated column of a child, whether or not there are rows.
   *
   * @param assigned the columns an UPDATE of the parent assigns, or null for DELETE
   */
  void checkActions(Table table, int @Nullable [] assigned) {
    DatabaseSchema database = catalog.databaseOf(table);
    if (!enforced) {
      return;
    }
    for (Table child : database.childrenOf(table.name())) {
      for (ForeignKey each : child.foreignKeys()) {
        if (Names.same(each.parentTable(), table.name()) && assigns(each, assigned == null)) {
          ParentKey key = new ParentKey(table, child, each, database, programs);
          if (assigned == null || key.mayChange(assigned)) {
            requireNoneGenerated(child, each);
          }
        }
      }
    }
  }

  private static boolean assigns(ForeignKey key, boolean delete) {
    Action action = delete ? key.onDelete() : key.onUpdate();
    return action == Action.SET_NULL
        || action == Action.SET_DEFAULT
        || action == Action.CASCADE && !delete;
  }

  private static void requireNoneGenerated(Table child, ForeignKey key) {
    for (int each : key.columns()) {
      Column column = child.columns().get(each);
      if (column.isGenerated()) {
        throw new SqlException("cannot UPDATE generated column \"" + column.name() + "\"");
      }
    }
  }

  /**
   * @param assigned the columns an UPDATE assigns, or null for INSERT and DELETE
   */
  ForeignKeyRunner of(Table table, int @Nullable [] assigned) {
    DatabaseSchema database = catalog.databaseOf(table);
    List<Table> children = database.childrenOf(table.name());
    if (table.foreignKeys().isEmpty() && children.isEmpty()) {
      return ForeignKeyRunner.NONE;
    }
    List<ChildKey> asChild = new ArrayList<>();
    for (ForeignKey each : table.foreignKeys()) {
      boolean toItself = Names.same(each.parentTable(), table.name());
      if (assigned == null || toItself || assigns(assigned, table, each.columns())) {
        asChild.add(new ChildKey(table, each, database));
      }
    }
    List<ParentKey> asParent = new ArrayList<>();
    for (Table child : children) {
      for (ForeignKey each : child.foreignKeys()) {
        if (Names.same(each.parentTable(), table.name())) {
          ParentKey key = new ParentKey(table, child, each, database, programs);
          if (assigned == null || key.mayChange(assigned)) {
            asParent.add(key);
          }
        }
      }
    }
    if (asChild.isEmpty() && asParent.isEmpty()) {
      return ForeignKeyRunner.NONE;
    }
    return new TableForeignKeys(
        asChild.toArray(new ChildKey[0]), asParent.toArray(new ParentKey[0]));
  }

  private static boolean assigns(int[] assigned, Table table, List<Integer> columns) {
    for (int each : assigned) {
      for (int column : columns) {
        if (each == column
            || table.columns().get(column).isGenerated()
            || each < 0 && column == table.rowidAlias()) {
          return true;
        }
      }
    }
    return false;
  }
}
