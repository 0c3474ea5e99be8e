package dev.turso.exec.ddl;

import dev.turso.error.DatabaseException;
import dev.turso.error.SqlException;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Definitions;
import dev.turso.schema.Index;
import dev.turso.schema.Names;
import dev.turso.schema.SchemaRow;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.schema.Trigger;
import dev.turso.schema.View;
import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.ColumnConstraint;
import dev.turso.sql.ast.ColumnDefinition;
import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * ALTER TABLE: rewrites texts of the schema.
 *
 * <p>A rename replaces tokens in every text that names the table or column, and then has all views
 * and triggers bound again.
 */
public final class AlterTableCommand implements SchemaCommand {

  private static final String ADDED = "after add column";

  private final AlterTable statement;
  private final DatabaseSchema database;
  private final @Nullable Table table;

  public AlterTableCommand(AlterTable statement, Catalog catalog) {
    this.statement = statement;
    String schema = ObjectNames.schemaText(statement.table());
    String name = statement.table().name().text();
    DatabaseSchema found = catalog.databaseOfTableOrView(schema, name);
    this.database = found == null ? catalog.home() : found;
    this.table = catalog.table(schema, name);
  }

  @Override
  public int databaseIndex() {
    return database.index();
  }

  @Override
  public void run(SchemaContext context) {
    Table on = table;
    if (on == null) {
      if (database.view(statement.table().name().text()) != null) {
        failOnView();
      }
      throw new SqlException("no such table: " + statement.table());
    }
    if (on.kind() == TableKind.SCHEMA || Names.startsWith(on.name(), "sqlite_")) {
      String temp = database.index() == Catalog.TEMP ? "sqlite_temp_master" : "sqlite_master";
      String name = on.kind() == TableKind.SCHEMA ? temp : on.name();
      throw new SqlException("table " + name + " may not be altered");
    }
    if (on.kind() == TableKind.VIRTUAL) {
      throw new SqlException("virtual tables may not be altered");
    }
    switch (statement.action()) {
      case AlterTable.RenameTo a -> renameTable(context, on, a.newName().text());
      case AlterTable.RenameColumn a -> renameColumn(context, on, a);
      case AlterTable.AddColumn a ->
          new AddColumn(context, database, on).add(a.definition(), a.source());
      case AlterTable.DropColumn a -> new DropColumn(context, database, on).drop(a.column());
      case AlterTable.AlterColumn a -> alterColumn(context, on, a);
      case AlterTable.SetNotNull a -> new ConstraintChange(context, database, on).setNotNull(a);
      case AlterTable.DropNotNull a ->
          new ConstraintChange(context, database, on).dropNotNull(a.column());
      case AlterTable.AddConstraint a -> new ConstraintChange(context, database, on).add(a);
      case AlterTable.DropConstraint a ->
          new ConstraintChange(context, database, on).drop(a.constraint());
    }
  }

  private void failOnView() {
    String name = statement.table().name().text();
    switch (statement.action()) {
      case AlterTable.RenameTo a -> throw new SqlException("view " + name + " may not be altered");
      case AlterTable.RenameColumn a ->
          throw new SqlException("cannot rename columns of view \"" + name + "\"");
      case AlterTable.AddColumn a -> throw new SqlException("Cannot add a column to a view");
      case AlterTable.DropColumn a ->
          throw new SqlException("cannot drop column from view \"" + name + "\"");
      case AlterTable.AlterColumn a ->
          throw new SqlException("cannot alter column of view \"" + name + "\"");
      default -> throw new SqlException("cannot edit constraints of view \"" + name + "\"");
    }
  }

  // ---- RENAME TO ----

  private void renameTable(SchemaContext context, Table on, String newName) {
    boolean taken =
        database.table(newName) != null
            || database.view(newName) != null
            || database.index(newName) != null;
    if (taken) {
      throw new SqlException("there is already another table or index with this name: " + newName);
    }
    ObjectNames.checkNotReserved(context, newName);
    checkAll(context, "");
    int db = database.index();
    renameInTexts(context, on, newName, db);
    if (db != Catalog.TEMP && hasObjects(context.catalog().temp())) {
      renameInTexts(context, on, newName, Catalog.TEMP);
    }
    for (String each : new String[] {"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"}) {
      if (database.table(each) != null) {
        String column = each.equals("sqlite_sequence") ? "name" : "tbl";
        context.execute(
            "UPDATE "
                + Identifiers.quoted(database.name())
                + "."
                + each
                + " SET "
                + column
                + " = ?1 WHERE "
                + column
                + " = ?2",
            Value.text(newName),
            Value.text(on.name()));
      }
    }
    context.reload(db);
    checkAll(context, "after rename");
    Table after = context.catalog().databaseOf(on).table(newName);
    if (after != null && !context.writableSchema()) {
      checkWithIndexes(context, after);
    }
  }

  /** Finds expressions of the table that {@code legacy_alter_table} left with its old name. */
  private void checkWithIndexes(SchemaContext context, Table after) {
    Table bare = parsed(context, database, after, after.sql(), "after rename");
    guarded("table " + after.name(), "after rename", () -> context.check(bare));
    checkIndexes(context, after, bare, "after rename");
  }

  private static void checkIndexes(SchemaContext context, Table table, Table bare, String when) {
    for (Index each : table.indexes()) {
      String definition = each.sql();
      if (definition != null) {
        CreateIndex index = (CreateIndex) Parser.parseStatement(definition);
        guarded(
            "index " + each.name(),
            when,
            () -> context.check(Definitions.withIndex(bare, index, context.collations())));
      }
    }
  }

  private static boolean hasObjects(DatabaseSchema temp) {
    return !temp.triggers().isEmpty() || !temp.views().isEmpty();
  }

  private void renameInTexts(SchemaContext context, Table on, String newName, int db) {
    SchemaEditor editor = new SchemaEditor(context.store(db), context.encoding(db));
    boolean own = db == database.index();
    TableMentions.Reach reach =
        !context.legacyAlter()
            ? TableMentions.Reach.ALL
            : context.foreignKeys() ? TableMentions.Reach.OWN_AND_PARENTS : TableMentions.Reach.OWN;
    boolean alone = own || isSame(on, context.catalog().table(null, on.name()));
    for (SchemaRow each : editor.rows()) {
      if (!own && (each.type().equals("table") || each.type().equals("index"))) {
        continue;
      }
      boolean trigger = !own && isTriggerOf(context, each.name(), on);
      boolean ofTable = own && Names.same(each.table(), on.name()) || trigger;
      String sql = each.sql();
      if (sql != null) {
        TextEdits edits = new TextEdits(sql);
        new TableMentions(on.name(), database.name(), alone, reach, edits).walk(parse(each));
        sql = edits.isEmpty() ? sql : edits.with(newName, true);
      }
      String name = each.name();
      if (ofTable && each.type().equals("table")) {
        name = newName;
      } else if (ofTable && each.sql() == null) {
        name = "sqlite_autoindex_" + newName + name.substring(name.lastIndexOf('_'));
      }
      String tableName = ofTable ? newName : each.table();
      editor.update(
          new SchemaRow(each.rowid(), each.type(), name, tableName, each.rootPage(), sql));
    }
    editor.changeCookie();
    if (!own) {
      context.reload(db);
    }
  }

  /** Whether a trigger among the temporary ones is of a table of another database. */
  private static boolean isTriggerOf(SchemaContext context, String name, Table on) {
    Trigger trigger = context.catalog().temp().trigger(name);
    if (trigger == null || !Names.same(trigger.table(), on.name())) {
      return false;
    }
    if (trigger.tableDatabase() >= 0) {
      return trigger.tableDatabase() == on.databaseIndex();
    }
    return isSame(on, context.catalog().table(null, trigger.table()));
  }

  private static boolean isSame(Table on, @Nullable Table found) {
    return found != null && found.id() == on.id() && found.databaseIndex() == on.databaseIndex();
  }

  private static Statement parse(SchemaRow row) {
    return Parser.parseStatement(String.valueOf(row.sql()));
  }

  // ---- RENAME COLUMN ----

  private void renameColumn(SchemaContext context, Table on, AlterTable.RenameColumn a) {
    String oldName = a.column().text();
    String newName = a.newName().text();
    int column = on.columnIndex(oldName);
    if (column < 0) {
      throw new SqlException("no such column: \"" + oldName + "\"");
    }
    if (on.columnIndex(newName) >= 0 && !Names.same(oldName, newName)) {
      throw new SqlException(
          "error in table " + on.name() + " after rename: duplicate column name: " + newName);
    }
    checkAll(context, "");
    boolean quoted = a.newName().length() > newName.length();
    int db = database.index();
    renameColumnInTexts(context, on, oldName, newName, quoted, db);
    if (db != Catalog.TEMP && hasObjects(context.catalog().temp())) {
      renameColumnInTexts(context, on, oldName, newName, quoted, Catalog.TEMP);
    }
    context.reload(db);
    checkAll(context, "after rename");
  }

  // ---- ALTER COLUMN … TO ----

  private void alterColumn(SchemaContext context, Table on, AlterTable.AlterColumn a) {
    int column = on.columnIndex(a.column().text());
    if (column < 0) {
      throw new SqlException("no such column: \"" + a.column().text() + "\"");
    }
    new ColumnChange(context, database, on, column).check(a.definition());
    renameColumn(context, on, new AlterTable.RenameColumn(a.column(), a.definition().name()));
    DatabaseSchema renamed = context.catalog().databaseOf(on);
    Table table = renamed.table(on.name());
    if (table == null) {
      throw new SqlException("no such table: " + on.name());
    }
    new ColumnChange(context, renamed, table, column).run(a.source());
    checkAll(context, "after alter column");
  }

  private void renameColumnInTexts(
      SchemaContext context, Table on, String oldName, String newName, boolean quoted, int db) {
    SchemaEditor editor = new SchemaEditor(context.store(db), context.encoding(db));
    for (SchemaRow each : editor.rows()) {
      if (each.sql() == null) {
        continue;
      }
      String sql = withoutStrings(context, on, newName, each.sql());
      TextEdits edits = new TextEdits(sql);
      new ColumnMentions(context.catalog(), on, oldName, edits).walk(Parser.parseStatement(sql));
      if (!edits.isEmpty() || !sql.equals(each.sql())) {
        editor.update(
            new SchemaRow(
                each.rowid(),
                each.type(),
                each.name(),
                each.table(),
                each.rootPage(),
                edits.with(newName, quoted)));
      }
    }
    editor.changeCookie();
    if (db != database.index()) {
      context.reload(db);
    }
  }

  /** The text with strings in double quotes that the new name would turn into a column in single ones. */
  private static String withoutStrings(
      SchemaContext context, Table on, String newName, String sql) {
    TextEdits edits = new TextEdits(sql);
    if (on.columnIndex(newName) < 0) {
      new ColumnMentions.Strings(context.catalog(), on, newName, edits)
          .walk(Parser.parseStatement(sql));
    }
    return edits.isEmpty() ? sql : edits.withLiterals();
  }

  /** Binds every view and trigger; what fails names the object. */
  private static void checkAll(SchemaContext context, String when) {
    if (context.legacyAlter() || context.writableSchema()) {
      return;
    }
    for (DatabaseSchema each : context.catalog().searchOrder()) {
      for (View view : each.views()) {
        guarded("view " + view.name(), when, () -> context.check(view));
      }
      for (Trigger trigger : each.triggers()) {
        guarded("trigger " + trigger.name(), when, () -> context.check(trigger));
      }
    }
  }

  static void guarded(String what, String when, Runnable check) {
    try {
      check.run();
    } catch (DatabaseException e) {
      String event = when.isEmpty() ? "" : " " + when;
      throw new SqlException("error in " + what + event + ": " + e.getMessage());
    }
  }

  /** The table as its new text has it, without indexes of statements of their own. */
  private static Table parsed(
      SchemaContext context, DatabaseSchema database, Table before, String sql, String when) {
    CreateTable statement = (CreateTable) Parser.parseStatement(sql);
    try {
      return Definitions.table(statement, database.index(), sql, context.collations());
    } catch (SqlException e) {
      String reason = String.valueOf(e.getMessage());
      boolean isNew = when.equals(ADDED) && !reason.contains(" datatype for ");
      throw isNew
          ? e
          : new SqlException("error in table " + before.name() + " " + when + ": " + reason);
    }
  }

  /** ADD COLUMN. */
  private record AddColumn(SchemaContext context, DatabaseSchema database, Table table) {

    void add(ColumnDefinition definition, String source) {
      String name = definition.name().text();
      if (table.columnIndex(name) >= 0) {
        throw new SqlException("duplicate column name: " + name);
      }
      CreateTable old = (CreateTable) Parser.parseStatement(table.sql());
      String sql = ColumnText.withColumn(table.sql(), old, source.strip());
      Table after = parsed(context, database, table, sql, ADDED);
      context.checkDefaults(after);
      new AddedColumn(context, database, table, after).check(definition);
      context.check(after);
      SchemaEditor editor =
          new SchemaEditor(context.store(database.index()), context.encoding(database.index()));
      for (SchemaRow each : editor.rows()) {
        if (each.rowid() == table.id()) {
          editor.update(
              new SchemaRow(
                  each.rowid(), each.type(), each.name(), each.table(), each.rootPage(), sql));
        }
      }
      editor.changeCookie();
      context.reload(database.index());
      new AddedColumn(context, database, table, after).checkRows(definition);
    }
  }

  /** DROP COLUMN. */
  private record DropColumn(SchemaContext context, DatabaseSchema database, Table table) {

    void drop(Name name) {
      int column = table.columnIndex(name.text());
      if (column < 0) {
        throw new SqlException("no such column: \"" + name.text() + "\"");
      }
      if (table.columns().get(column).primaryKeyPosition() > 0) {
        throw new SqlException("cannot drop PRIMARY KEY column: \"" + name.text() + "\"");
      }
      CreateTable old = (CreateTable) Parser.parseStatement(table.sql());
      for (ColumnConstraint each : old.columns().get(column).constraints()) {
        if (each instanceof ColumnConstraint.Unique) {
          throw new SqlException("cannot drop UNIQUE column: \"" + name.text() + "\"");
        }
      }
      if (table.columns().size() == 1) {
        throw new SqlException(
            "cannot drop column \"" + name.text() + "\": no other columns exist");
      }
      checkAll(context, "");
      String sql = ColumnText.withoutColumn(table.sql(), old, column);
      int db = database.index();
      SchemaEditor editor = new SchemaEditor(context.store(db), context.encoding(db));
      for (SchemaRow each : editor.rows()) {
        if (each.rowid() == table.id()) {
          editor.update(
              new SchemaRow(
                  each.rowid(), each.type(), each.name(), each.table(), each.rootPage(), sql));
        }
      }
      editor.changeCookie();
      Table bare = parsed(context, database, table, sql, "after drop column");
      context.withNameOnly(
          name.text(), () -> checkIndexes(context, table, bare, "after drop column"));
      guarded("table " + table.name(), "after drop column", () -> context.reload(db));
      Table after = context.catalog().databaseOf(table).table(table.name());
      if (after != null) {
        guarded("table " + table.name(), "after drop column", () -> context.check(after));
      }
      checkAll(context, "after drop column");
      RowRewriter.dropColumn(context, table, column);
    }
  }
}
