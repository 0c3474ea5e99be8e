package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in a FROM clause: a tree whose inner nodes are joins, left-associative. */
public sealed interface TableReference {

  /** {@code [schema.]name [AS alias] [INDEXED BY i | NOT INDEXED]}: table, view or common table. */
  record TableName(QualifiedName name, @Nullable Name alias, @Nullable IndexHint indexHint)
      implements TableReference {}

  /** {@code [schema.]name(arguments) [AS alias]}. */
  record TableFunction(QualifiedName name, List<Expression> arguments, @Nullable Name alias)
      implements TableReference {}

  /** {@code (SELECT …) [AS alias]}. */
  record DerivedTable(Select select, @Nullable Name alias, int position)
      implements TableReference {}

  /**
   * Two inputs.
   *
   * @param natural whether NATURAL was written; then there is no constraint
   * @param position offset of the comma or the first word of the join operator
   */
  record Join(
      TableReference left,
      TableReference right,
      JoinKind kind,
      boolean natural,
      @Nullable JoinConstraint constraint,
      int position)
      implements TableReference {}

  /** {@code (a JOIN b …) [AS alias]}. */
  record Parenthesized(TableReference content, @Nullable Name alias, int position)
      implements TableReference {}
}
