package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A constraint that stands after the columns of CREATE TABLE. */
public sealed interface TableConstraint {

  /** The name given by CONSTRAINT, if any. */
  @Nullable Name name();

  /** {@code PRIMARY KEY (columns [AUTOINCREMENT]) [ON CONFLICT …]}. */
  record PrimaryKey(
      @Nullable Name name,
      List<OrderingTerm> columns,
      boolean autoincrement,
      @Nullable ConflictAction conflict)
      implements TableConstraint {}

  /** {@code UNIQUE (columns) [ON CONFLICT …]}. */
  record Unique(@Nullable Name name, List<OrderingTerm> columns, @Nullable ConflictAction conflict)
      implements TableConstraint {}

  /**
   * {@code CHECK (condition)}.
   *
   * @param source the text between the parentheses: its name in an error if it has no other
   */
  record Check(@Nullable Name name, Expression condition, String source)
      implements TableConstraint {}

  /** {@code FOREIGN KEY (columns) REFERENCES …}. */
  record ForeignKey(@Nullable Name name, List<Name> columns, ForeignKeyClause clause)
      implements TableConstraint {}
}
