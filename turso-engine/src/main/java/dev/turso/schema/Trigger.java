package dev.turso.schema;

import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trigger.
 *
 * @param id rowid of its row in {@code sqlite_schema}
 * @param databaseIndex the database that holds the trigger: temp ones may watch any table
 * @param tableDatabase the database of the watched table, or -1 where a temp trigger names a table
 *     that is looked up anew
 * @param table the name of the watched table or view
 * @param updateOf the columns of UPDATE OF, empty for all
 */
public record Trigger(
    long id,
    int databaseIndex,
    String name,
    int tableDatabase,
    String table,
    CreateTrigger.Time time,
    CreateTrigger.Event event,
    List<String> updateOf,
    @Nullable Expression when,
    List<Statement> body,
    String sql) {

  /** Whether the trigger lives in the temporary database. */
  public boolean temporary() {
    return databaseIndex == Catalog.TEMP;
  }
}
