package dev.turso.exec.ddl;

import dev.turso.btree.BTrees;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.pager.PageStore;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Definitions;
import dev.turso.schema.Index;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.Name;
import org.jspecify.annotations.Nullable;

/** CREATE INDEX. */
public final class CreateIndexCommand implements SchemaCommand {

  private final CreateIndex statement;
  private final String text;
  private final DatabaseSchema database;
  private final @Nullable Table table;

  public CreateIndexCommand(CreateIndex statement, String text, Catalog catalog) {
    this.statement = statement;
    this.text = text;
    Name schema = statement.name().schema();
    String tableName = statement.table().text();
    DatabaseSchema named = schema == null ? null : ObjectNames.database(catalog, schema);
    Table found = catalog.table(named == null ? null : named.name(), tableName);
    this.table = found;
    if (named != null) {
      this.database = named;
    } else {
      DatabaseSchema holder = catalog.databaseOfTableOrView(null, tableName);
      this.database = holder == null ? catalog.home() : holder;
    }
  }

  @Override
  public int databaseIndex() {
    return database.index();
  }

  @Override
  public void run(SchemaContext context) {
    String name = statement.name().name().text();
    Table on = table;
    if (on == null) {
      failWithoutTable();
      return;
    }
    checkTable(context, on);
    ObjectNames.checkNotReserved(context, name);
    if (!isFree(name)) {
      return;
    }
    Table after = Definitions.withIndex(on, statement, new KnownCollations(context.collations()));
    context.check(after);
    int db = database.index();
    PageStore store = context.store(db);
    int root = new BTrees(store).createIndex();
    SchemaEditor editor = new SchemaEditor(store, context.encoding(db));
    String words = statement.unique() ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    String sql = words + text.substring(statement.name().name().position());
    editor.insert("index", name, on.name(), root, sql);
    editor.changeCookie();
    context.reload(db);
    Index made = context.catalog().index(database.name(), name);
    if (made == null) {
      throw new IllegalStateException("the new index " + name + " is missing");
    }
    context.fill(made);
  }

  private void failWithoutTable() {
    if (database.view(statement.table().text()) != null) {
      throw new SqlException("views may not be indexed");
    }
    throw new SqlException("no such table: " + database.name() + "." + statement.table().text());
  }

  private static void checkTable(SchemaContext context, Table on) {
    if (on.kind() == TableKind.VIRTUAL) {
      throw new SqlException("virtual tables may not be indexed");
    }
    boolean internal = on.kind() == TableKind.SCHEMA || Names.startsWith(on.name(), "sqlite_");
    if (internal && !context.internal()) {
      String temp =
          context.catalog().databaseOf(on).index() == Catalog.TEMP
              ? "sqlite_temp_master"
              : "sqlite_master";
      String name = on.kind() == TableKind.SCHEMA ? temp : on.name();
      throw new SqlException("table " + name + " may not be indexed");
    }
  }

  private boolean isFree(String name) {
    if (database.table(name) != null || database.view(name) != null) {
      throw new SqlException("there is already a table named " + name);
    }
    if (database.index(name) != null) {
      if (statement.ifNotExists()) {
        return false;
      }
      throw new SqlException(ResultCode.ERROR, "index " + name + " already exists");
    }
    return true;
  }
}
