package dev.turso.vtab;

import java.util.List;

/**
 * A {@code CREATE VIRTUAL TABLE} statement.
 *
 * @param database the name under which the session knows the database: main, temp, or one attached
 * @param table the table's name
 * @param module the module's name, as written
 * @param arguments the text of each argument between the parentheses, trimmed; what it means is the
 *     module's
 */
public record VirtualTableDefinition(
    String database, String table, String module, List<String> arguments) {}
