package dev.turso.exec.ddl;

import dev.turso.error.SqlException;
import dev.turso.schema.Names;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.QualifiedName;
import org.jspecify.annotations.Nullable;

/** Refuses a trigger that names objects of another database than its own. */
final class ForeignNames extends TreeReader {

  private final String trigger;
  private final String database;

  ForeignNames(String trigger, String database) {
    this.trigger = trigger;
    this.database = database;
  }

  @Override
  boolean enter(Record node) {
    switch (node) {
      case QualifiedName n -> check(n.schema());
      case Expression.ColumnName n -> check(n.schema());
      default -> {}
    }
    return true;
  }

  private void check(@Nullable Name schema) {
    if (schema != null && !Names.same(schema.text(), database)) {
      throw new SqlException(
          "trigger " + trigger + " cannot reference objects in database " + schema.text());
    }
  }
}
