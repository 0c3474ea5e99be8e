package dev.turso.exec.write;

import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.ForeignKey;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes what keeps the foreign keys from and to a table. */
public final class ForeignKeyPlans {

  private final Catalog catalog;
  private final TriggerPrograms programs;

  public ForeignKeyPlans(Catalog catalog, TriggerPrograms programs) {
    this.catalog = catalog;
    this.programs = programs;
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
