package dev.turso.schema;

import dev.turso.value.Collation;

/**
 * A column of a PRIMARY KEY.
 *
 * @param column index of the column in its table
 */
public record KeyPart(int column, Collation collation, boolean descending) {}
