package dev.turso.exec.write;

import dev.turso.schema.Table;
import org.jspecify.annotations.Nullable;

/** Compiles what keeps the foreign keys from and to a table. */
public interface ForeignKeyPlans {

  /** No foreign keys anywhere. */
  ForeignKeyPlans NONE = (table, assigned) -> ForeignKeyRunner.NONE;

  /**
   * @param assigned the columns an UPDATE assigns, or null for INSERT and DELETE
   */
  ForeignKeyRunner of(Table table, int @Nullable [] assigned);
}
