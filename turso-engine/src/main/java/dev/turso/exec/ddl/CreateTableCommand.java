package dev.turso.exec.ddl;

import dev.turso.btree.BTrees;
import dev.turso.pager.PageStore;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Definitions;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.Select;
import dev.turso.sql.parse.Parser;
import java.util.List;

/** CREATE TABLE. */
public final class CreateTableCommand implements SchemaCommand {

  private final CreateTable statement;
  private final String text;
  private final DatabaseSchema database;

  /**
   * @param text the statement's text, to its end without the semicolon
   */
  public CreateTableCommand(CreateTable statement, String text, Catalog catalog) {
    this.statement = statement;
    this.text = text;
    this.database = ObjectNames.target(catalog, statement.name(), statement.temporary());
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
    Select source = statement.asSelect();
    if (source == null) {
      create(context, statement, "CREATE TABLE " + text.substring(nameStart()));
      return;
    }
    String sql = TableFromQuery.sql(name, context.columnsOf(source));
    create(context, (CreateTable) Parser.parseStatement(sql), sql);
    context.executeInsert(database.name(), name, source);
  }

  private int nameStart() {
    return statement.name().name().position();
  }

  private void create(SchemaContext context, CreateTable parsed, String sql) {
    int db = database.index();
    Table table = Definitions.table(parsed, db, sql, new KnownCollations(context.collations()));
    context.checkDefaults(table);
    context.check(table);
    PageStore store = context.store(db);
    BTrees trees = new BTrees(store);
    SchemaEditor editor = new SchemaEditor(store, context.encoding(db));
    if (table.autoincrement() && database.table("sqlite_sequence") == null) {
      editor.insert(
          "table",
          "sqlite_sequence",
          "sqlite_sequence",
          trees.createTable(),
          "CREATE TABLE sqlite_sequence(name,seq)");
    }
    int root = table.withoutRowid() ? trees.createIndex() : trees.createTable();
    editor.insert("table", table.name(), table.name(), root, sql);
    List<Index> oldestFirst = table.indexes().reversed();
    for (Index each : oldestFirst) {
      if (!each.isTableKey()) {
        editor.insert("index", each.name(), table.name(), trees.createIndex(), null);
      }
    }
    editor.changeCookie();
    context.reload(db);
  }
}
