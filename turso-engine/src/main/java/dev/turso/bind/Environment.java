package dev.turso.bind;

import org.jspecify.annotations.Nullable;

/**
 * Where table names are looked up.
 *
 * @param commonTables the WITH clauses around, innermost first, or null
 * @param home the one database that unqualified and qualified names are looked up in, within a view
 *     or trigger of that database; null for all
 */
record Environment(@Nullable CommonTables commonTables, @Nullable String home) {

  static final Environment STATEMENT = new Environment(null, null);

  Environment with(CommonTables tables) {
    return new Environment(tables, home);
  }
}
