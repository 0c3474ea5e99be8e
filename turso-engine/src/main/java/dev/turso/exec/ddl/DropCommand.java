package dev.turso.exec.ddl;

import dev.turso.btree.BTrees;
import dev.turso.error.SqlException;
import dev.turso.pager.PageStore;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Index;
import dev.turso.schema.IndexOrigin;
import dev.turso.schema.Names;
import dev.turso.schema.SchemaRow;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.schema.Trigger;
import dev.turso.schema.View;
import dev.turso.sql.ast.DropStatement;
import dev.turso.sql.ast.Name;
import dev.turso.value.Value;
import dev.turso.vtab.VirtualTableDefinition;
import dev.turso.vtab.VirtualTableModule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** DROP TABLE, INDEX, VIEW and TRIGGER. */
public final class DropCommand implements SchemaCommand {

  private final DropStatement statement;
  private final @Nullable DatabaseSchema database;

  public DropCommand(DropStatement statement, Catalog catalog) {
    this.statement = statement;
    this.database = holder(catalog);
  }

  private @Nullable DatabaseSchema holder(Catalog catalog) {
    Name schema = statement.name().schema();
    String name = statement.name().name().text();
    if (schema != null && catalog.database(schema.text()) == null) {
      return null;
    }
    for (DatabaseSchema each : catalog.searchOrder()) {
      boolean asked = schema == null || catalog.database(schema.text()) == each;
      if (asked && holds(each, name)) {
        return each;
      }
    }
    return null;
  }

  private boolean holds(DatabaseSchema database, String name) {
    return switch (statement.kind()) {
      case TABLE, VIEW, MATERIALIZED_VIEW ->
          database.table(name) != null || database.view(name) != null;
      case INDEX -> database.index(name) != null;
      case TRIGGER -> database.trigger(name) != null;
    };
  }

  @Override
  public int databaseIndex() {
    return database == null ? -1 : database.index();
  }

  @Override
  public void run(SchemaContext context) {
    if (database == null) {
      if (!statement.ifExists()) {
        String kind = statement.kind().sql().toLowerCase(Locale.ROOT);
        throw new SqlException("no such " + kind + ": " + statement.name());
      }
      return;
    }
    String name = statement.name().name().text();
    switch (statement.kind()) {
      case TABLE -> dropTable(context, database, name);
      case VIEW, MATERIALIZED_VIEW -> dropView(context, database, name);
      case INDEX -> dropIndex(context, database, name);
      case TRIGGER -> dropTrigger(context, database, name);
    }
  }

  private static void dropTable(SchemaContext context, DatabaseSchema database, String name) {
    Table table = database.table(name);
    if (table == null) {
      throw new SqlException("use DROP VIEW to delete view " + name);
    }
    boolean internal =
        table.kind() == TableKind.SCHEMA
            || Names.startsWith(table.name(), "sqlite_")
                && !Names.startsWith(table.name(), "sqlite_stat");
    if (internal && !context.internal()) {
      throw new SqlException("table " + name + " may not be dropped");
    }
    int db = database.index();
    deleteForForeignKeys(context, database, table);
    PageStore store = context.store(db);
    SchemaEditor editor = new SchemaEditor(store, context.encoding(db));
    dropTriggers(context, table.name(), db, editor);
    for (SchemaRow each : editor.rows()) {
      if (Names.same(each.table(), table.name()) && !each.type().equals("trigger")) {
        editor.delete(each.rowid());
      }
    }
    forgetStatistics(context, database, "tbl", table.name());
    if (table.autoincrement() && database.table("sqlite_sequence") != null) {
      context.execute(
          "DELETE FROM " + Identifiers.quoted(database.name()) + ".sqlite_sequence WHERE name = ?1",
          Value.text(table.name()));
    }
    if (table.kind() == TableKind.VIRTUAL) {
      dropVirtual(context, table);
    } else {
      dropTrees(store, editor, table);
    }
    editor.changeCookie();
    context.reload(db);
  }

  private static void dropVirtual(SchemaContext context, Table table) {
    VirtualTableDefinition definition = context.dropping(table);
    VirtualTableModule module = context.tables().module(definition.module());
    if (module == null) {
      throw new SqlException("no such module: " + definition.module());
    }
    module.dropped(definition);
  }

  /** With foreign keys on, the rows are deleted first, so that their children are heard. */
  private static void deleteForForeignKeys(
      SchemaContext context, DatabaseSchema database, Table table) {
    boolean referenced = false;
    for (Table each : database.childrenOf(table.name())) {
      referenced |= each != table;
    }
    referenced |= !table.foreignKeys().isEmpty() && context.hasDeferredViolations();
    if (context.foreignKeys() && referenced) {
      context.deleteForDrop(database.name(), table);
    }
  }

  private static void dropTriggers(
      SchemaContext context, String table, int db, SchemaEditor editor) {
    for (SchemaRow each : editor.rows()) {
      if (each.type().equals("trigger") && Names.same(each.table(), table)) {
        editor.delete(each.rowid());
      }
    }
    Catalog catalog = context.catalog();
    if (db == Catalog.TEMP || catalog.temp().triggers().isEmpty()) {
      return;
    }
    SchemaEditor temp =
        new SchemaEditor(context.store(Catalog.TEMP), context.encoding(Catalog.TEMP));
    boolean any = false;
    for (Trigger each : catalog.temp().triggers()) {
      boolean watches =
          each.tableDatabase() == db
              || each.tableDatabase() < 0 && catalog.temp().table(table) == null;
      if (Names.same(each.table(), table) && watches) {
        temp.delete(each.id());
        any = true;
      }
    }
    if (any) {
      temp.changeCookie();
      context.reload(Catalog.TEMP);
    }
  }

  /** The largest root first: dropping may move the last tree of an auto-vacuum database. */
  private static void dropTrees(PageStore store, SchemaEditor editor, Table table) {
    List<Integer> roots = new ArrayList<>();
    roots.add(table.rootPage());
    for (Index each : table.indexes()) {
      if (!each.isTableKey()) {
        roots.add(each.rootPage());
      }
    }
    roots.sort(Comparator.reverseOrder());
    BTrees trees = new BTrees(store);
    for (int root : roots) {
      int moved = trees.drop(root);
      if (moved != 0) {
        editor.rootMoved(moved, root);
      }
    }
  }

  private static void forgetStatistics(
      SchemaContext context, DatabaseSchema database, String column, String name) {
    for (String table : new String[] {"sqlite_stat1", "sqlite_stat4"}) {
      if (database.table(table) != null) {
        context.execute(
            "DELETE FROM "
                + Identifiers.quoted(database.name())
                + "."
                + table
                + " WHERE "
                + column
                + " = ?1",
            Value.text(name));
      }
    }
  }

  private static void dropView(SchemaContext context, DatabaseSchema database, String name) {
    View view = database.view(name);
    if (view == null) {
      throw new SqlException("use DROP TABLE to delete table " + name);
    }
    int db = database.index();
    SchemaEditor editor = new SchemaEditor(context.store(db), context.encoding(db));
    dropTriggers(context, name, db, editor);
    editor.delete(view.id());
    editor.changeCookie();
    context.reload(db);
  }

  private static void dropIndex(SchemaContext context, DatabaseSchema database, String name) {
    Index index = database.index(name);
    if (index == null) {
      throw new SqlException("no such index: " + name);
    }
    if (index.origin() != IndexOrigin.CREATE_INDEX) {
      throw new SqlException(
          "index associated with UNIQUE or PRIMARY KEY constraint cannot be dropped");
    }
    int db = database.index();
    PageStore store = context.store(db);
    SchemaEditor editor = new SchemaEditor(store, context.encoding(db));
    editor.delete(index.id());
    forgetStatistics(context, database, "idx", index.name());
    int moved = new BTrees(store).drop(index.rootPage());
    if (moved != 0) {
      editor.rootMoved(moved, index.rootPage());
    }
    editor.changeCookie();
    context.reload(db);
  }

  private static void dropTrigger(SchemaContext context, DatabaseSchema database, String name) {
    Trigger trigger = database.trigger(name);
    if (trigger == null) {
      throw new SqlException("no such trigger: " + name);
    }
    int db = database.index();
    SchemaEditor editor = new SchemaEditor(context.store(db), context.encoding(db));
    editor.delete(trigger.id());
    editor.changeCookie();
    context.reload(db);
  }
}
