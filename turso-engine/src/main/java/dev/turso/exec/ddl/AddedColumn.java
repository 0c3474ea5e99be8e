package dev.turso.exec.ddl;

import dev.turso.error.ConstraintException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.schema.Column;
import dev.turso.schema.ConstantDefault;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Generation;
import dev.turso.schema.Table;
import dev.turso.sql.ast.ColumnConstraint;
import dev.turso.sql.ast.ColumnDefinition;
import dev.turso.sql.ast.Expression;
import dev.turso.value.Value;
import java.util.List;

/** What a column must be like to be added to a table that may have rows. */
final class AddedColumn {

  private final SchemaContext context;
  private final DatabaseSchema database;
  private final Table before;
  private final Column column;

  AddedColumn(SchemaContext context, DatabaseSchema database, Table before, Table after) {
    this.context = context;
    this.database = database;
    this.before = before;
    this.column = after.columns().getLast();
  }

  /** Checks what needs no look at rows, and what matters only where there are any. */
  void check(ColumnDefinition definition) {
    boolean references = false;
    for (ColumnConstraint each : definition.constraints()) {
      if (each instanceof ColumnConstraint.PrimaryKey) {
        throw new SqlException("Cannot add a PRIMARY KEY column");
      }
      if (each instanceof ColumnConstraint.Unique) {
        throw new SqlException("Cannot add a UNIQUE column");
      }
      references |= each instanceof ColumnConstraint.References;
    }
    if (column.generation() == Generation.STORED) {
      failIfRows("cannot add a STORED column");
    }
    if (column.isGenerated()) {
      return;
    }
    Expression byDefault = column.defaultExpression();
    boolean isNull = byDefault == null || isNullLiteral(byDefault);
    if (references && !isNull && context.foreignKeys()) {
      failIfRows("Cannot add a REFERENCES column with non-NULL default value");
    }
    if (column.notNull() && isNull) {
      failIfRows("Cannot add a NOT NULL column with default value NULL");
    }
    if (byDefault != null && ConstantDefault.of(byDefault, column.affinity()) == null) {
      failIfRows("Cannot add a column with non-constant default");
    }
  }

  private static boolean isNullLiteral(Expression e) {
    return e instanceof Expression.Literal l && l.kind() == Expression.LiteralKind.NULL;
  }

  private void failIfRows(String message) {
    String sql =
        "SELECT 1 FROM "
            + Identifiers.quoted(database.name())
            + "."
            + Identifiers.quoted(before.name())
            + " LIMIT 1";
    if (!context.query(sql).isEmpty()) {
      throw new SqlException(message);
    }
  }

  /** Checks the rows there are against the new column's constraints. */
  void checkRows(ColumnDefinition definition) {
    boolean checked = before.strict() || column.isGenerated() && column.notNull();
    for (ColumnConstraint each : definition.constraints()) {
      checked |= each instanceof ColumnConstraint.Check;
    }
    if (!checked) {
      return;
    }
    String sql = "SELECT quick_check FROM pragma_quick_check(?1, ?2)";
    List<List<Value>> found =
        context.query(sql, Value.text(before.name()), Value.text(database.name()));
    for (List<Value> each : found) {
      String message = String.valueOf(each.getFirst().asString());
      if (message.startsWith("CHECK")) {
        throw new ConstraintException(ResultCode.CONSTRAINT_CHECK, "CHECK constraint failed");
      }
      if (message.startsWith("non-") && message.contains(" value in")) {
        throw column.isGenerated()
            ? new ConstraintException(ResultCode.CONSTRAINT_DATATYPE, "constraint failed")
            : new SqlException("type mismatch on DEFAULT");
      }
      if (message.startsWith("NULL")) {
        throw new ConstraintException(ResultCode.CONSTRAINT_NOTNULL, "NOT NULL constraint failed");
      }
    }
  }
}
