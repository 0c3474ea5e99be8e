package dev.turso.exec.ddl;

import dev.turso.error.ConstraintException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Definitions;
import dev.turso.schema.SchemaRow;
import dev.turso.schema.Table;
import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.Name;
import dev.turso.sql.parse.Parser;

/**
 * ADD and DROP CONSTRAINT, SET and DROP NOT NULL: the stored text changes, rows stay; rows that a new
 * constraint refuses are found first.
 */
record ConstraintChange(SchemaContext context, DatabaseSchema database, Table table) {

  void setNotNull(AlterTable.SetNotNull a) {
    int column = column(a.column());
    String expression = Identifiers.quoted(table.columns().get(column).name()) + " IS NULL";
    failIfRows(expression);
    String bare = new ConstraintText(storedText()).withoutNotNull(column);
    store(new ConstraintText(bare).withColumnConstraint(column, a.source()), "add constraint");
  }

  void dropNotNull(Name column) {
    store(new ConstraintText(storedText()).withoutNotNull(column(column)), "drop constraint");
  }

  void add(AlterTable.AddConstraint a) {
    ConstraintText text = new ConstraintText(storedText());
    Name name = a.constraint().name();
    if (name != null && text.hasConstraint(name.text())) {
      throw new SqlException("constraint " + name.text() + " already exists");
    }
    String sql = text.withTableConstraint(a.source());
    context.check(
        Definitions.table(
            (CreateTable) Parser.parseStatement(sql), database.index(), sql, context.collations()));
    failIfRows("NOT (" + a.constraint().source() + "\n)");
    store(sql, "add constraint");
  }

  void drop(Name name) {
    String sql = new ConstraintText(storedText()).withoutConstraint(name.text());
    if (sql == null) {
      throw new SqlException("no such constraint: " + name.text());
    }
    store(sql, "drop constraint");
  }

  private int column(Name name) {
    int column = table.columnIndex(name.text());
    if (column < 0) {
      throw new SqlException("no such column: " + name.text());
    }
    return column;
  }

  private void failIfRows(String condition) {
    String sql =
        "SELECT 1 FROM "
            + Identifiers.quoted(database.name())
            + "."
            + Identifiers.quoted(table.name())
            + " WHERE "
            + condition
            + " LIMIT 1";
    if (!context.query(sql).isEmpty()) {
      throw new ConstraintException(ResultCode.CONSTRAINT, "constraint failed");
    }
  }

  /** What the table's row holds now, which {@code writable_schema} may have changed. */
  private String storedText() {
    for (SchemaRow each : editor().rows()) {
      if (each.rowid() == table.id() && each.sql() != null) {
        return each.sql();
      }
    }
    return table.sql();
  }

  private SchemaEditor editor() {
    int db = database.index();
    return new SchemaEditor(context.store(db), context.encoding(db));
  }

  private void store(String sql, String what) {
    SchemaEditor editor = editor();
    for (SchemaRow each : editor.rows()) {
      if (each.rowid() == table.id()) {
        editor.update(
            new SchemaRow(
                each.rowid(), each.type(), each.name(), each.table(), each.rootPage(), sql));
      }
    }
    editor.changeCookie();
    AlterTableCommand.guarded(
        "table " + table.name(), "after " + what, () -> context.reload(database.index()));
  }
}
