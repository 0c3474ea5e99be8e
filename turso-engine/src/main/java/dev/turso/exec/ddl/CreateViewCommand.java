package dev.turso.exec.ddl;

import dev.turso.error.SqlException;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.sql.ast.CreateView;
import dev.turso.sql.ast.TableNames;

/** CREATE VIEW. */
public final class CreateViewCommand implements SchemaCommand {

  private final CreateView statement;
  private final String text;
  private final int parameters;
  private final DatabaseSchema database;

  /**
   * @param parameters how many parameters the text has
   */
  public CreateViewCommand(CreateView statement, String text, int parameters, Catalog catalog) {
    this.parameters = parameters;
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
    if (parameters > 0) {
      throw new SqlException("parameters are not allowed in views");
    }
    ObjectNames.checkReferences("view", name, database, TableNames.in(statement.select()));
    int db = database.index();
    SchemaEditor editor = new SchemaEditor(context.store(db), context.encoding(db));
    String sql = "CREATE VIEW " + text.substring(statement.name().name().position());
    editor.insert("view", name, name, 0, sql);
    editor.changeCookie();
    context.reload(db);
  }
}
