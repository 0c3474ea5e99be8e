package dev.turso.sql.ast;

import java.util.List;

/** What binds the two inputs of a join. */
public sealed interface JoinConstraint {

  /** {@code ON condition}. */
  record On(Expression condition) implements JoinConstraint {}

  /** {@code USING (columns)}. */
  record Using(List<Name> columns) implements JoinConstraint {}
}
