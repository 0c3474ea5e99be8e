package dev.turso.exec.write;

import dev.turso.error.ConstraintException;
import dev.turso.schema.Index;
import dev.turso.sql.ast.ConflictAction;
import org.jspecify.annotations.Nullable;

/**
 * One thing about a row that no other row may share.
 *
 * @param kind what it is
 * @param index position in the writer's indexes where kind is INDEX, else -1
 * @param schemaIndex the index or table key; null for the rowid
 * @param action what to do on a conflict
 * @param upsert the ON CONFLICT clause that takes such conflicts, or -1
 */
record UniqueCheck(
    Kind kind, int index, @Nullable Index schemaIndex, ConflictAction action, int upsert) {

  enum Kind {
    ROWID,
    TABLE_KEY,
    INDEX
  }

  ConstraintException failure(TableWriter writer) {
    return schemaIndex == null
        ? Constraints.rowid(writer.table())
        : Constraints.unique(schemaIndex);
  }
}
