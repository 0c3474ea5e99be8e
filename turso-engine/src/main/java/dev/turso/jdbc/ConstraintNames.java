package dev.turso.jdbc;

import dev.turso.error.DatabaseException;
import dev.turso.sql.ast.ColumnConstraint;
import dev.turso.sql.ast.ColumnDefinition;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.TableConstraint;
import dev.turso.sql.parse.Parser;
import org.jspecify.annotations.Nullable;

/** Names that a table's own text gives to its constraints. */
final class ConstraintNames {

  private ConstraintNames() {}

  /** The name of the table's primary key, or null. */
  static @Nullable String primaryKey(String createTable) {
    try {
      return Parser.parseStatement(createTable) instanceof CreateTable table
          ? primaryKey(table)
          : null;
    } catch (DatabaseException e) {
      return null;
    }
  }

  private static @Nullable String primaryKey(CreateTable table) {
    for (TableConstraint constraint : table.constraints()) {
      if (constraint instanceof TableConstraint.PrimaryKey key) {
        return text(key.name());
      }
    }
    for (ColumnDefinition column : table.columns()) {
      for (ColumnConstraint constraint : column.constraints()) {
        if (constraint instanceof ColumnConstraint.PrimaryKey key) {
          return text(key.name());
        }
      }
    }
    return null;
  }

  private static @Nullable String text(@Nullable Name name) {
    return name == null ? null : name.text();
  }
}
