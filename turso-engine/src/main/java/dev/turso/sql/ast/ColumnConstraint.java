package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/** A constraint, or another property, of one column. */
public sealed interface ColumnConstraint {

  /** The name given by CONSTRAINT, if any. */
  @Nullable Name name();

  /** {@code PRIMARY KEY [ASC|DESC] [ON CONFLICT …] [AUTOINCREMENT]}. */
  record PrimaryKey(
      @Nullable Name name,
      @Nullable SortDirection direction,
      @Nullable ConflictAction conflict,
      boolean autoincrement)
      implements ColumnConstraint {}

  /** {@code NOT NULL [ON CONFLICT …]}. */
  record NotNull(@Nullable Name name, @Nullable ConflictAction conflict)
      implements ColumnConstraint {}

  /** {@code NULL}, which demands nothing. */
  record MayBeNull(@Nullable Name name) implements ColumnConstraint {}

  /** {@code UNIQUE [ON CONFLICT …]}. */
  record Unique(@Nullable Name name, @Nullable ConflictAction conflict)
      implements ColumnConstraint {}

  /**
   * {@code CHECK (condition)}.
   *
   * @param source the text between the parentheses: its name in an error if it has no other
   */
  record Check(@Nullable Name name, Expression condition, String source)
      implements ColumnConstraint {}

  /**
   * {@code DEFAULT value}; a bare word is a string literal, but for TRUE and FALSE.
   *
   * @param source the text of the value without parentheses around it
   */
  record Default(@Nullable Name name, Expression value, String source)
      implements ColumnConstraint {}

  /** {@code COLLATE collation}. */
  record Collate(@Nullable Name name, Name collation) implements ColumnConstraint {}

  /** {@code REFERENCES …}. */
  record References(@Nullable Name name, ForeignKeyClause clause) implements ColumnConstraint {}

  /** {@code [GENERATED ALWAYS] AS (value) [STORED|VIRTUAL]}. */
  record Generated(@Nullable Name name, Expression value, boolean stored)
      implements ColumnConstraint {}
}
