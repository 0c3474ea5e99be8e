package dev.turso.exec.ddl;

import dev.turso.error.SqlException;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.sql.ast.CreateVirtualTable;
import dev.turso.vtab.VirtualTableDefinition;
import dev.turso.vtab.VirtualTableModule;

/** CREATE VIRTUAL TABLE. */
public final class CreateVirtualTableCommand implements SchemaCommand {

  private final CreateVirtualTable statement;
  private final String text;
  private final DatabaseSchema database;

  public CreateVirtualTableCommand(CreateVirtualTable statement, String text, Catalog catalog) {
    this.statement = statement;
    this.text = text;
    this.database = ObjectNames.target(catalog, statement.name(), false);
  }

  @Override
  public int databaseIndex() {
    return database.index();
  }

  @Override
  public void run(SchemaContext context) {
    String name = statement.name().name().text();
    ObjectNames.checkNotReserved(context, name);
    if (!ObjectNames.isFree(database, statement.name(), statement.ifNotExists())) {
      return;
    }
    String called = statement.module().text();
    VirtualTableModule module = context.tables().module(called);
    if (module == null) {
      throw new SqlException("no such module: " + called);
    }
    VirtualTableDefinition table =
        new VirtualTableDefinition(database.name(), name, called, statement.arguments());
    module.connect(table);
    int db = database.index();
    SchemaEditor editor = new SchemaEditor(context.store(db), context.encoding(db));
    String sql = "CREATE VIRTUAL TABLE " + text.substring(statement.name().name().position());
    editor.insert("table", name, name, 0, sql);
    editor.changeCookie();
    context.reload(db);
    module.created(table);
  }
}
