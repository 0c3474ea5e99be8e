package dev.turso.vtab;

import dev.turso.function.FunctionRegistry;

/**
 * What an application adds to SQL: functions, collations, table functions, modules of virtual tables.
 *
 * <p>One that {@link java.util.ServiceLoader} finds (it is named in {@code
 * META-INF/services/dev.turso.vtab.SqlLibrary}) is in every database of the JVM from its opening on;
 * others are added to a database that is open, for sessions that come and for materialized views.
 * Views may use its {@linkplain dev.turso.function.FunctionTrait#DETERMINISTIC deterministic}
 * functions, which must then stay what they are. Used by any thread.
 */
public interface SqlLibrary {

  /** The functions and collations that there are with this library's. */
  default FunctionRegistry functions(FunctionRegistry present) {
    return present;
  }

  /** The table functions and modules that there are with this library's. */
  default TableRegistry tables(TableRegistry present) {
    return present;
  }
}
