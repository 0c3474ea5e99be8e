package dev.turso.exec.write;

import dev.turso.error.ConstraintException;
import dev.turso.error.ResultCode;
import dev.turso.schema.Column;
import dev.turso.schema.Index;
import dev.turso.schema.IndexOrigin;
import dev.turso.schema.IndexPart;
import dev.turso.schema.Table;

/** The messages of failed constraints, in SQLite's words. */
final class Constraints {

  private Constraints() {}

  static ConstraintException notNull(Table table, Column column) {
    return new ConstraintException(
        ResultCode.CONSTRAINT_NOTNULL,
        "NOT NULL constraint failed: " + table.name() + "." + column.name());
  }

  static ConstraintException check(String label) {
    return new ConstraintException(
        ResultCode.CONSTRAINT_CHECK, "CHECK constraint failed: " + label);
  }

  static ConstraintException rowid(Table table) {
    int alias = table.rowidAlias();
    if (alias < 0) {
      return new ConstraintException(
          ResultCode.CONSTRAINT_ROWID, "UNIQUE constraint failed: " + table.name() + ".rowid");
    }
    return new ConstraintException(
        ResultCode.CONSTRAINT_PRIMARYKEY,
        "UNIQUE constraint failed: " + table.name() + "." + table.columns().get(alias).name());
  }

  static ConstraintException unique(Index index) {
    ResultCode code =
        index.origin() == IndexOrigin.PRIMARY_KEY
            ? ResultCode.CONSTRAINT_PRIMARYKEY
            : ResultCode.CONSTRAINT_UNIQUE;
    return new ConstraintException(code, "UNIQUE constraint failed: " + subject(index));
  }

  private static String subject(Index index) {
    StringBuilder columns = new StringBuilder();
    for (IndexPart each : index.parts()) {
      if (each.isExpression()) {
        return "index '" + index.name() + "'";
      }
      if (!columns.isEmpty()) {
        columns.append(", ");
      }
      columns
          .append(index.table().name())
          .append('.')
          .append(index.table().columns().get(each.column()).name());
    }
    return columns.toString();
  }

  static ConstraintException datatype(Table table, Column column, int tag) {
    String type = column.declaredType() == null ? "" : column.declaredType();
    return new ConstraintException(
        ResultCode.CONSTRAINT_DATATYPE,
        "cannot store "
            + StorageClassName.of(tag)
            + " value in "
            + upper(type)
            + " column "
            + table.name()
            + "."
            + column.name());
  }

  private static String upper(String type) {
    StringBuilder b = new StringBuilder(type);
    for (int i = 0; i < b.length(); i++) {
      char c = b.charAt(i);
      if (c >= 'a' && c <= 'z') {
        b.setCharAt(i, (char) (c - 32));
      }
    }
    return b.toString();
  }

  static ConstraintException foreignKey() {
    return new ConstraintException(
        ResultCode.CONSTRAINT_FOREIGNKEY, "FOREIGN KEY constraint failed");
  }
}
