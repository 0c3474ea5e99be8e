package dev.turso.change;

import dev.turso.schema.Table;

/** Says which tables' changes somebody will read. */
@FunctionalInterface
public interface ChangeInterest {

  /** Whether changes of this table are to be recorded. The answer may be kept per schema version. */
  boolean wants(Table table);
}
