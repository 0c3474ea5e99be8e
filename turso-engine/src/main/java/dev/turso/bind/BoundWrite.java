package dev.turso.bind;

import dev.turso.schema.Table;
import org.jspecify.annotations.Nullable;

/** A statement that writes rows of one table or fires the INSTEAD OF triggers of one view. */
public sealed interface BoundWrite
    permits BoundInsert, BoundUpdate, BoundDelete, BoundVirtualWrite {

  /** The table; for a view, a stand-in with the view's columns, root page 0 and no rowid. */
  Table table();

  /** Whether {@link #table()} stands in for a view. */
  boolean targetIsView();

  @Nullable Returning returning();
}
