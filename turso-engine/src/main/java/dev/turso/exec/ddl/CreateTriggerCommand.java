package dev.turso.exec.ddl;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.TableNames;
import dev.turso.sql.ast.UpdateStatement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE TRIGGER. */
public final class CreateTriggerCommand implements SchemaCommand {

  private final CreateTrigger statement;
  private final String text;
  private final DatabaseSchema database;
  private final @Nullable DatabaseSchema watched;

  public CreateTriggerCommand(CreateTrigger statement, String text, Catalog catalog) {
    this.statement = statement;
    this.text = text;
    Name schema = statement.name().schema();
    if (statement.temporary() && schema != null) {
      throw new SqlException("temporary trigger may not have qualified name");
    }
    Name tableSchema = statement.table().schema();
    String table = statement.table().name().text();
    DatabaseSchema named = schema == null ? null : ObjectNames.database(catalog, schema);
    boolean temporary = statement.temporary() || named == catalog.temp();
    String name = statement.name().name().text();
    DatabaseSchema home = named == null ? catalog.home() : named;
    boolean isOfTemp =
        named == null && tableSchema != null && Names.same(tableSchema.text(), "temp");
    if (!temporary && !isOfTemp) {
      ObjectNames.checkReferences("trigger", name, home, List.of(statement.table()));
    }
    String where = tableSchema != null ? tableSchema.text() : named == null ? null : named.name();
    DatabaseSchema found = catalog.databaseOfTableOrView(where, table);
    boolean isElsewhere =
        !temporary && found != null && found != home && found.index() != Catalog.TEMP;
    this.watched = isElsewhere ? null : found;
    if (named != null) {
      this.database = named;
    } else if (statement.temporary() || watched != null && watched.index() == Catalog.TEMP) {
      this.database = catalog.temp();
    } else {
      this.database = watched == null ? catalog.home() : watched;
    }
  }

  @Override
  public int databaseIndex() {
    return database.index();
  }

  @Override
  public void run(SchemaContext context) {
    String name = statement.name().name().text();
    String table = statement.table().name().text();
    if (watched == null) {
      Name schema = statement.table().schema();
      String where = schema != null ? schema.text() : database.name();
      throw new SqlException("no such table: " + where + "." + table);
    }
    checkTarget(watched, table);
    ObjectNames.checkNotReserved(context, name);
    if (database.trigger(name) != null) {
      if (statement.ifNotExists()) {
        return;
      }
      throw new SqlException(ResultCode.ERROR, "trigger " + name + " already exists");
    }
    checkReferences(name);
    int db = database.index();
    String sql = "CREATE TRIGGER " + text.substring(statement.name().name().position());
    SchemaEditor editor = new SchemaEditor(context.store(db), context.encoding(db));
    editor.insert("trigger", name, table, 0, sql);
    editor.changeCookie();
    context.reload(db);
  }

  private static @Nullable QualifiedName targetOf(Statement step) {
    return switch (step) {
      case InsertStatement s -> s.table();
      case UpdateStatement s -> s.target().name();
      case DeleteStatement s -> s.target().name();
      default -> null;
    };
  }

  private void checkReferences(String name) {
    for (Statement each : statement.body()) {
      QualifiedName target = targetOf(each);
      if (target != null && target.schema() != null && database.index() != Catalog.TEMP) {
        throw new SqlException(
            "qualified table names are not allowed on INSERT, UPDATE, and DELETE statements"
                + " within triggers");
      }
    }
    List<QualifiedName> references = new ArrayList<>();
    if (statement.when() != null) {
      references.addAll(TableNames.in(statement.when()));
    }
    for (Statement each : statement.body()) {
      references.addAll(TableNames.in(each));
    }
    ObjectNames.checkReferences("trigger", name, database, references);
  }

  private void checkTarget(DatabaseSchema holder, String table) {
    boolean view = holder.view(table) != null;
    if (!view) {
      Table found = holder.table(table);
      TableKind kind = found == null ? null : found.kind();
      if (kind == TableKind.VIRTUAL) {
        throw new SqlException("cannot create triggers on virtual tables");
      }
      if (kind == TableKind.SCHEMA || Names.startsWith(table, "sqlite_")) {
        throw new SqlException("cannot create trigger on system table");
      }
    }
    boolean insteadOf = statement.time() == CreateTrigger.Time.INSTEAD_OF;
    if (view && !insteadOf) {
      throw new SqlException(
          "cannot create " + statement.time().sql() + " trigger on view: " + table);
    }
    if (!view && insteadOf) {
      throw new SqlException("cannot create INSTEAD OF trigger on table: " + table);
    }
  }
}
