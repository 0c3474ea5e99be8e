package dev.turso.exec.ddl;

import dev.turso.btree.BTrees;
import dev.turso.error.ConstraintException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.schema.Column;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Definitions;
import dev.turso.schema.ForeignKey;
import dev.turso.schema.Generation;
import dev.turso.schema.Index;
import dev.turso.schema.Names;
import dev.turso.schema.SchemaRow;
import dev.turso.schema.Table;
import dev.turso.sql.ast.ColumnConstraint;
import dev.turso.sql.ast.ColumnDefinition;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Value;
import java.util.List;

/**
 * ALTER COLUMN … TO, of which SQLite has nothing: a column gets another definition, its values the
 * affinity of it.
 *
 * <p>The rows are written anew in place, without triggers, and the table's indexes are filled again.
 * Refused is what would need another tree: a key or a generated column, before or after. An INTEGER
 * PRIMARY KEY is no tree of its own: it becomes an ordinary column that holds what the rowids were.
 */
record ColumnChange(SchemaContext context, DatabaseSchema database, Table table, int column) {

  /** What can be refused before anything is changed. */
  void check(ColumnDefinition definition) {
    for (ColumnConstraint each : definition.constraints()) {
      refuse(each instanceof ColumnConstraint.PrimaryKey, "to a PRIMARY KEY");
      refuse(each instanceof ColumnConstraint.Unique, "to a UNIQUE column");
      refuse(each instanceof ColumnConstraint.Generated, "to a generated column");
    }
    refuse(table.columns().get(column).isGenerated(), "that is generated");
    for (Column each : table.columns()) {
      refuse(
          each.generation() == Generation.STORED, "of a table with STORED column " + each.name());
    }
    boolean key = false;
    for (ColumnConstraint each : storedColumn().constraints()) {
      refuse(each instanceof ColumnConstraint.Unique, "that is UNIQUE");
      key |= each instanceof ColumnConstraint.PrimaryKey;
    }
    boolean isKey = table.columns().get(column).primaryKeyPosition() > 0;
    refuse(isKey && !(key && table.rowidAlias() == column), "of a PRIMARY KEY");
    if (isKey) {
      refuseReferenced();
    }
  }

  private void refuse(boolean found, String what) {
    if (found) {
      throw new SqlException(
          "cannot alter column \"" + table.columns().get(column).name() + "\" " + what);
    }
  }

  private void refuseReferenced() {
    for (Table child : database.tables()) {
      for (ForeignKey each : child.foreignKeys()) {
        List<String> named = each.parentColumns();
        boolean refers =
            Names.same(each.parentTable(), table.name())
                && (named.isEmpty()
                    || Names.same(named.getFirst(), table.columns().get(column).name()));
        refuse(refers, "that table " + child.name() + " refers to");
      }
    }
  }

  private ColumnDefinition storedColumn() {
    return ((CreateTable) Parser.parseStatement(table.sql())).columns().get(column);
  }

  /** Gives the column its new definition, with the name that it has already. */
  void run(String source) {
    int db = database.index();
    String sql = ColumnText.withDefinition(table.sql(), column, source);
    Table bare =
        Definitions.table((CreateTable) Parser.parseStatement(sql), db, sql, context.collations());
    context.checkDefaults(bare);
    context.check(bare);
    long violations = violations();
    SchemaEditor editor = new SchemaEditor(context.store(db), context.encoding(db));
    for (SchemaRow each : editor.rows()) {
      if (each.rowid() == table.id()) {
        editor.update(
            new SchemaRow(
                each.rowid(), each.type(), each.name(), each.table(), each.rootPage(), sql));
      }
    }
    editor.changeCookie();
    context.reload(db);
    Table after = context.catalog().databaseOf(table).table(table.name());
    if (after == null) {
      throw new SqlException("no such table: " + table.name());
    }
    RowRewriter.changeColumn(context, table, after, column);
    if (table.autoincrement() && !after.autoincrement()) {
      context.execute(
          "DELETE FROM " + Identifiers.quoted(database.name()) + ".sqlite_sequence WHERE name = ?1",
          Value.text(table.name()));
    }
    fillIndexes(after);
    checkRows(after);
    if (violations() > violations) {
      throw new ConstraintException(
          ResultCode.CONSTRAINT_FOREIGNKEY, "FOREIGN KEY constraint failed");
    }
  }

  /** How many rows have no parent in the tables whose keys the column may be part of. */
  private long violations() {
    if (!context.foreignKeys()) {
      return 0;
    }
    long count = 0;
    for (Table child : database.tables()) {
      for (ForeignKey each : child.foreignKeys()) {
        boolean ofColumn = child.id() == table.id() && each.columns().contains(column);
        if (ofColumn || Names.same(each.parentTable(), table.name())) {
          count +=
              context
                  .query(
                      "SELECT 1 FROM pragma_foreign_key_check(?1, ?2) WHERE fkid = ?3",
                      Value.text(child.name()),
                      Value.text(database.name()),
                      Value.integer(each.id()))
                  .size();
        }
      }
    }
    return count;
  }

  private void fillIndexes(Table after) {
    for (Index each : after.indexes()) {
      if (!each.isTableKey()) {
        new BTrees(context.store(database.index())).clear(each.rootPage());
        context.fill(each);
      }
    }
  }

  private void checkRows(Table after) {
    List<List<Value>> found =
        context.query(
            "SELECT quick_check FROM pragma_quick_check(?1, ?2)",
            Value.text(after.name()),
            Value.text(database.name()));
    Column changed = after.columns().get(column);
    String place = after.name() + "." + changed.name();
    for (List<Value> each : found) {
      String message = String.valueOf(each.getFirst().asString());
      if (message.startsWith("CHECK")) {
        throw new ConstraintException(ResultCode.CONSTRAINT_CHECK, "CHECK constraint failed");
      }
      if (message.startsWith("NULL")) {
        throw new ConstraintException(
            ResultCode.CONSTRAINT_NOTNULL, "NOT NULL constraint failed: " + place);
      }
      if (message.startsWith("non-") && message.contains(" value in")) {
        throw new ConstraintException(
            ResultCode.CONSTRAINT_DATATYPE,
            "cannot store the values of " + place + " in a " + changed.declaredType() + " column");
      }
    }
  }
}
