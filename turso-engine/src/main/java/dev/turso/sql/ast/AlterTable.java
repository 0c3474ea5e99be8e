package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code ALTER TABLE table action}. */
public record AlterTable(QualifiedName table, Action action) implements Statement {

  /** What is changed. */
  public sealed interface Action {}

  /** {@code RENAME TO newName}. */
  public record RenameTo(Name newName) implements Action {}

  /** {@code RENAME [COLUMN] column TO newName}. */
  public record RenameColumn(Name column, Name newName) implements Action {}

  /**
   * {@code ADD [COLUMN] definition}.
   *
   * @param source the text of the definition, as it is appended to the stored statement
   */
  public record AddColumn(ColumnDefinition definition, String source) implements Action {}

  /** {@code DROP [COLUMN] column}. */
  public record DropColumn(Name column) implements Action {}

  /**
   * {@code ALTER COLUMN column TO definition}.
   *
   * @param source the text of the definition, as it replaces the old one in the stored statement
   */
  public record AlterColumn(Name column, ColumnDefinition definition, String source)
      implements Action {}

  /** {@code ALTER [COLUMN] column SET NOT NULL [ON CONFLICT …]}. */
  public record SetNotNull(Name column, @Nullable ConflictAction conflict, String source)
      implements Action {}

  /** {@code ALTER [COLUMN] column DROP NOT NULL}. */
  public record DropNotNull(Name column) implements Action {}

  /**
   * {@code ADD [CONSTRAINT name] CHECK (condition)}.
   *
   * @param source the text of the constraint, as it is appended to the stored statement
   */
  public record AddConstraint(TableConstraint.Check constraint, String source) implements Action {}

  /** {@code DROP CONSTRAINT name}. */
  public record DropConstraint(Name constraint) implements Action {}
}
