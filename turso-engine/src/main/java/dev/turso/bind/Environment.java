package dev.turso.bind;

import org.jspecify.annotations.Nullable;

/**
 * Where table names are looked up.
 *
 * @param commonTables the WITH clauses around, innermost first, or null
 * @param home the one database that unqualified and qualified names are looked up in, within a view
 *     or trigger of that database; null for all
 * @param triggerRows NEW and OLD, which are visible everywhere in a trigger's program; or null
 */
record Environment(
    @Nullable CommonTables commonTables, @Nullable String home, @Nullable Scope triggerRows) {

  static final Environment STATEMENT = new Environment(null, null, null);

  Environment with(@Nullable CommonTables tables) {
    return new Environment(tables, home, triggerRows);
  }
}
