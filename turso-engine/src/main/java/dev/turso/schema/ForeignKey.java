package dev.turso.schema;

import dev.turso.sql.ast.ForeignKeyClause;
import java.util.List;

/**
 * A FOREIGN KEY clause of a child table.
 *
 * @param id its number in {@code PRAGMA foreign_key_list}
 * @param columns the child columns, as indexes into the child table
 * @param parentTable the name of the parent, in the child's own database
 * @param parentColumns the names of the parent's columns, empty for its primary key
 */
public record ForeignKey(
    int id,
    List<Integer> columns,
    String parentTable,
    List<String> parentColumns,
    ForeignKeyClause.Action onDelete,
    ForeignKeyClause.Action onUpdate,
    boolean deferred) {}
