package dev.turso.bind;

import dev.turso.schema.Names;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.QualifiedName;
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

  /**
   * The database in which a name is looked up; null for all. In a view or trigger {@code main} is the
   * database that it is kept in, which is what it was called when it was made.
   */
  @Nullable String database(QualifiedName name) {
    Name schema = name.schema();
    return schema == null || home != null && Names.same(schema.text(), "main")
        ? home
        : schema.text();
  }

  Environment with(@Nullable CommonTables tables) {
    return new Environment(tables, home, triggerRows);
  }
}
