package dev.turso.schema;

import dev.turso.sql.ast.Select;
import java.util.List;

/**
 * A view.
 *
 * @param id rowid of its row in {@code sqlite_schema}
 * @param columns the names that CREATE VIEW gives its columns, empty if none
 * @param sql the text kept in {@code sqlite_schema}
 */
public record View(
    long id, int databaseIndex, String name, List<String> columns, Select select, String sql) {}
