package dev.turso.dbsp.compile;

import dev.turso.schema.Table;
import dev.turso.value.Value;

/** What rows hold in a column that is younger than they are. */
@FunctionalInterface
public interface ColumnDefaults {

  Value of(Table table, int column);
}
