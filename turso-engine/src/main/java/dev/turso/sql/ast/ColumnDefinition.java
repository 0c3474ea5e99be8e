package dev.turso.sql.ast;

import java.util.List;

/**
 * A column of CREATE TABLE.
 *
 * @param typeName the declared type as written, {@code VARCHAR(10)}; empty if there is none
 */
public record ColumnDefinition(Name name, String typeName, List<ColumnConstraint> constraints) {}
