package dev.turso.sql.ast;

import java.util.List;

/**
 * {@code column = value}, or {@code (columns) = value} with a row value or subquery.
 *
 * @param columns at least one
 */
public record Assignment(List<Name> columns, Expression value) {}
